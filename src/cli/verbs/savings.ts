import { writeFileBytes } from '../../app/files.ts';
import { plain } from '../../app/report.ts';
import { savingsDocument } from '../../app/savings-documents.ts';
import { savingsReportLines } from '../../app/savings-lines.ts';
import { stockSavings } from '../../app/stock-savings.ts';
import { reportFormats } from '../../app/stock-savings-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const numberText = /^[1-9]\d{0,8}$/;

const refusal = failure(
  'wrong-use',
  '--programme et --year attendent un nombre ; --out attend un fichier .pdf, .xlsx ou .json, et --year ne va qu’avec lui.',
  '--programme and --year take a number; --out takes a .pdf, .xlsx or .json file, and --year goes with it alone.',
);

export const savings: Verb = {
  usage:
    'savings [BUILDING | --programme N] [--out FILE.pdf|.xlsx|.json [--year YEAR]] [--data FOLDER] [--json]',
  summary: message(
    'additionne les économies mesurées d’un bâtiment, d’un programme ou de tout le parc, avec leur intervalle ; avec --out, écrit le rapport annuel à signer',
    'sums the measured savings of a building, a programme or the whole stock, with their interval; with --out, writes the yearly report to be signed',
  ),
  options: { data: 'string', programme: 'string', out: 'string', year: 'string' },
  positionals: { min: 0, max: 1 },
  run: (args, output) => {
    const [building] = args.positionals;
    const programme = args.text('programme');
    const [out, year] = [args.text('out'), args.text('year')];
    const format = reportFormats.find((one) => out?.endsWith(`.${one}`));
    if (
      [programme, year].some((text) => text !== undefined && !numberText.test(text)) ||
      (out === undefined ? year !== undefined : format === undefined)
    )
      return Promise.resolve(wrongUse(refusal.error, output));
    const scope = {
      ...(building === undefined ? {} : { building }),
      ...(programme === undefined ? {} : { programme: Number(programme) }),
    };
    return withContext(args.text('data'), output, async (context) => {
      if (out !== undefined && format !== undefined) {
        const asked = year === undefined ? undefined : Number(year);
        const made = await savingsDocument(context, scope, asked, format, output.language);
        if (!made.ok) return output.refuse(made.error);
        const { body } = made.value;
        const bytes = typeof body === 'string' ? Buffer.from(body) : body;
        const kept = writeFileBytes(out, bytes);
        if (!kept.ok) return output.refuse(kept.error);
        const report = [`  ${out} : ${plain(bytes.length / 1024, output.language)} kB`];
        return output.answer(ok({ json: { out, bytes: bytes.length }, report }));
      }
      const summed = await stockSavings(context, scope);
      return output.answer(
        summed.ok
          ? ok({ json: summed.value, report: savingsReportLines(summed.value, output.language) })
          : summed,
      );
    });
  },
};
