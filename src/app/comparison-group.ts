import { familyName, familyOf } from '#correct/index.ts';
import {
  differenceInDifferences,
  FEWEST_COMPARED,
  heatingTraits,
  type HeatingTraits,
  measureSavings,
  MOST_COMPARED,
  type SavingsOptions,
  type SavingsOutcome,
  traitsDistance,
} from '#measure/index.ts';
import type { Building, ListedBuilding } from '#store/index.ts';
import { type DayRange, formatDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { countFr } from '../core/wording.ts';
import type { BuildingState } from './building-state.ts';
import type { AppContext } from './context.ts';
import { meterSeries } from './daily-series.ts';
import { mainMeter } from './derived-meters.ts';
import { dwellingsBehind } from './dwellings-behind.ts';
import { fewestDwellings } from './privacy.ts';
import { plain } from './report.ts';
import { type SavingsView, savingsSchema } from './views.ts';

/** Buildings of the family whose readings are looked at, nearest in floor area first: what a night can bear for each works. */
const EXAMINED = 30;
const LISTED = 500;
/** Floor area up to this many times as large or small. */
const AREA_FACTOR = 4;
/** Days that a member needs of those the works are judged on. */
const LEAST_DAYS = 0.9;

type Comparison = NonNullable<SavingsView['comparison']>;

/** What is compared: the works' own figure, and the days and options it was measured with. */
type Judged = {
  readonly outcome: SavingsOutcome;
  readonly options: SavingsOptions;
};

type Member = { readonly building: Building; readonly distance: number; readonly lnRatio: number };

/** Buildings of the same family without works from the first day of the baseline to the last one judged, nearest in area first. */
const candidates = async (
  { store }: AppContext,
  { building }: BuildingState,
  areaM2: number,
  { from, to }: DayRange,
): Promise<ListedBuilding[]> => {
  const works = await store.works.list();
  const busy = new Set(
    works
      .filter(
        ({ startDay, endDay, endedBy }) =>
          startDay <= formatDay(to) && (endedBy !== undefined || endDay >= formatDay(from)),
      )
      .map(({ buildingId }) => buildingId),
  );
  const { items } = await store.buildings.page({
    limit: LISTED,
    sort: 'floorAreaM2',
    descending: false,
    filters: {
      use: [building.use],
      floorAreaM2From: areaM2 / AREA_FACTOR,
      floorAreaM2To: areaM2 * AREA_FACTOR,
    },
  });
  const far = ({ floorAreaM2 }: ListedBuilding): number =>
    Math.abs(Math.log((floorAreaM2?.value ?? Number.NaN) / areaM2));
  return items
    .filter(
      (one) => one.id !== building.id && !busy.has(one.id) && familyOf(one).id === familyOf(building).id,
    )
    .toSorted((one, other) => far(one) - far(other) || one.id.localeCompare(other.id))
    .slice(0, EXAMINED);
};

/** A candidate that reads the same energy, heated alike before, and has readings on the days judged. */
const memberOf = async (
  { store }: AppContext,
  candidate: ListedBuilding,
  { meter }: BuildingState,
  own: HeatingTraits,
  { outcome, options }: Judged,
): Promise<Member | undefined> => {
  const meters = await store.meters.list(candidate.id);
  const main = mainMeter(meters, await store.derivations.list(candidate.id));
  if (main === undefined || main.carrier !== meter?.carrier) return undefined;
  const read = await meterSeries(store, main);
  if (read?.ok !== true) return undefined;
  const { adjustments: _adjustments, settled: _settled, ...rest } = options;
  const measured = measureSavings(read.value.series, rest);
  if (!measured.ok) return undefined;
  const { fit, disqualified, validDays, actualKwh, counterfactual } = measured.value;
  const traits = heatingTraits(fit, options.baseline, candidate.floorAreaM2?.value ?? 0);
  const known =
    disqualified.length === 0 &&
    validDays >= LEAST_DAYS * outcome.validDays &&
    fit.model.metrics.n >= LEAST_DAYS * outcome.fit.model.metrics.n;
  const lnRatio = Math.log(actualKwh / counterfactual.value);
  if (!known || traits === undefined || !Number.isFinite(lnRatio)) return undefined;
  const distance = traitsDistance(own, traits);
  return Number.isFinite(distance) ? { building: candidate, distance, lnRatio } : undefined;
};

const none = (fr: string, en: string): Comparison => ({
  group: null,
  note: message(`Pas de groupe de comparaison : ${fr}`, `No comparison group: ${en}`),
});

const dwellingsOf = ({ building }: Member): number | null => dwellingsBehind(building);

/**
 * Residences of fewer dwellings than may be shown are not named, and count only where together they have as many: otherwise what one
 * household did could be told from the group's mean (promise P7).
 */
const tellable = (members: readonly Member[]): { readonly named: Member[]; readonly unnamed: Member[] } => {
  const isSmall = (member: Member): boolean => (dwellingsOf(member) ?? fewestDwellings) < fewestDwellings;
  const named = members.filter((member) => !isSmall(member));
  const small = members.filter(isSmall);
  const dwellings = small.reduce((sum, member) => sum + (dwellingsOf(member) ?? 0), 0);
  return { named, unnamed: dwellings >= fewestDwellings ? small : [] };
};

const noteOf = (
  count: number,
  family: Message,
  { changePercent, savingsPercent }: NonNullable<Comparison['group']>,
): Message => {
  const percent = (value: number, language: 'fr' | 'en'): string => plain(value, language, 2);
  const between = ({ low, high }: typeof changePercent, language: 'fr' | 'en'): string =>
    `${percent(low, language)} ${language === 'fr' ? 'à' : 'to'} ${percent(high, language)} %`;
  const less = changePercent.value < 0;
  const moved = Math.abs(changePercent.value);
  return message(
    `${count} bâtiments semblables sans travaux (${family.fr}) ont pris, les mêmes jours, ${percent(moved, 'fr')} % de ${less ? 'moins' : 'plus'} que leur propre référence ne prévoyait (${between(changePercent, 'fr')}). Cela déduit, les travaux économisent ${percent(savingsPercent.value, 'fr')} % (${between(savingsPercent, 'fr')}).`,
    `${count} similar buildings without works (${family.en}) took, on the same days, ${percent(moved, 'en')} % ${less ? 'less' : 'more'} than their own baselines expected (${between(changePercent, 'en')}). With that taken out, the works save ${percent(savingsPercent.value, 'en')} % (${between(savingsPercent, 'en')}).`,
  );
};

/**
 * The savings of works against similar buildings of the stock without works (difference in differences), or why there is no group. Who
 * belongs to it is chosen on the baseline's days and on having readings since, never on what those readings say.
 */
const comparedWithGroup = async (
  context: AppContext,
  state: BuildingState,
  judged: Judged,
): Promise<Comparison> => {
  const { options, outcome } = judged;
  const areaM2 = state.before.twin.floorAreaM2.value;
  const own = heatingTraits(outcome.fit, options.baseline, areaM2);
  if (own === undefined)
    return none(
      'ce compteur n’a pas de signature de chauffage, à laquelle en comparer d’autres.',
      'this meter has no heating signature to compare others with.',
    );
  const found: Member[] = [];
  const days = { from: options.baseline.from, to: options.reporting.to };
  const examined = await candidates(context, state, areaM2, days);
  // Too few to begin with: no reading is looked at.
  if (examined.length < FEWEST_COMPARED) {
    const few = examined.length;
    return none(
      `le parc ${few === 0 ? 'n’a aucun autre bâtiment' : `a ${countFr(few, 'autre bâtiment', 'autres bâtiments')}`} de même famille, de surface proche et sans travaux ces jours-là ; il en faut ${FEWEST_COMPARED}.`,
      `the stock has ${few} other ${few === 1 ? 'building' : 'buildings'} of the same family, of a close floor area and without works on those days; ${FEWEST_COMPARED} are needed.`,
    );
  }
  for (const candidate of examined) {
    const member = await memberOf(context, candidate, state, own, judged);
    if (member !== undefined) found.push(member);
  }
  const nearest = found.toSorted((one, other) => one.distance - other.distance).slice(0, MOST_COMPARED);
  const { named, unnamed } = tellable(nearest);
  const members = [...named, ...unnamed];
  const count = members.length;
  const family = familyName(familyOf(state.building).id);
  const compared = differenceInDifferences(
    outcome,
    members.map(({ lnRatio }) => lnRatio),
  );
  if (compared === undefined)
    return none(
      `${count} ${count > 1 ? 'bâtiments semblables' : 'bâtiment semblable'} sans travaux (${family.fr}, même énergie, signature proche avant les travaux, relevés des mêmes jours), sur ${countFr(examined.length, 'regardé', 'regardés')} ; il en faut ${FEWEST_COMPARED}.`,
      `${count} similar ${count === 1 ? 'building' : 'buildings'} without works (${family.en}, same energy, close signature before the works, readings of the same days), of ${examined.length} looked at; ${FEWEST_COMPARED} are needed.`,
    );
  const group = {
    buildings: named
      .map(({ building: { id, name } }) => ({ id, name }))
      .toSorted((one, other) => one.id.localeCompare(other.id)),
    unnamed: unnamed.length,
    changePercent: compared.groupChangePercent,
    savings: compared.savings,
    savingsPercent: compared.savingsShare,
  };
  return { group, note: noteOf(count, family, group) };
};

/**
 * The comparison of works, or the one kept with their last result (`before`) where neither their figure nor its days have moved since: what is
 * settled is not computed again each night. Works that change the fuel have none.
 */
export const comparisonOf = async (
  context: AppContext,
  state: BuildingState,
  judged: Judged,
  before: unknown,
): Promise<Comparison> => {
  const { outcome, options } = judged;
  const kept = savingsSchema.safeParse(before);
  if (kept.success && kept.data.comparison?.group != null) {
    const { actualKwh, counterfactual, reporting, comparison } = kept.data;
    const same =
      reporting.to === formatDay(options.reporting.to) &&
      reporting.from === formatDay(options.reporting.from) &&
      actualKwh === outcome.actualKwh &&
      counterfactual.value === outcome.counterfactual.value;
    if (same) return comparison;
  }
  return comparedWithGroup(context, state, judged);
};

/** Of works that change the fuel. */
export const switchedComparison = none(
  'des travaux qui changent d’énergie ne se comparent pas sur un seul compteur.',
  'works that change the fuel are not compared on one meter.',
);
