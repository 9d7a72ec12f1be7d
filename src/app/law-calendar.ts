import { bindingDate, type LegalDate } from '#simulate/index.ts';
import { formatDay, parseDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { type BuildingState, buildingState } from './building-state.ts';
import type { AppContext } from './context.ts';
import { everyBuilding } from './every-building.ts';
import { dwellingsOrDefault } from './law-facts.ts';
import type { LawCalendarQuery, LawCalendarView } from './law-views.ts';
import { type LegalStanding, standingNow } from './legal-standing.ts';
import { lawBindsAbove } from './programme-candidates.ts';
import { dateTold } from './programme-law.ts';
import { plain } from './report.ts';

type Row = LawCalendarView['buildings'][number];

const percent = (chance: number): number => Math.round(100 * chance);

const likeliestOf = (chances: Readonly<Record<string, number>>): string =>
  Object.entries(chances).reduce((best, one) => (one[1] > best[1] ? one : best), ['', -1] as const)[0];

const dayBefore = (from: string): string => formatDay((parseDay(from) ?? 0) - 1);

const sentenceOf = (
  { label, landings, notEvaluated, dates, finalKwh = 0 }: LegalStanding,
  binding: LegalDate | undefined,
  today: string,
): Message => {
  if (notEvaluated !== undefined) return notEvaluated;
  const [letter, chance] =
    label === undefined
      ? ['', 0]
      : [likeliestOf(label.chances), label.chances[likeliestOf(label.chances) as 'A'] ?? 0];
  const about =
    label === undefined
      ? message('', '')
      : message(
          `Étiquette ${letter} la plus probable (${percent(chance)} %, estimation, pas un DPE). `,
          `Label ${letter} likeliest (${percent(chance)} %, an estimate, not a DPE). `,
        );
  const gap = landings?.find(({ targetKwh }) => targetKwh < finalKwh);
  const missing =
    gap === undefined
      ? message('', '')
      : message(
          ` Il manque ${plain((finalKwh - gap.targetKwh) / 1000, 'fr')} MWh par an pour ${gap.year}.`,
          ` ${plain((finalKwh - gap.targetKwh) / 1000, 'en')} MWh a year are missing for ${gap.year}.`,
        );
  if (binding === undefined) {
    const worst = Math.max(0, ...dates.map(({ chanceOutside }) => chanceOutside));
    return message(
      `${about.fr}Aucune date connue ne l’atteint (au plus ${percent(worst)} % de chances).${missing.fr}`,
      `${about.en}No known date reaches it (a chance of ${percent(worst)} % at most).${missing.en}`,
    );
  }
  const told = dateTold(binding.law, binding.step, binding.from);
  const [sinceFr, sinceEn] =
    binding.from <= today
      ? ['Hors la loi depuis le', 'Outside the law since']
      : ['En règle jusqu’au', 'Lawful until'];
  const day = binding.from <= today ? binding.from : dayBefore(binding.from);
  return message(
    `${about.fr}${sinceFr} ${day} : ${told.fr} (${percent(binding.chanceOutside)} % de chances).${missing.fr}`,
    `${about.en}${sinceEn} ${day}: ${told.en} (${percent(binding.chanceOutside)} % chance).${missing.en}`,
  );
};

/** A building's line of the calendar: its label, its dates and what they ask, in a sentence. Pure. */
export const legalRow = (
  state: BuildingState,
  standing: LegalStanding,
  bindsAbove: number,
  today: string,
): Row => {
  const { building, now } = state;
  const { label, landings, finalKwh = 0, dates, notEvaluated } = standing;
  const binding = bindingDate(dates, bindsAbove);
  return {
    buildingId: building.id,
    name: building.name,
    use: building.use,
    commune: building.commune ?? '',
    dwellings: building.use === 'housing' ? dwellingsOrDefault(building, now.twin.floorAreaM2.value) : null,
    label: label === undefined ? null : { likeliest: likeliestOf(label.chances), chances: label.chances },
    dates: [...dates],
    binding: binding ?? null,
    legalUntil: binding === undefined ? null : dayBefore(binding.from),
    tertiary:
      landings === undefined
        ? null
        : {
            finalKwh,
            landings: landings.map(({ year, targetKwh, chanceMet }) => ({
              year,
              targetKwh,
              gapKwh: finalKwh - targetKwh,
              chanceMet,
            })),
          },
    sentence: sentenceOf(standing, binding, today),
    evaluated: notEvaluated === undefined,
  };
};

/** What each date finds outside the law if nothing is done, soonest first. Pure. */
export const datesOf = (rows: readonly Row[], bindsAbove: number): LawCalendarView['dates'] => {
  const found = new Map<string, LawCalendarView['dates'][number]>();
  for (const { dates, dwellings } of rows)
    for (const { law, step, from, chanceOutside } of dates) {
      const one = found.get(`${law} ${step}`) ?? {
        law,
        step,
        from,
        buildings: 0,
        dwellings: 0,
        expectedBuildings: 0,
        expectedDwellings: 0,
      };
      const [bound, homes] = [chanceOutside > bindsAbove ? 1 : 0, dwellings ?? 0];
      found.set(`${law} ${step}`, {
        ...one,
        buildings: one.buildings + bound,
        dwellings: one.dwellings + bound * homes,
        expectedBuildings: one.expectedBuildings + chanceOutside,
        expectedDwellings: one.expectedDwellings + chanceOutside * homes,
      });
    }
  return [...found.values()].toSorted((one, other) => one.from.localeCompare(other.from));
};

/**
 * The label and the dates of the law of every building of the stock, soonest first, and what each date finds outside the law if
 * nothing is done. A building without a twin, or whose date cannot be judged, is said not evaluated. Never fails.
 */
export const lawCalendar = async (
  context: AppContext,
  { chance }: LawCalendarQuery,
): Promise<Result<LawCalendarView>> => {
  const nowMs = context.nowMs();
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const bindsAbove = lawBindsAbove(chance);
  const buildings: Row[] = [];
  for await (const building of everyBuilding(context.store)) {
    const state = await buildingState(context, building.id);
    if (state.ok) {
      buildings.push(legalRow(state.value, standingNow(state.value, nowMs), bindsAbove, day));
      continue;
    }
    buildings.push({
      buildingId: building.id,
      name: building.name,
      use: building.use,
      commune: building.commune ?? '',
      dwellings: null,
      label: null,
      dates: [],
      binding: null,
      legalUntil: null,
      tertiary: null,
      sentence: state.error.message,
      evaluated: false,
    });
  }
  const until = ({ legalUntil, evaluated }: Row): string => legalUntil ?? (evaluated ? '9998' : '9999');
  return ok({
    day,
    bindsAbove,
    buildings: buildings.toSorted((one, other) => until(one).localeCompare(until(other))),
    dates: datesOf(buildings, bindsAbove),
    notEvaluated: buildings.filter(({ evaluated }) => !evaluated).length,
  });
};
