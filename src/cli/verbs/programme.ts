import { writeFileBytes } from '../../app/files.ts';
import { programmeDocument } from '../../app/programme-documents.ts';
import {
  acceptProgramme,
  compareProgrammes,
  listProgrammes,
  programmeOf,
} from '../../app/programme-record.ts';
import { programmeFormats, type ProgrammeSummary, type ProgrammeView } from '../../app/programme-views.ts';
import { figure, plain } from '../../app/report.ts';
import { programmeReport } from '../../app/loop-reports.ts';
import { namedReasonSchema } from '../../app/decision-views.ts';
import { type Language, message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import { type Arguments, parseNumber, type Verb } from '../arguments.ts';
import type { AppContext } from '../../app/context.ts';
import type { Output } from '../output.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const summaryLine = (one: ProgrammeSummary, language: Language): string => {
  const accepted =
    one.accepted === null
      ? ''
      : language === 'fr'
        ? ` — accepté par ${one.accepted.by} le ${one.accepted.at.slice(0, 10)}`
        : ` — accepted by ${one.accepted.by} on ${one.accepted.at.slice(0, 10)}`;
  return `  #${one.id}  ${one.at.slice(0, 10)}  ${plain(one.costEur / 1000, language, 4)} k€  ${figure(one.savingKwh, language)}${accepted}`;
};

/** Where one building stands in a programme and why, in a sentence. */
const whyLine = (view: ProgrammeView, id: string, language: Language): string | undefined => {
  const chosen = view.chosen.find((one) => one.buildingId === id);
  const given = [...view.late, ...view.notChosen].find((one) => one.buildingId === id);
  if (chosen === undefined)
    return given === undefined ? undefined : `  ${given.name[language]} : ${given.reason[language]}`;
  const place = `  ${chosen.name[language]} : ${chosen.year}, ${chosen.measures.map(({ name }) => name[language]).join(' + ')}, ${plain(chosen.costEur / 1000, language)} k€`;
  return [
    place,
    ...(chosen.reason === undefined ? [] : [`      ${chosen.reason[language]}`]),
    ...(given === undefined
      ? []
      : [`      ${language === 'fr' ? 'pas plus tôt : ' : 'not sooner: '}${given.reason[language]}`]),
  ].join('\n');
};

const explain = async (context: AppContext, output: Output, id: number, asked: string): Promise<number> => {
  const found = await programmeOf(context, id);
  if (!found.ok) return output.refuse(found.error);
  const ids = asked.split(',');
  const lines = ids.map((one) => whyLine(found.value, one, output.language));
  const missing = ids.find((_, index) => lines[index] === undefined);
  if (missing !== undefined)
    return output.refuse({
      code: 'programme-without-building',
      message: message(
        `Le bâtiment « ${missing} » n’est pas dans le programme n° ${id}.`,
        `Building “${missing}” is not in programme number ${id}.`,
      ),
    });
  const of = (one: { readonly buildingId: string }): boolean => ids.includes(one.buildingId);
  const { chosen, late, notChosen } = found.value;
  return output.answer(
    ok({
      json: {
        id: found.value.id,
        chosen: chosen.filter(of),
        late: late.filter(of),
        notChosen: notChosen.filter(of),
      },
      report: lines.filter((line) => line !== undefined),
    }),
  );
};

const write = async (context: AppContext, output: Output, id: number, out: string): Promise<number> => {
  const format = programmeFormats.find((one) => out.endsWith(`.${one}`));
  if (format === undefined)
    return wrongUse(
      failure(
        'wrong-use',
        'Le fichier de --out finit par .pdf, .xlsx, .csv, .json ou .geojson.',
        'The file of --out ends in .pdf, .xlsx, .csv, .json or .geojson.',
      ).error,
      output,
    );
  const made = await programmeDocument(context, id, format, output.language);
  if (!made.ok) return output.refuse(made.error);
  const { body } = made.value;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const kept = writeFileBytes(out, bytes);
  if (!kept.ok) return output.refuse(kept.error);
  return output.answer(
    ok({
      json: { out, bytes: bytes.length },
      report: [`  ${out} : ${plain(bytes.length / 1024, output.language)} kB`],
    }),
  );
};

const accept = async (context: AppContext, output: Output, id: number, args: Arguments): Promise<number> => {
  const decision = namedReasonSchema.safeParse({ by: args.text('by'), reason: args.text('reason') });
  if (!decision.success)
    return wrongUse(
      failure(
        'wrong-use',
        'Accepter demande --by NOM et --reason POURQUOI.',
        'Accepting needs --by NAME and --reason WHY.',
      ).error,
      output,
    );
  const accepted = await acceptProgramme(context, id, decision.data);
  return output.answer(
    accepted.ok
      ? ok({ json: accepted.value, report: [summaryLine(accepted.value, output.language)] })
      : accepted,
  );
};

/** What the options ask of a programme; without one, the list. */
const show = async (
  context: AppContext,
  output: Output,
  args: Arguments,
  { id, other }: { readonly id: number | undefined; readonly other: number | undefined },
): Promise<number> => {
  if (id === undefined) {
    const list = await listProgrammes(context);
    return output.answer(
      list.ok
        ? ok({ json: list.value, report: list.value.map((one) => summaryLine(one, output.language)) })
        : list,
    );
  }
  const [why, out] = [args.text('why'), args.text('out')];
  if (why !== undefined) return explain(context, output, id, why);
  if (out !== undefined) return write(context, output, id, out);
  if (args.flag('accept')) return accept(context, output, id, args);
  if (other !== undefined) {
    const compared = await compareProgrammes(context, other, id);
    return output.answer(
      compared.ok
        ? ok({
            json: compared.value,
            report: [
              ...compared.value.summary.map((one) => `  ${output.say(one)}`),
              ...compared.value.changes.map((one) => `  ${output.say(one.message)}`),
            ],
          })
        : compared,
    );
  }
  const found = await programmeOf(context, id);
  return output.answer(
    found.ok ? ok({ json: found.value, report: programmeReport(found.value, output.language) }) : found,
  );
};

export const programme: Verb = {
  usage:
    'programme [NUMBER] [--why ID,ID…] [--compare NUMBER] [--accept --by NAME --reason WHY] [--out FILE.pdf|.xlsx|.csv|.json|.geojson] [--data FOLDER] [--json]',
  summary: message(
    'liste les programmes gardés ; en montre un, dit pourquoi un bâtiment y est où il est, le compare, l’accepte ou l’écrit',
    'lists the programmes kept; shows one, says why a building is where it is, compares it, accepts it or writes it',
  ),
  options: {
    why: 'string',
    compare: 'string',
    accept: 'boolean',
    by: 'string',
    reason: 'string',
    out: 'string',
    data: 'string',
  },
  positionals: { min: 0, max: 1 },
  run: async (args, output) => {
    const [number] = args.positionals;
    const other = args.text('compare');
    const id = number === undefined ? undefined : parseNumber(number);
    const compared = other === undefined ? undefined : parseNumber(other);
    if (id?.ok === false) return wrongUse(id.error, output);
    if (compared?.ok === false) return wrongUse(compared.error, output);
    return withContext(args.text('data'), output, (context) =>
      show(context, output, args, { id: id?.value, other: compared?.value }),
    );
  },
};
