import {
  type Anomaly,
  type Benchmarked,
  type BenchmarkResult,
  benchmarkWithin,
  heatingHabits,
} from '#measure/index.ts';
import { type Language, type Message, message } from '../core/message.ts';
import { boundedQuantity, Z90 } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';
import { countEn, countFr } from '../core/wording.ts';
import type { BenchmarksView } from './benchmark-views.ts';
import { type BuildingState, buildingState } from './building-state.ts';
import type { AppContext } from './context.ts';
import { storedReadings } from './daily-series.ts';
import { everyBuilding } from './every-building.ts';
import { emptyStock, plain } from './report.ts';

type Row = BenchmarksView['buildings'][number];
type Standing = NonNullable<Row['heating']>;

/** Chance of standing above the family from which it is said. */
const SAID_FROM = 0.8;
/** Fewest buildings of a family for a word about one of them. */
const FEWEST_ALIKE = 4;

/** Years of the French building regulations that part the stock: 1974, 2000. */
const periods = [
  { until: 1974, name: message('avant 1975', 'before 1975') },
  { until: 1999, name: message('de 1975 à 1999', 'from 1975 to 1999') },
  { until: 9999, name: message('depuis 2000', 'since 2000') },
] as const;

const uses: Readonly<Record<string, Message>> = {
  housing: message('logements', 'housing'),
  school: message('écoles', 'schools'),
  sports: message('sport', 'sports halls'),
  museum: message('musées', 'museums'),
  office: message('bureaux', 'offices'),
  community: message('maisons communes', 'community centres'),
  pool: message('piscines', 'pools'),
  other: message('autres usages', 'other uses'),
};

const useName = (use: string): Message => uses[use] ?? message(use, use);

/** Families of a building from the narrowest: use and period, then use. */
const familiesOf = ({ building }: BuildingState): readonly string[] => {
  const { use, constructionYear } = building;
  const at =
    constructionYear === undefined ? -1 : periods.findIndex(({ until }) => constructionYear <= until);
  return at === -1 ? [use] : [`${use}/${at}`, use];
};

const familyName = (family: string): Message => {
  const [use = '', at] = family.split('/');
  const name = useName(use);
  const period = at === undefined ? undefined : periods[Number(at)]?.name;
  return period === undefined ? name : message(`${name.fr} ${period.fr}`, `${name.en} ${period.en}`);
};

type Read = {
  readonly state: BuildingState;
  readonly habits: readonly Anomaly[];
  readonly heating?: Benchmarked;
  readonly baseLoad?: Benchmarked;
};

/** The days of the present condition of a building alone: nothing of before its works. */
const within = (series: DailySeries, { from, to }: BuildingState['now']['window']): DailySeries => {
  const [first, end] = [from - series.firstDay, to - series.firstDay + 1];
  return {
    timezone: series.timezone,
    firstDay: from,
    energyKwh: series.energyKwh.subarray(first, end),
    outdoorC: series.outdoorC.subarray(first, end),
  };
};

const readBuilding = (state: BuildingState, readings: Readings | undefined): Read => {
  const { building, now, series } = state;
  const line = now.fit?.signature;
  const areaM2 = now.twin.floorAreaM2.value;
  if (line === undefined || series === undefined || !(areaM2 > 0)) return { state, habits: [] };
  const { slopeKwhKDay, baseKwhDay, covariance } = line;
  const families = familiesOf(state);
  const figure = (perM2: number, value: number, variance: number): Benchmarked | undefined =>
    value > 0
      ? { id: building.id, families, ln: Math.log(perM2), sd: Math.sqrt(variance) / value }
      : undefined;
  const heating = figure((slopeKwhKDay * 1000) / 24 / areaM2, slopeKwhKDay, covariance[1][1]);
  const baseLoad = figure((baseKwhDay * 365) / areaM2, baseKwhDay, covariance[0][0]);
  // People live and heat at home at night and at weekends.
  const habits =
    building.use === 'housing' || now.fit?.model.bills !== undefined
      ? []
      : heatingHabits(within(series, now.window), line, readings);
  return {
    state,
    habits,
    ...(heating === undefined ? {} : { heating }),
    ...(baseLoad === undefined ? {} : { baseLoad }),
  };
};

const standingOf = (own: Benchmarked, result: BenchmarkResult, unit: string): Standing => {
  const { centreLn, deviationLn, deviationSd, familySize, chanceHigh, family } = result;
  const half = Z90 * own.sd;
  return {
    value: boundedQuantity(
      Math.exp(own.ln),
      Math.exp(own.ln - half),
      Math.exp(own.ln + half),
      unit,
      'learnt',
      'Heating line of the meter (3P change point) over the floor area of the twin',
    ),
    typical: Math.exp(centreLn),
    family: familyName(family),
    familySize,
    ratio: boundedQuantity(
      Math.exp(deviationLn),
      Math.exp(deviationLn - Z90 * deviationSd),
      Math.exp(deviationLn + Z90 * deviationSd),
      '1',
      'learnt',
      `Over the median of ${familySize} buildings of its family, drawn towards wider families and by the meter’s own noise`,
    ),
    chanceHigh,
  };
};

const highTold = (
  code: 'high-base-load' | 'high-heating',
  standing: Standing | null,
  energyKwhYear: number | null,
): Row['anomalies'] => {
  if (standing === null || standing.chanceHigh < SAID_FROM || standing.familySize < FEWEST_ALIKE) return [];
  const { ratio, family, familySize, chanceHigh } = standing;
  const more = Math.round(100 * (ratio.value - 1));
  const chance = Math.round(100 * chanceHigh);
  const [fr, en] =
    code === 'high-heating' ? ['Chauffe', 'Heats'] : ['Consomme hors chauffage', 'Uses, heating apart,'];
  return [
    {
      code,
      ratio: ratio.value,
      energyKwhYear,
      message: message(
        `${fr} ${more} % de plus par m² que les bâtiments comparables (${family.fr}, ${familySize} bâtiments) ; ${chance} % de chances de dépasser le dixième.`,
        `${en} ${more} % more per m² than comparable buildings (${family.en}, ${familySize} buildings); a ${chance} % chance of passing a tenth.`,
      ),
    },
  ];
};

const rowOf = (
  read: Read,
  heatingOf: ReadonlyMap<string, BenchmarkResult>,
  baseOf: ReadonlyMap<string, BenchmarkResult>,
): Row => {
  const { state, habits } = read;
  const { id, name, use } = state.building;
  const standing = (
    own: Benchmarked | undefined,
    results: ReadonlyMap<string, BenchmarkResult>,
    unit: string,
  ) => {
    const result = results.get(id);
    return own === undefined || result === undefined ? null : standingOf(own, result, unit);
  };
  const heating = standing(read.heating, heatingOf, 'W/(m2 K)');
  const baseLoad = standing(read.baseLoad, baseOf, 'kWh/m2');
  const base = state.now.fit?.signature?.baseKwhDay;
  return {
    buildingId: id,
    name,
    use,
    heating,
    baseLoad,
    anomalies: [
      ...habits.map((one) => ({ ...one })),
      ...highTold('high-heating', heating, null),
      ...highTold('high-base-load', baseLoad, base === undefined ? null : 365.25 * base),
    ],
    notEvaluated:
      heating === null && baseLoad === null
        ? message(
            'pas de compteur dont on puisse lire la droite de chauffage.',
            'no meter whose heating line can be read.',
          )
        : null,
  };
};

/**
 * Where the meter of each building stands within its family (use and period, drawn towards wider ones), and the habits that cost energy:
 * heating at night or at weekends in buildings nobody lives in, a high base load, in words. The most telling first.
 * Never fails: a building that cannot be read is left out.
 */
export const stockBenchmarks = async (context: AppContext): Promise<Result<BenchmarksView>> => {
  const end = context.startLedger('measure');
  const read: Read[] = [];
  for await (const { id } of everyBuilding(context.store)) {
    const state = await buildingState(context, id);
    if (!state.ok) continue;
    const { meter, building } = state.value;
    const readings =
      meter === undefined || building.use === 'housing'
        ? undefined
        : await storedReadings(context.store, meter);
    read.push(readBuilding(state.value, readings?.ok === true ? readings.value : undefined));
  }
  const results = (pick: (one: Read) => Benchmarked | undefined): Map<string, BenchmarkResult> =>
    new Map(benchmarkWithin(read.flatMap((one) => pick(one) ?? [])).map((one) => [one.id, one]));
  const [heatingOf, baseOf] = [results(({ heating }) => heating), results(({ baseLoad }) => baseLoad)];
  const rows = read.map((one) => rowOf(one, heatingOf, baseOf));
  await context.store.ledger.add(end());
  return ok({
    buildings: rows.toSorted(
      (one, other) =>
        other.anomalies.length - one.anomalies.length ||
        (other.heating?.chanceHigh ?? -1) - (one.heating?.chanceHigh ?? -1),
    ),
  });
};

const standingLine = (what: Message, standing: Standing | null, language: Language): string[] => {
  if (standing === null) return [];
  const { value, typical, family, familySize, ratio } = standing;
  const unit = value.unit === 'kWh/m2' ? 'kWh/m²' : 'W/(m²·K)';
  const show = (number: number): string => plain(number, language, 2);
  return [
    language === 'fr'
      ? `      ${what.fr} ${show(value.value)} ${unit} ; ${family.fr} (${countFr(familySize, 'bâtiment', 'bâtiments')}) ${show(typical)} ; rapport ${show(ratio.value)} (${show(ratio.low)} à ${show(ratio.high)})`
      : `      ${what.en} ${show(value.value)} ${unit}; ${family.en} (${countEn(familySize, 'building', 'buildings')}) ${show(typical)}; ratio ${show(ratio.value)} (${show(ratio.low)} to ${show(ratio.high)})`,
  ];
};

/** The benchmarks as a person reads them in a terminal. */
export const benchmarkReport = ({ buildings }: BenchmarksView, language: Language): string[] => {
  if (buildings.length === 0) return [`  ${emptyStock[language]}`];
  return buildings.flatMap(({ name, heating, baseLoad, anomalies, notEvaluated }) => [
    `  ${name[language]}`,
    ...standingLine(message('chauffage', 'heating'), heating, language),
    ...standingLine(message('hors chauffage', 'heating apart'), baseLoad, language),
    ...anomalies.map(
      ({ message: told, energyKwhYear }) =>
        `      ! ${told[language]}${energyKwhYear === null ? '' : ` (${plain(energyKwhYear / 1000, language, 2)} MWh ${language === 'fr' ? 'par an en tout' : 'a year in all'})`}`,
    ),
    ...(notEvaluated === null ? [] : [`      ${notEvaluated[language]}`]),
  ]);
};
