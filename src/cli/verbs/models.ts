import { listModels, promoteModel, rollBackModel } from '../../app/live-models.ts';
import { type LiveModels, promotionRequestSchema } from '../../app/live-models-views.ts';
import { namedReasonSchema } from '../../app/decision-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import type { Output } from '../output.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

/** Whoever has a shell on the machine has the database: the role is the data controller's. */
const role = 'data-controller';

const refusal = failure(
  'wrong-use',
  'Il faut --rollback, --by et --reason ; ou --promote N, --by, --reason (et --outside-gate) ; ou rien, pour la liste.',
  'Needed: --rollback, --by and --reason; or --promote N, --by, --reason (and --outside-gate); or nothing, for the list.',
);

const report = ({ models: all }: LiveModels): string[] =>
  all.map(
    ({ id, status, kind, window, cvRmse, last }) =>
      `#${id} ${status} ${kind ?? '?'} ${window.from}/${window.to} CV(RMSE) ${cvRmse === null ? '?' : cvRmse.toFixed(1)} %${last === null ? '' : ` — ${last.by}: ${last.reason}`}`,
  );

const told = (output: Output, result: Result<LiveModels>): number =>
  output.answer(result.ok ? ok({ json: result.value, report: report(result.value) }) : result);

export const models: Verb = {
  usage:
    'models METER [--rollback --by NAME --reason TEXT] [--promote N [--outside-gate] --by NAME --reason TEXT] [--data FOLDER] [--json]',
  summary: message(
    'montre les modèles d’un compteur ; remet le précédent en vigueur, ou promeut un candidat',
    'shows the models of a meter; puts the one before back in force, or promotes a candidate',
  ),
  options: {
    data: 'string',
    rollback: 'boolean',
    promote: 'string',
    'outside-gate': 'boolean',
    by: 'string',
    reason: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: (args, output) => {
    const meterId = args.positionals[0] ?? '';
    const given = { by: args.text('by'), reason: args.text('reason') };
    const promote = args.text('promote');
    if (args.flag('rollback')) {
      const who = namedReasonSchema.safeParse(given);
      if (!who.success || promote !== undefined) return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) =>
        told(output, await rollBackModel(context, meterId, role, who.data)),
      );
    }
    if (promote !== undefined) {
      const request = promotionRequestSchema.safeParse({ ...given, outsideGate: args.flag('outside-gate') });
      const id = Number(promote);
      if (!request.success || !Number.isInteger(id)) return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) =>
        told(output, await promoteModel(context, meterId, role, id, request.data)),
      );
    }
    return withContext(args.text('data'), output, async (context) =>
      told(output, await listModels(context, meterId, role)),
    );
  },
};
