import { runParts } from './figures/run.ts';

/** `npm run bench -- [--corpus DIR] [--only PART,…] [--json OUT] [--write]`: speed as ratios to a comparator of the same run. */
process.exitCode = await runParts(
  {
    csv: async () => (await import('./bench/csv.ts')).csvPart,
    ifc: async () => (await import('./bench/ifc.ts')).ifcPart,
    fit: async () => (await import('./bench/fit.ts')).fitPart,
    hourly: async () => (await import('./bench/hourly.ts')).hourlyPart,
    'csv-memory': async () => (await import('./bench/csv-memory.ts')).csvMemoryPart,
    hostile: async () => (await import('./bench/hostile.ts')).hostilePart,
    physics: async () => (await import('./bench/physics.ts')).physicsPart,
    ingest: async () => (await import('./bench/ingest.ts')).ingestPart,
    simulate: async () => (await import('./bench/simulate.ts')).simulatePart,
    audit: async () => (await import('./bench/audit.ts')).auditPart,
    nightly: async () => (await import('./bench/nightly.ts')).nightlyPart,
    'nightly-dwellings': async () => (await import('./bench/nightly-dwellings.ts')).nightlyDwellingsPart,
    'api-load': async () => (await import('./bench/api-load.ts')).apiLoadPart,
    'api-load-embedded': async () => (await import('./bench/api-load.ts')).apiLoadEmbeddedPart,
    page: async () => (await import('./bench/page.ts')).pagePart,
    programme: async () => (await import('./bench/programme.ts')).programmePart,
  },
  false,
  'bench-',
  'docs/validation.md',
  process.argv.slice(2),
);
