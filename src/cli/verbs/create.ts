import { message } from '../../core/message.ts';
import { parseDurationMs, type Verb } from '../arguments.ts';
import { wrongUse } from './meter-options.ts';

export const create: Verb = {
  usage: 'create FILE [--preflight] [--answers FILE] [--period 1975-1977] [--deadline 30s] [--json]',
  summary: message(
    'numérise l’enveloppe thermique d’une maquette IFC (.ifc, .ifczip, .ifc.gz), et elle seule ; ou d’un DPE (.xml), d’une fiche (.json), d’un tableau de bâtiments (.csv, .xlsx)',
    'digitises the thermal envelope of an IFC model (.ifc, .ifczip, .ifc.gz), and only that; or of a certificate (.xml), a form (.json), a sheet of buildings (.csv, .xlsx)',
  ),
  options: { period: 'string', deadline: 'string', answers: 'string', preflight: 'boolean' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const deadline = parseDurationMs(args.text('deadline') ?? '60s');
    if (!deadline.ok) return wrongUse(deadline.error, output);
    const period = args.text('period');
    const answersPath = args.text('answers');
    const file = args.positionals[0] ?? '';
    const request = {
      deadlineMs: deadline.value,
      language: output.language,
      ...(period === undefined ? {} : { period }),
    };
    // A model alone takes the short way: nothing of the other formats is loaded.
    if (/\.(ifc|ifczip|gz)$/i.test(file) && answersPath === undefined && !args.flag('preflight')) {
      const { createFromFile } = await import('../../app/create-file.ts');
      return output.answer(await createFromFile(file, request));
    }
    const { createDescribed, preflightFromFile } = await import('../../app/create-described.ts');
    const described = { ...request, ...(answersPath === undefined ? {} : { answersPath }) };
    return output.answer(
      await (args.flag('preflight') ? preflightFromFile(file, described) : createDescribed(file, described)),
    );
  },
};
