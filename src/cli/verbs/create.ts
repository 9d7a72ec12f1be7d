import { createFromFile } from '../../app/create-file.ts';
import { message } from '../../core/message.ts';
import { parseDurationMs, type Verb } from '../arguments.ts';
import { wrongUse } from './meter-options.ts';

export const create: Verb = {
  usage: 'create FILE.ifc [--period 1975-1977] [--deadline 30s] [--json]',
  summary: message(
    'numérise l’enveloppe thermique d’une maquette IFC (.ifc, .ifczip, .ifc.gz), et elle seule',
    'digitises the thermal envelope of an IFC model (.ifc, .ifczip, .ifc.gz), and only that',
  ),
  options: { period: 'string', deadline: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const deadline = parseDurationMs(args.text('deadline') ?? '60s');
    if (!deadline.ok) return wrongUse(deadline.error, output);
    const period = args.text('period');
    const created = await createFromFile(args.positionals[0] ?? '', {
      deadlineMs: deadline.value,
      language: output.language,
      ...(period === undefined ? {} : { period }),
    });
    return output.answer(created);
  },
};
