import { type MeterPart, readModelRecord, summedSavings } from '#measure/index.ts';
import type { Building, Works } from '#store/index.ts';
import { formatDay } from '../core/calendar.ts';
import { message, type Message, type Warning, warning } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { measureNamed } from './measure-names.ts';
import { programmeOf } from './programme-record.ts';
import type { ProgrammeView } from './programme-views.ts';
import type { SavingsReport, SavingsScope, SavingsTotal, StockSavings } from './stock-savings-views.ts';
import { latestSavings } from './view-savings.ts';
import type { SavingsView } from './views.ts';
import { countFr, dayEn, dayFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;

type Told = StockSavings['works'][number];
type Part = MeterPart & { readonly worksId: string; readonly carrier: string };
type Period = { readonly actualKwh: number; readonly savings: Quantity };

/** A saving and what was read give back what would have been read. */
const counterfactualOf = ({ actualKwh, savings: { value, low, high } }: Period) => ({
  value: value + actualKwh,
  low: low + actualKwh,
  high: high + actualKwh,
});

const totalOf = (parts: readonly Part[]): SavingsTotal | null => {
  const sum = summedSavings(parts);
  if (sum === undefined) return null;
  const { parts: _parts, ...rest } = sum;
  return { works: new Set(parts.map(({ worksId }) => worksId)).size, ...rest };
};

const mainOf = (view: SavingsView) => ({
  worksId: view.worksId,
  meterId: view.meterId ?? view.worksId,
  carrier: view.carrier ?? 'unknown',
});

/** What counts of works for their first year: the meter that judges them, or every meter where they changed the fuel. */
const firstYearParts = ({ savings: view }: Told): Part[] => {
  const { counterfactual, actualKwh } = view;
  const main: Part = { ...mainOf(view), counterfactual, actualKwh };
  if (view.allCarriers === null) return [main];
  return [
    main,
    ...view.otherMeters.flatMap((other): Part[] =>
      other.counterfactual === null || other.actualKwh === null
        ? []
        : [
            {
              worksId: view.worksId,
              meterId: other.meterId,
              carrier: other.carrier,
              counterfactual: other.counterfactual,
              actualKwh: other.actualKwh,
            },
          ],
    ),
  ];
};

const periodPart = (view: SavingsView, period: Period): Part => ({
  ...mainOf(view),
  counterfactual: counterfactualOf(period),
  actualKwh: period.actualKwh,
});

/** Why works are in no sum. */
const leftOut = (view: SavingsView): Message | null => {
  if (view.status !== 'disqualified' || view.allCarriers !== null) return null;
  const reason = view.warnings.at(0);
  return message(
    `non recevable : ${reason?.message.fr ?? 'la référence ne permet pas de conclure.'}`,
    `disqualified: ${reason?.message.en ?? 'the baseline does not allow a conclusion.'}`,
  );
};

/** One works in a calendar year; nothing where none of its days was measured. */
export const yearOfWorks = ({ savings: view }: Told, year: number): SavingsReport['works'] => {
  const period = view.calendarYears.find(({ from }) => from.startsWith(`${year}-`));
  const total = period === undefined ? null : totalOf([periodPart(view, period)]);
  if (period === undefined || total === null) return [];
  const days = (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1;
  return [{ worksId: view.worksId, validDays: period.validDays, days, ...total }];
};

type Gathered = Pick<StockSavings, 'works' | 'notEvaluated'>;

type Frozen = Pick<Told, 'baselineHash' | 'baselineFit'>;

/** The frozen baselines of figures as a person checks them, by their model: the hash of the days, and how well the model holds them. */
const baselinesTold = async (
  { store }: AppContext,
  views: readonly SavingsView[],
): Promise<ReadonlyMap<number, Frozen>> => {
  const ids = views.flatMap(({ frozenModel }) => frozenModel ?? []);
  return new Map(
    (await store.models.many(ids)).map(({ id, record, dataHash }): [number, Frozen] => {
      const read = readModelRecord(record);
      if (!read.ok) return [id, { baselineHash: dataHash, baselineFit: null }];
      const { n, cvRmse, r2 } = read.value.diagnostics;
      return [id, { baselineHash: dataHash, baselineFit: { days: n, cvRmsePercent: cvRmse, r2 } }];
    }),
  );
};

/** Why works have no figure yet. */
const notYet = ({ endedBy, endDay }: Works, today: string): Message => {
  if (endedBy === 'demolition')
    return message('bâtiment démoli : rien à mesurer.', 'building demolished: nothing to measure.');
  return endDay >= today
    ? message(
        `travaux en cours ou à venir (fin : ${dayFr(endDay)}).`,
        `works under way or to come (end: ${dayEn(endDay)}).`,
      )
    : message(
        'pas encore mesuré, ou pas assez de relevés après les travaux.',
        'not measured yet, or too few readings after the works.',
      );
};

/** Works of some buildings, in the order of these, with their figure; and those that have none yet, with why. */
const gather = async (
  context: AppContext,
  buildings: readonly Building[],
  works: readonly Works[],
): Promise<Gathered> => {
  const today = formatDay(Math.floor(context.nowMs() / DAY_MS));
  const views = await latestSavings(context, works);
  const baselines = await baselinesTold(context, [...views.values()]);
  const worksOf = Map.groupBy(works, ({ buildingId }) => buildingId);
  const found: Gathered = { works: [], notEvaluated: [] };
  for (const { id: buildingId, name: building } of buildings) {
    for (const one of worksOf.get(buildingId) ?? []) {
      const view = views.get(one.id);
      if (view === undefined) {
        found.notEvaluated.push({ buildingId, building, worksId: one.id, reason: notYet(one, today) });
        continue;
      }
      found.works.push({
        buildingId,
        building,
        start: one.startDay,
        end: one.endDay,
        measures: one.measures.map((id) => ({ id, name: measureNamed(id) })),
        costEur: one.costEur ?? null,
        contractor: one.contractor ?? null,
        accepted: one.accepted ?? null,
        ...(baselines.get(view.frozenModel ?? -1) ?? { baselineHash: null, baselineFit: null }),
        savings: view,
        leftOut: leftOut(view),
      });
    }
  }
  return found;
};

const grouped = <K>(parts: readonly { readonly key: K; readonly part: Part }[]): [K, SavingsTotal][] =>
  [...Map.groupBy(parts, ({ key }) => key)].flatMap(([key, own]) => {
    const total = totalOf(own.map(({ part }) => part));
    return total === null ? [] : [[key, total] as [K, SavingsTotal]];
  });

const tellings = (counted: readonly Told[]): Warning[] => {
  const provisional = counted.filter(({ savings }) => savings.status === 'provisional').length;
  const switched = counted.filter(({ savings }) => savings.allCarriers !== null).length;
  return [
    ...(provisional === 0
      ? []
      : [
          warning(
            'savings-provisional',
            `${provisional} des ${counted.length} opérations comptées sont provisoires : leur chiffre bougera encore.`,
            `${provisional} of the ${counted.length} works counted are provisional: their figure will still move.`,
          ),
        ]),
    ...(switched === 0
      ? []
      : [
          warning(
            'fuel-switch',
            `${countFr(switched, 'opération change d’énergie : comptée', 'opérations changent d’énergie : comptées')} toutes énergies réunies sur la première année, ${switched < 2 ? 'absente' : 'absentes'} des mois et des années.`,
            `${switched} works change the fuel: counted over all energies for the first year, absent from months and years.`,
          ),
        ]),
  ];
};

/** The sums over works that have their figure: pure. */
const sumsOf = (works: readonly Told[]) => {
  const counted = works.filter((one) => one.leftOut === null);
  const first = counted.flatMap(firstYearParts);
  const monthly = counted.filter(({ savings }) => savings.allCarriers === null);
  const keyed = (periods: 'months' | 'calendarYears', length: number) =>
    monthly.flatMap(({ savings }) =>
      savings[periods].map((period) => ({
        key: period.from.slice(0, length),
        part: periodPart(savings, period),
      })),
    );
  return {
    firstYear: totalOf(first),
    sinceWorks: totalOf(
      monthly.flatMap(({ savings }) =>
        savings.sinceWorks === null ? [] : [periodPart(savings, savings.sinceWorks)],
      ),
    ),
    years: grouped(keyed('calendarYears', 4))
      .map(([year, total]) => ({ year: Number(year), ...total }))
      .toSorted((one, other) => one.year - other.year),
    months: grouped(keyed('months', 7))
      .map(([month, total]) => ({ month, ...total }))
      .toSorted((one, other) => one.month.localeCompare(other.month)),
    byCarrier: grouped(first.map((part) => ({ key: part.carrier, part }))).map(([carrier, total]) => ({
      carrier,
      ...total,
    })),
    warnings: tellings(counted),
  };
};

/** Works count for a programme when they are of a building it chose, began in its years, and did one of its measures. */
const ofProgramme =
  ({ chosen, firstYear }: ProgrammeView) =>
  (works: Works): boolean =>
    works.startDay >= `${firstYear}-01-01` &&
    chosen.some(
      ({ buildingId, measures }) =>
        buildingId === works.buildingId && measures.some(({ id }) => works.measures.includes(id)),
    );

/** What the programme promised, a year, of the buildings whose works are counted; its errors added as the plan adds them. */
const promisedOf = ({ chosen }: ProgrammeView, works: readonly Told[]): Quantity | null => {
  const counted = new Set(works.filter((one) => one.leftOut === null).map(({ buildingId }) => buildingId));
  const promises = chosen.filter(({ buildingId }) => counted.has(buildingId));
  const [first] = promises;
  if (first === undefined) return null;
  const sum = (pick: (one: Quantity) => number): number =>
    promises.reduce((all, { savingKwh }) => all + pick(savingKwh), 0);
  return {
    ...first.savingKwh,
    value: sum(({ value }) => value),
    low: sum(({ low }) => low),
    high: sum(({ high }) => high),
    basis: `Savings promised for ${promises.length} buildings of the programme, bounds added`,
  };
};

/** A scope that is no one building stands nowhere. */
const nowhere = { commune: null, use: null, constructionYear: null } as const;

const answerOf = (
  context: AppContext,
  scope: StockSavings['scope'],
  simulated: boolean,
  { works, notEvaluated }: Gathered,
  promisedKwh: Quantity | null,
): StockSavings => ({
  schema: 'stacoptim.stock-savings/1',
  scope,
  data: simulated ? 'simulated' : 'metered',
  day: formatDay(Math.floor(context.nowMs() / DAY_MS)),
  ...sumsOf(works),
  promisedKwh,
  works,
  notEvaluated,
});

const ofBuilding = async (context: AppContext, id: string): Promise<Result<StockSavings>> => {
  const building = await context.store.buildings.get(id);
  if (building === undefined) return unknownBuilding(id);
  const found = await gather(context, [building], await context.store.works.list(id));
  const { name, use, simulated, commune = null, constructionYear = null } = building;
  const scope = { kind: 'building', id, name, use, commune, constructionYear } as const;
  return ok(answerOf(context, scope, simulated, found, null));
};

const ofPlan = async (context: AppContext, id: number): Promise<Result<StockSavings>> => {
  const programme = await programmeOf(context, id);
  if (!programme.ok) return programme;
  const { chosen } = programme.value;
  const ids = chosen.map(({ buildingId }) => buildingId);
  const buildings = await context.store.buildings.many(ids);
  const works = (await context.store.works.listOf(ids)).filter(ofProgramme(programme.value));
  const found = await gather(context, buildings, works);
  const begun = new Set([...found.works, ...found.notEvaluated].map(({ buildingId }) => buildingId));
  const waiting = chosen
    .filter(({ buildingId }) => !begun.has(buildingId))
    .map(({ buildingId, name, year }) => ({
      buildingId,
      building: name,
      worksId: null,
      reason: message(
        `travaux prévus en ${year} : aucun n’est déclaré.`,
        `works planned in ${year}: none is declared.`,
      ),
    }));
  return ok(
    answerOf(
      context,
      {
        kind: 'programme',
        id: String(id),
        name: message(`Programme n° ${id}`, `Programme number ${id}`),
        ...nowhere,
      },
      buildings.some(({ simulated }) => simulated),
      { works: found.works, notEvaluated: [...found.notEvaluated, ...waiting] },
      promisedOf(programme.value, found.works),
    ),
  );
};

/**
 * The savings of a building, a programme or the whole stock, as they were last measured on the frozen baselines: the first year, since the
 * works, calendar years and months, by energy, and what is in no sum with why. Fails with `unknown-building`,
 * `unknown-programme`, `not-evaluated`, or `bad-request` when both a building and a programme are asked for.
 */
export const stockSavings = async (
  context: AppContext,
  { building, programme }: SavingsScope,
): Promise<Result<StockSavings>> => {
  if (building !== undefined && programme !== undefined)
    return failure(
      'bad-request',
      'Demandez les économies d’un bâtiment ou d’un programme, pas des deux.',
      'Ask for the savings of a building or of a programme, not of both.',
    );
  if (building !== undefined) return ofBuilding(context, building);
  if (programme !== undefined) return ofPlan(context, programme);
  const works = await context.store.works.list();
  const buildings = await context.store.buildings.many([
    ...new Set(works.map(({ buildingId }) => buildingId)),
  ]);
  const found = await gather(context, buildings, works);
  const simulated = await context.store.buildings.holdsSimulated();
  const name = message('Tout le parc', 'The whole stock');
  return ok(answerOf(context, { kind: 'stock', id: null, name, ...nowhere }, simulated, found, null));
};
