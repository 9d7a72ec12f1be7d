// Runs the GPL engine of Open3CL in a process of its own: XML texts as a JSON list on standard input, its figures on standard output.
const input = [];
for await (const part of process.stdin) input.push(part);
for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => undefined;
const { calcul_3cl_xml } = await import('@open3cl/engine');
const { set_bug_for_bug_compat } = await import('@open3cl/engine/utils.js');
set_bug_for_bug_compat();

const figures = (xml) => {
  try {
    const out = calcul_3cl_xml(xml).logement.sortie;
    return {
      needKwh: out.apport_et_besoin.besoin_ch,
      finalKwh: out.ef_conso.conso_5_usages,
      primaryKwh: { old: out.ep_conso.coeff_2_3_ep_conso_5_usages, new: out.ep_conso.ep_conso_5_usages },
      energy: { old: out.ep_conso.coeff_2_3_classe_bilan_dpe, new: out.ep_conso.classe_bilan_dpe },
      ghg: out.emission_ges.classe_emission_ges,
    };
  } catch {
    return null;
  }
};

process.stdout.write(JSON.stringify(JSON.parse(Buffer.concat(input).toString('utf8')).map(figures)));
