import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappingOf } from '../../src/formats/readings/index.ts';
import { readReadings } from '../../src/formats/registry.ts';
import { absentFigure, type Figure, figuresOf } from '../figures/figure.ts';

const command = 'npm run validate -- --corpus DIR --only meters';
const figure = figuresOf('import', command);

/** A mapping file's text, as a person would write it. */
type Mapping = Readonly<Record<string, unknown>>;

/** What each kind of file needs said beside its own words; the first pattern that matches a path. */
const mappings: readonly (readonly [RegExp, readonly Mapping[]])[] = [
  [/^cambridge\/b\d+\.csv/, [{ valueColumn: 'gas' }, { valueColumn: 'electricity' }]],
  [/^injected_savings\/b.*\.csv/, [{}]],
  [/^eemeter_samples_il\/.*-(hourly|daily|billing_\w+)\.csv/, [{}]],
  [/^nmecr\/(school_)?eload\.csv/, [{ timezone: 'America/Los_Angeles' }]],
  [
    /^tartu_dh\/building_.*\.csv/,
    [
      {
        timeColumn: 'Year+Month+Day_Month+Hour_Day',
        valueColumn: 'Power',
        unit: 'kW',
        timezone: 'Europe/Tallinn',
      },
    ],
  ],
  [
    /^belgium_passive_house\/hourly.*\.csv/,
    ['ElectricHeater', 'ECS', 'Appliances'].map((valueColumn) => ({
      valueColumn,
      unit: 'Wh',
      timezone: 'Europe/Brussels',
    })),
  ],
  [
    /^buildingenergygeeks\/building_\d+\.csv/,
    ['m0', 'm1', 'm2', 'm3'].map((valueColumn) => ({ valueColumn, unit: 'kWh' })),
  ],
  [
    /^buildingenergygeeks\/statespace\.csv/,
    [
      {
        timeColumn: 'Time',
        valueColumn: 'Qh',
        unit: 'W',
        timezone: 'UTC',
        counter: { origin: '2020-01-01', step: 'second' },
      },
    ],
  ],
  [
    /^buildingenergygeeks\/linreg\.csv/,
    [
      {
        timeColumn: 'observation',
        valueColumn: 'consumption',
        timezone: 'UTC',
        counter: { origin: '2020-01-01', step: 'month', first: 1 },
      },
    ],
  ],
  [/^buildingenergygeeks\/armaxdata\.csv/, [{ valueColumn: 'P', temperatureColumn: 'Te', unit: 'W' }]],
  [/^hebes_rethinking\/\w+\/.*labels_consumption\.csv/, [{ valueColumn: 'total' }]],
];

/** Monthly files of many buildings: one meter a building and energy. */
const nycMappings = (text: string): Mapping[] => {
  const keys = new Set<string>();
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [building, energy] = line.split(',');
    if (building !== undefined && energy !== undefined) keys.add(`${building},${energy}`);
  }
  return [...keys].map((key) => {
    const [bdbid = '', energy = ''] = key.split(',');
    return {
      valueColumn: 'usage',
      where: { bdbid, energy_type: energy },
      perDay: true,
      timezone: 'America/New_York',
    };
  });
};

/** Weather, calendars and tables of truth that lie beside the meters. */
const notMeters =
  /(^|\/)(_meters|TRUTH|temp|school_temp|TMY3|school_op_mode|norm_temp\w*|.*tempF)\.csv|weather|\.json|\.md$|README|LICEN[CS]E/i;

const filesOf = (folder: string, inside = ''): string[] =>
  readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    return entry.isDirectory() ? filesOf(folder, path) : [path];
  });

/** A building without one of the two energies has no such column, or an empty one. */
const absent = new Set(['readings-column', 'readings-none']);

/** Every meter file of the corpus through the ordinary import, with a mapping file where its columns need one. */
export const validateImport = async (corpus: string, tell: (line: string) => void): Promise<Figure[]> => {
  const folder = join(corpus, 'meters');
  const metric =
    'meter files that load through the ordinary import, with a mapping where their columns need one';
  if (!existsSync(folder))
    return [absentFigure({ id: 'import.files', metric, unit: '%', goal: '100', command })];
  let [files, loaded, series, rows, rejected] = [0, 0, 0, 0, 0];
  for (const path of filesOf(folder).filter((one) => !notMeters.test(one))) {
    const bytes = readFileSync(join(folder, path));
    const wanted = path.startsWith('nyc_public_monthly/')
      ? nycMappings(bytes.toString('utf8'))
      : (mappings.find(([pattern]) => pattern.test(path))?.[1] ?? [{}]);
    files++;
    let whole = true;
    let seriesOfFile = 0;
    for (const mapping of wanted) {
      const options = mappingOf(path, JSON.stringify(mapping));
      if (!options.ok) throw new Error(options.error.message.en);
      const read = await readReadings(path, bytes, options.value);
      if (read.ok) {
        seriesOfFile++;
        rows += read.value.rowsRead;
        rejected += read.value.rowsRejected;
      } else if (!absent.has(read.error.code)) {
        whole = false;
        tell(`${path} ${JSON.stringify(mapping)}: ${read.error.message.en}`);
      }
    }
    series += seriesOfFile;
    if (whole && seriesOfFile > 0) loaded++;
  }
  const share = files === 0 ? null : (100 * loaded) / files;
  return [
    figure({
      id: 'files',
      metric,
      value: share,
      unit: '%',
      goal: '100',
      holds: share === null ? null : share === 100,
      n: files,
    }),
    figure({
      id: 'rows-rejected',
      metric: `rows rejected in the ${series} series of these files`,
      value: rejected,
      unit: 'rows',
      goal: 'reported',
      holds: null,
      n: rows,
    }),
  ];
};
