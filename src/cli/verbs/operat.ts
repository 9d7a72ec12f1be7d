import { readFileSync } from 'node:fs';
import { fieldOf } from '../../app/field-of.ts';
import { writeFileBytes } from '../../app/files.ts';
import { operatDocument } from '../../app/operat.ts';
import { operatFormats, operatRequestSchema } from '../../app/operat-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const readEntities = (path: string | undefined): Result<unknown> => {
  if (path === undefined) return ok([]);
  try {
    return ok(JSON.parse(readFileSync(path, 'utf8')) as unknown);
  } catch {
    return failure(
      'wrong-use',
      `« ${path} » ne se lit pas comme du JSON. Donnez une liste d’entités : buildingId, efa, areaM2, activity, indicators, gas.`,
      `“${path}” cannot be read as JSON. Give a list of entities: buildingId, efa, areaM2, activity, indicators, gas.`,
      { file: path },
    );
  }
};

export const operat: Verb = {
  usage: 'operat YEAR --out FILE.csv|.json [--entities FILE.json] [--data FOLDER] [--json]',
  summary: message(
    'écrit, pour la déclaration OPERAT d’une année, les consommations par énergie des bâtiments tertiaires, et ce qui manque',
    'writes, for the OPERAT declaration of a year, the consumption by energy of the tertiary buildings, and what is missing',
  ),
  options: { out: 'string', entities: 'string', data: 'string' },
  positionals: { min: 1, max: 1 },
  run: (args, output) => {
    const out = args.text('out') ?? '';
    const format = operatFormats.find((one) => out.endsWith(`.${one}`));
    const entities = readEntities(args.text('entities'));
    if (!entities.ok) return Promise.resolve(wrongUse(entities.error, output));
    const year = Number(args.positionals[0]);
    const request = operatRequestSchema.safeParse({ year, entities: entities.value, format });
    if (!request.success || format === undefined) {
      const field = request.success ? '' : ` (${fieldOf(request.error)})`;
      const refused = failure(
        'wrong-use',
        `Donnez une année et --out FICHIER.csv ou .json ; --entities est une liste d’entités${field}.`,
        `Give a year and --out FILE.csv or .json; --entities is a list of entities${field}.`,
      );
      return Promise.resolve(wrongUse(refused.error, output));
    }
    return withContext(args.text('data'), output, async (context) => {
      const made = await operatDocument(context, request.data);
      if (!made.ok) return output.refuse(made.error);
      const { declaration, body } = made.value;
      const kept = writeFileBytes(out, typeof body === 'string' ? Buffer.from(body) : body);
      if (!kept.ok) return output.refuse(kept.error);
      const report = [
        `  ${out}`,
        ...declaration.entities.flatMap(({ name, reserves }) => [
          `  ${output.say(name)}`,
          ...reserves.map((one) => `    - ${output.say(one)}`),
        ]),
        ...declaration.leftOut.map(({ name, reason }) => `  ${output.say(name)} : ${output.say(reason)}`),
        ...declaration.warnings.map((one) => `  ${output.say(one)}`),
      ];
      return output.answer(ok({ json: { out, ...declaration }, report }));
    });
  },
};
