import { basename } from 'node:path';
import { readFileBytes } from '../../app/files.ts';
import { ingestFile, readingsOptionsSchema } from '../../app/ingest-file.ts';
import type { ReadingsAnswer } from '../../app/reading-views.ts';
import { type Language, message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import { countEn, countFr } from '../../core/wording.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

/** A file on disk may be longer than one call to the server. */
const mostRows = 5_000_000;

const linesOf = (answer: ReadingsAnswer, language: Language): string[] => [
  language === 'fr'
    ? `${countFr(answer.inserted, 'relevé ajouté', 'relevés ajoutés')}, ${countFr(answer.updated, 'corrigé', 'corrigés')}, ${countFr(answer.unchanged, 'déjà connu', 'déjà connus')}, ${answer.missing} sans valeur, ${countFr(answer.rejected, 'ligne laissée de côté', 'lignes laissées de côté')}.`
    : `${countEn(answer.inserted, 'reading', 'readings')} added, ${answer.updated} corrected, ${answer.unchanged} already known, ${answer.missing} without a value, ${countEn(answer.rejected, 'row', 'rows')} left out.`,
  ...answer.warnings.map((one) => one.message[language]),
];

export const importVerb: Verb = {
  usage:
    'import FILE METER [--series POINT] [--time-column N] [--value-column N] [--unit kWh|MWh|Wh|m3|kW|W] [--m3-kwh 11.2] [--register true|false] [--stamps start|end] [--data FOLDER] [--json]',
  summary: message(
    'range dans la base les relevés d’un fichier (CSV, Enedis, GRDF, Green Button, OPERAT, factures, archives)',
    'keeps the readings of a file in the database (CSV, Enedis, GRDF, Green Button, OPERAT, bills, archives)',
  ),
  options: {
    data: 'string',
    series: 'string',
    'time-column': 'string',
    'value-column': 'string',
    unit: 'string',
    'm3-kwh': 'string',
    register: 'string',
    stamps: 'string',
  },
  positionals: { min: 2, max: 2 },
  run: async (args, output) => {
    const [path = '', meterId = ''] = args.positionals;
    const options = readingsOptionsSchema.safeParse({
      series: args.text('series'),
      timeColumn: args.text('time-column'),
      valueColumn: args.text('value-column'),
      unit: args.text('unit'),
      kwhPerM3: args.text('m3-kwh'),
      register: args.text('register'),
      stamps: args.text('stamps'),
    });
    if (!options.success) {
      const field = options.error.issues[0]?.path.join('.') ?? '';
      const refusal = failure(
        'wrong-use',
        `La valeur donnée pour « ${field} » n’est pas comprise.`,
        `The value given for “${field}” is not understood.`,
      );
      return wrongUse(refusal.error, output);
    }
    const bytes = readFileBytes(path);
    if (!bytes.ok) return output.refuse(bytes.error);
    return withContext(args.text('data'), output, async (context) => {
      const file = { name: basename(path), bytes: bytes.value, mostRows };
      const kept = await ingestFile(context, meterId, file, options.data);
      return output.answer(
        kept.ok ? ok({ json: kept.value, report: linesOf(kept.value, output.language) }) : kept,
      );
    });
  },
};
