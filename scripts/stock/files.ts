import { formatDay, parseDay } from '../../src/core/calendar.ts';
import { openZone } from '../../src/core/timezone.ts';
import { buildings } from './buildings.ts';
import { writeIfc } from './ifc-building.ts';
import { seedOf, seeded } from './random.ts';
import { simulateMeter } from './simulate.ts';
import type { BuildingSpec } from './specification.ts';
import { truthOf } from './truth.ts';
import { generateWeather, type HourlyWeather } from './weather.ts';

const FIRST_YEAR = 2022;
const YEARS = 3;
const WEATHER_SEED = 20_260_101;
const HOUR_MS = 3_600_000;

export type StockFile = { readonly path: string; readonly content: string };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const paris = (() => {
  const zone = openZone('Europe/Paris');
  if (!zone.ok) throw new Error('Europe/Paris is missing');
  return zone.value;
})();

const dayOf = (text: string): number => {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`not a day: ${text}`);
  return day;
};

type Days = { readonly firstDay: number; readonly sums: Float64Array; readonly means: Float64Array };

/** Local days of an hourly column: sum and mean. Hours outside the years are left out. */
const toDays = (weather: HourlyWeather, hourly: Float64Array): Days => {
  const firstDay = dayOf(`${FIRST_YEAR}-01-01`);
  const count = dayOf(`${FIRST_YEAR + YEARS}-01-01`) - firstDay;
  const sums = new Float64Array(count);
  const hours = new Float64Array(count);
  hourly.forEach((value, hour) => {
    const day = paris.localDay(weather.startMs + hour * HOUR_MS) - firstDay;
    if (day >= 0 && day < count) {
      sums[day] += value;
      hours[day] += 1;
    }
  });
  return { firstDay, sums, means: sums.map((sum, day) => sum / hours[day]) };
};

const instantText = (ms: number): string => new Date(ms).toISOString().slice(0, 16) + 'Z';

/** Defects that real exports have, listed in the truth: two blank days, and in the museum a run of winter zeros. */
const defectsOf = (
  spec: BuildingSpec,
): { blankDays: string[]; zeroDays: string[]; repeatedDay: string | null } => {
  const random = seeded(seedOf(`${spec.id} defects`));
  const blank = (): string => formatDay(dayOf('2022-02-01') + Math.floor(random.uniform() * 800));
  const zeroDays = spec.id === 'musee-pierre' ? ['2022-01-18', '2022-01-19', '2022-01-20'] : [];
  return {
    blankDays: [blank(), blank()],
    zeroDays,
    repeatedDay: spec.id === 'gymnase-1978' ? '2022-11-14' : null,
  };
};

const dailyCsv = (spec: BuildingSpec, energy: Days, outdoor: Days): string => {
  const { blankDays, zeroDays, repeatedDay } = defectsOf(spec);
  const lines = [spec.meterHasTemperature ? 'date,kwh,T_out_C' : 'date,kwh'];
  energy.sums.forEach((value, index) => {
    const day = formatDay(energy.firstDay + index);
    const shown = blankDays.includes(day) ? '' : zeroDays.includes(day) ? '0' : value.toFixed(1);
    const line = spec.meterHasTemperature
      ? `${day},${shown},${(outdoor.means[index] ?? 0).toFixed(2)}`
      : `${day},${shown}`;
    lines.push(line);
    if (day === repeatedDay) lines.push(line);
  });
  return `${lines.join('\n')}\n`;
};

const hourlyCsv = (spec: BuildingSpec, weather: HourlyWeather, energyKwh: Float64Array): string => {
  const { blankDays } = defectsOf(spec);
  const lines = ['instant,kwh'];
  energyKwh.forEach((value, hour) => {
    const instant = weather.startMs + hour * HOUR_MS;
    const blank = blankDays.includes(formatDay(paris.localDay(instant)));
    lines.push(`${instantText(instant)},${blank ? '' : value.toFixed(2)}`);
  });
  return `${lines.join('\n')}\n`;
};

const weatherCsv = (weather: HourlyWeather): string => {
  const lines = ['instant,T_out_C,GHI_Wm2'];
  weather.outdoorC.forEach((value, hour) => {
    lines.push(
      `${instantText(weather.startMs + hour * HOUR_MS)},${value.toFixed(1)},${(weather.ghiWm2[hour] ?? 0).toFixed(0)}`,
    );
  });
  return `${lines.join('\n')}\n`;
};

const sumBetween = (days: Days, from: number, to: number): number =>
  days.sums.reduce(
    (sum, value, index) => (days.firstDay + index >= from && days.firstDay + index <= to ? sum + value : sum),
    0,
  );

const buildingFiles = (spec: BuildingSpec, weather: HourlyWeather): StockFile[] => {
  const truth = truthOf(spec);
  const { works } = spec;
  const worksFrom = dayOf(works.start) + Math.round((dayOf(works.end) - dayOf(works.start)) / 2);
  const energy = simulateMeter(spec, truth, weather, worksFrom);
  const withoutWorks = simulateMeter(spec, truth, weather, Number.POSITIVE_INFINITY);
  const days = toDays(weather, energy);
  const counterfactual = toDays(weather, withoutWorks);
  const outdoor = toDays(weather, weather.outdoorC);
  const [from, to] = [dayOf(works.end) + 1, Math.min(dayOf(works.end) + 365, dayOf('2024-12-31'))];
  const without = sumBetween(counterfactual, from, to);
  const real = sumBetween(days, from, to);
  const meterFile = `meter-${spec.carrier}.csv.gz`;
  const folder = spec.id;
  return [
    {
      path: `${folder}/building.json`,
      content: json({
        schema: 'stacoptim.building/1',
        data: 'simulated',
        id: spec.id,
        name: spec.name,
        use: spec.use,
        commune: spec.commune,
        department: '33',
        constructionYear: spec.constructionYear,
        ...(spec.dwellings === undefined ? {} : { dwellings: spec.dwellings }),
        heating: { kind: spec.system, carrier: spec.carrier },
        model: 'model.ifc',
        meters: [
          {
            id: `${spec.id}-${spec.carrier}`,
            file: meterFile,
            carrier: spec.carrier,
            use: 'heating',
            unit: 'kWh',
            timezone: 'Europe/Paris',
          },
        ],
      }),
    },
    { path: `${folder}/model.ifc`, content: writeIfc(spec) },
    {
      path: `${folder}/${meterFile}`,
      content: spec.hourlyMeter ? hourlyCsv(spec, weather, energy) : dailyCsv(spec, days, outdoor),
    },
    {
      path: `${folder}/works.json`,
      content: json({
        schema: 'stacoptim.works/1',
        works: [
          {
            id: `${spec.id}-2023`,
            measures: works.measures,
            start: works.start,
            end: works.end,
            costEur: works.costEur,
          },
        ],
      }),
    },
    {
      path: `${folder}/truth.json`,
      content: json({
        note: 'What the generator knows and the program must find; no command reads it.',
        geometry: truth,
        efficiency: spec.efficiency,
        setPointC: spec.setPointC,
        defects: defectsOf(spec),
        savings: {
          worksFrom: formatDay(worksFrom),
          reporting: `${formatDay(from)}/${formatDay(to)}`,
          counterfactualKwh: Math.round(without),
          actualKwh: Math.round(real),
          savingsPercent: Math.round(((without - real) / without) * 10_000) / 100,
        },
      }),
    },
  ];
};

/** Every file of the sample stock, path relative to its folder; paths ending in .gz are to be compressed. */
export const stockFiles = (): StockFile[] => {
  const weather = generateWeather(FIRST_YEAR, YEARS, WEATHER_SEED);
  return [
    {
      path: 'stock.json',
      content: json({
        schema: 'stacoptim.stock/1',
        data: 'simulated',
        name: { fr: 'Parc d’exemple', en: 'Sample stock' },
        note: 'Fictional buildings; readings and weather are simulated by scripts/generate-stock.ts (seed in the script). Nothing here was measured.',
        weather: {
          id: 'bordeaux-simule',
          name: 'Bordeaux (simulé)',
          file: 'weather/bordeaux-simule.csv.gz',
          timezone: 'Europe/Paris',
          latitudeDeg: 44.83,
          longitudeDeg: -0.57,
          altitudeM: 49,
        },
        buildings: buildings.map(({ id }) => id),
      }),
    },
    { path: 'weather/bordeaux-simule.csv.gz', content: weatherCsv(weather) },
    ...buildings.flatMap((spec) => buildingFiles(spec, weather)),
  ];
};
