import { preflightSheet, preflightSheetReport, writeParts } from '../../app/preflight-sheet.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';

export const preflight: Verb = {
  usage: 'preflight SHEET.csv|.xlsx [--out FOLDER] [--json]',
  summary: message(
    'vérifie un tableau de bâtiments de toute longueur sans rien charger ; --out écrit les bonnes lignes en parties à charger et les refusées avec leur raison',
    'checks a sheet of buildings of any length and loads nothing; --out writes the good lines in parts to load, and those refused with their reason',
  ),
  options: { out: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const checked = await preflightSheet(args.positionals[0] ?? '');
    if (!checked.ok) return output.answer(checked);
    const out = args.text('out');
    const written = out === undefined ? ok([]) : writeParts(checked.value, out, output.language);
    if (!written.ok) return output.answer(written);
    const { good, refused, ignored, columns, coverage } = checked.value;
    return output.answer(
      ok({
        json: {
          schema: 'stacoptim.sheet-preflight/1',
          good: good.length,
          refused: refused.map(({ line, code, message: reason }) => ({ line, code, message: reason })),
          columns,
          ignored,
          coverage,
          written: written.value,
        },
        report: [
          ...preflightSheetReport(checked.value, output.language),
          ...written.value.map((name) => `  → ${name}`),
        ],
      }),
    );
  },
};
