import { type Clause, clause, N } from './clause.ts';

/** Programmes, rankings, and the energy of the tool itself. */
export const programmeClauses: readonly Clause[] = [
  clause(
    `Draws of the calibrated twin with the stock’s realisation rates`,
    () => 'tirages du jumeau calé, avec les taux de réalisation du parc',
  ),
  clause(
    `Mean over the draws of the calibrated twin, with the stock’s realisation rates`,
    () => 'moyenne des tirages du jumeau calé, avec les taux de réalisation du parc',
  ),
  clause(
    `Days until the building first stands outside the law, by the chances of its estimated label or declared targets \\(negative: since\\)`,
    () =>
      'jours avant que le bâtiment soit hors la loi, selon les chances de son étiquette estimée ou de ses cibles déclarées (négatif : depuis)',
  ),
  clause(
    'what no known date reaches counts ([\\d-]+)',
    (date) => `ce qu’aucune date connue n’atteint compte le ${date}`,
  ),
  clause(
    'an estimate, neither a DPE nor an OPERAT certificate',
    () => 'une estimation, ni un DPE ni une attestation OPERAT',
  ),
  clause(
    '(Share of households in|Score of) fuel poverty as given, with the interval given of it if any',
    (what) =>
      what.startsWith('Share')
        ? 'part des ménages en précarité énergétique telle que donnée, avec son intervalle s’il est donné'
        : 'score de précarité énergétique tel que donné, avec son intervalle s’il est donné',
  ),
  clause(
    `Sum over the chosen packages on 2,000 draws of each calibrated twin, (buildings drawn independently, with the stock’s realisation rates|twins drawn apart from one another, the effect of works and the stock’s realisation rates common to all)(, over the present consumption of the buildings chosen)?`,
    (drawn, over) =>
      `somme des lots retenus sur 2 000 tirages de chaque jumeau calé, ${drawn.startsWith('twins') ? 'jumeaux tirés chacun à part, l’effet des gestes et les taux de réalisation du parc communs à tous' : 'bâtiments tirés indépendamment, avec les taux de réalisation du parc'}${over === undefined ? '' : ', sur la consommation présente des bâtiments retenus'}`,
  ),
  clause(
    `Sum of the ledger: CPU seconds × ${N} W per busy core \\(assumed, ${N} to ${N} W\\)`,
    (w, low, high) =>
      `somme du registre : secondes de processeur × ${w} W par cœur occupé (supposé, ${low} à ${high} W)`,
  ),
  clause(`no power counter read`, () => 'aucun compteur de puissance lu'),
  clause(`PUE ${N}`, (pue) => `PUE ${pue}`),
  clause(
    `Ledger energy × ${N} kgCO2e/kWh \\((.*)\\)`,
    (factor, source) => `énergie du registre × ${factor} kg CO₂e/kWh (${source})`,
  ),
];
