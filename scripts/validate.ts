import { runParts } from './figures/run.ts';

/** `npm run validate -- --corpus DIR [--only PART,…] [--json OUT] [--write]`: the figures of docs/validation.md. */
process.exitCode = await runParts(
  {
    meters: async () => (await import('./validate/meters-part.ts')).metersPart,
    ifc: async () => (await import('./validate/ifc-part.ts')).ifcPart,
    calibration: async () => (await import('./validate/calibration.ts')).calibrationPart,
  },
  true,
  'docs/validation.md',
  process.argv.slice(2),
);
