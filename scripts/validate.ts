import { runParts } from './figures/run.ts';

/** `npm run validate -- --corpus DIR [--only PART,…] [--json OUT] [--write]`: the figures of docs/validation.md. */
process.exitCode = await runParts(
  {
    hourly: async () => (await import('./validate/hourly.ts')).hourlyPart,
    meters: async () => (await import('./validate/meters-part.ts')).metersPart,
    models: async () => (await import('./validate/models-part.ts')).modelsPart,
    savings: async () => (await import('./validate/savings.ts')).savingsPart,
    weather: async () => (await import('./validate/weather.ts')).weatherPart,
    physics: async () => (await import('./validate/physics-part.ts')).physicsPart,
    dpe: async () => (await import('./validate/dpe-part.ts')).dpePart,
    ifc: async () => (await import('./validate/ifc-part.ts')).ifcPart,
    replay: async () => (await import('./validate/replay-part.ts')).replayPart,
    faults: async () => (await import('./validate/faults-part.ts')).faultsPart,
    sample: async () => (await import('./validate/sample-part.ts')).samplePart,
    learning: async () => (await import('./validate/learning-part.ts')).learningPart,
    calibration: async () => (await import('./validate/calibration.ts')).calibrationPart,
  },
  true,
  '',
  'docs/validation.md',
  process.argv.slice(2),
);
