import { deleteBuilding } from '../../app/delete-building.ts';
import { eraseMeter, exportMeter } from '../../app/personal-data.ts';
import { namedReasonSchema } from '../../app/decision-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import { runHousekeeping } from '../../jobs/housekeeping.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';
import { countEn, countFr } from '../../core/wording.ts';

const role = 'data-controller';

export const privacy: Verb = {
  usage:
    'privacy retention | export METER | erase METER --by NAME --reason TEXT | erase-building BUILDING --by NAME --reason TEXT [--with-history] [--data FOLDER] [--json]',
  summary: message(
    'applique la durée de conservation, exporte ou efface ce qui est tenu d’un compteur ou d’un bâtiment',
    'applies the retention period, exports or erases what is held of a meter or of a building',
  ),
  options: { data: 'string', by: 'string', reason: 'string', 'with-history': 'boolean' },
  positionals: { min: 1, max: 2 },
  run: (args, output) => {
    const [action, meterId] = args.positionals;
    if (action === 'retention' && meterId === undefined)
      return withContext(args.text('data'), output, async (context) => {
        const done = await runHousekeeping(context);
        if (!done.ok) return output.refuse(done.error);
        const { readings, meters, before } = done.value;
        const report = [
          output.say(
            message(
              `Effacé : ${countFr(readings, 'relevé', 'relevés')} de ${countFr(meters, 'logement', 'logements')}, d’avant le ${before}.`,
              `Erased: ${countEn(readings, 'reading', 'readings')} of ${countEn(meters, 'dwelling', 'dwellings')}, from before ${before}.`,
            ),
          ),
        ];
        return output.answer(ok({ json: done.value, report }));
      });
    if (action === 'export' && meterId !== undefined)
      return withContext(args.text('data'), output, async (context) => {
        const held = await exportMeter(context, meterId, role);
        return output.answer(
          held.ok ? ok({ json: held.value, report: [JSON.stringify(held.value, null, 2)] }) : held,
        );
      });
    const who = namedReasonSchema.safeParse({ by: args.text('by'), reason: args.text('reason') });
    if (action === 'erase' && meterId !== undefined && who.success)
      return withContext(args.text('data'), output, async (context) => {
        const erased = await eraseMeter(context, meterId, role, who.data);
        if (!erased.ok) return output.refuse(erased.error);
        const swept = await runHousekeeping(context);
        if (!swept.ok) return output.refuse(swept.error);
        const report = [
          output.say(
            message(
              `« ${meterId} » et tout ce qui en était tenu sont effacés, jusque dans les fichiers des tables.`,
              `“${meterId}” and all that was held of it are erased, down to the files of the tables.`,
            ),
          ),
        ];
        return output.answer(ok({ json: erased.value, report }));
      });
    if (action === 'erase-building' && meterId !== undefined && who.success)
      return withContext(args.text('data'), output, async (context) => {
        const withHistory = args.flag('with-history');
        const gone = await deleteBuilding(context, meterId, role, { ...who.data, withHistory });
        if (!gone.ok) return output.refuse(gone.error);
        const swept = await runHousekeeping(context);
        if (!swept.ok) return output.refuse(swept.error);
        const { meters, readings, works } = gone.value;
        const report = [
          output.say(
            message(
              `« ${meterId} » est effacé avec tout ce qui en était tenu : ${countFr(meters, 'compteur', 'compteurs')}, ${countFr(readings, 'relevé', 'relevés')}, ${countFr(works, 'opération de travaux', 'opérations de travaux')}.`,
              `“${meterId}” is erased with all that was held of it: ${countEn(meters, 'meter', 'meters')}, ${countEn(readings, 'reading', 'readings')}, ${countEn(works, 'set of works', 'sets of works')}.`,
            ),
          ),
        ];
        return output.answer(ok({ json: gone.value, report }));
      });
    const refusal = failure(
      'wrong-use',
      'Dites retention, export COMPTEUR, erase COMPTEUR --by NOM --reason TEXTE, ou erase-building BÂTIMENT --by NOM --reason TEXTE.',
      'Say retention, export METER, erase METER --by NAME --reason TEXT, or erase-building BUILDING --by NAME --reason TEXT.',
    );
    return Promise.resolve(wrongUse(refusal.error, output));
  },
};
