import {
  type DefaultCase,
  defaultCase,
  type DefaultFigure,
  defaultFigures,
  defaultParts,
  defaultsFor,
  type LearntDefaults,
  learnDefaults,
  type UsableDefault,
} from '#correct/index.ts';
import { periodClassOf, periodClassYears } from '#create/index.ts';
import { readModelRecord, recordLine } from '#measure/index.ts';
import { type Message, message } from '../core/message.ts';
import { countFr } from '../core/wording.ts';
import type { Twin } from '../core/twin.ts';
import type { AppContext } from './context.ts';
import { mainMeter } from './derived-meters.ts';
import { ownFailure } from './own-failure.ts';
import { dwellingsBehind } from './dwellings-behind.ts';
import { fewestDwellings } from './privacy.ts';
import type { UsedDefault } from './rates-views.ts';

/** A factor is known to a percent or two long before as many buildings have spoken. */
const MOST_METERS = 1000;

/** A building that an error of the program kept from being read. */
export type FailedBuilding = { readonly buildingId: string; readonly reason: Message };

type MeterLine = Awaited<ReturnType<AppContext['store']['learntDefaults']['lines']>>[number];

/** The lines of the meter that is asked of each building; those of its others stay out. */
const mainLines = async ({ store }: AppContext): Promise<MeterLine[]> => {
  const lines = await store.learntDefaults.lines(MOST_METERS);
  const ids = [...new Set(lines.map(({ buildingId }) => buildingId))];
  const meters = await store.meters.ofBuildings(ids);
  const buildingOf = new Map(meters.map(({ id, buildingId }) => [id, buildingId]));
  const derivations = Map.groupBy(await store.derivations.ofBuildings(ids), ({ meterId }) =>
    buildingOf.get(meterId),
  );
  const main = new Set(
    [...Map.groupBy(meters, ({ buildingId }) => buildingId)].map(
      ([buildingId, own]) => mainMeter(own, derivations.get(buildingId) ?? [])?.id,
    ),
  );
  return lines.filter(({ meterId }) => main.has(meterId));
};

/** What a meter says of the defaults that the twin of its building rests on; undefined where it has no heating line. */
const caseOf = async (
  { store }: AppContext,
  { buildingId, record }: MeterLine,
): Promise<DefaultCase | undefined> => {
  const model = readModelRecord(record);
  const line = model.ok ? recordLine(model.value) : undefined;
  if (line === undefined) return undefined;
  const [building, stored] = [await store.buildings.get(buildingId), await store.twins.current(buildingId)];
  return building === undefined || stored === undefined
    ? undefined
    : defaultCase(stored.twin, line, dwellingsBehind(building));
};

/**
 * Learns the period defaults of the stock anew from its meters, a case a building, and keeps them for the buildings that have none. A
 * building that fails teaches nothing and stops no other.
 */
export const learnStockDefaults = async (
  context: AppContext,
): Promise<{ readonly learnt: LearntDefaults; readonly failed: readonly FailedBuilding[] }> => {
  const cases: DefaultCase[] = [];
  const failed: FailedBuilding[] = [];
  for (const line of await mainLines(context)) {
    const { buildingId } = line;
    const found = await ownFailure(() => caseOf(context, line));
    if (!found.ok) failed.push({ buildingId, reason: found.error.message });
    else if (found.value !== undefined) cases.push(found.value);
  }
  const learnt = learnDefaults(cases, { fewestDwellings });
  await context.store.learntDefaults.replace(
    learnt.defaults.map(({ figure, period, mean, sd, cases }) => ({ figure, period, mean, sd, cases })),
  );
  return { learnt, failed };
};

const isFigure = (figure: string): figure is DefaultFigure => defaultFigures.some((one) => one === figure);

/** The learnt factors that a twin without a meter counts on, each with the period it was used for. */
export const usedDefaults = (learnt: readonly UsableDefault[], twin: Twin): UsedDefault[] => {
  const period = twin.constructionYear === undefined ? undefined : periodClassOf(twin.constructionYear);
  if (period === undefined) return [];
  const own = defaultsFor(twin, learnt);
  return defaultParts(twin).map(({ figure }) => {
    const { mean, cases } = own.find((one) => one.figure === figure) ?? { mean: 0, cases: 0 };
    return { figure, period, mean, cases };
  });
};

/** The defaults in force: what meters have taught so far. */
export const defaultsInForce = async ({ store }: AppContext): Promise<readonly UsableDefault[]> =>
  (await store.learntDefaults.list()).flatMap(({ figure, ...rest }) =>
    isFigure(figure) ? [{ figure, ...rest }] : [],
  );

const figureNames: Readonly<Record<DefaultFigure, Message>> = {
  walls: message('U des murs', 'U of walls'),
  roof: message('U des toitures', 'U of roofs'),
  floor: message('U des planchers', 'U of floors'),
  windows: message('U des fenêtres', 'U of windows'),
  doors: message('U des portes', 'U of doors'),
  air: message('renouvellement d’air', 'air change'),
};

/** The name of a figure that the table of periods gives; the id itself where no version knows it. */
export const figureName = (figure: string): Message =>
  isFigure(figure) ? figureNames[figure] : message(figure, figure);

/** The years of a class of the table of periods, in words. */
export const periodName = (period: string): Message => {
  const years = periodClassYears(period);
  if (years === undefined) return message(period, period);
  const { from, to } = years;
  if (from === null) return message(`avant ${(to ?? 0) + 1}`, `before ${(to ?? 0) + 1}`);
  return to === null
    ? message(`depuis ${from}`, `since ${from}`)
    : message(`${from} à ${to}`, `${from} to ${to}`);
};

/** The same factors as they count today. */
export const defaultsNow = (learnt: readonly UsableDefault[], used: readonly UsedDefault[]): UsedDefault[] =>
  used.map(({ figure, period }) => {
    const of = (asked: string | null) => learnt.find((one) => one.figure === figure && one.period === asked);
    const { mean, cases } = of(period) ?? of(null) ?? { mean: 0, cases: 0 };
    return { figure, period, mean, cases };
  });

/** Below this a factor that moves changes no decision. */
const WORTH_TELLING = 0.02;

const factorText = (mean: number): string => Math.exp(mean).toFixed(2);

/** What has changed of learnt defaults since they were used, a sentence each. */
export const changedDefaults = (used: readonly UsedDefault[], now: readonly UsedDefault[]): Message[] =>
  used.flatMap((then) => {
    const today = now.find(({ figure, period }) => figure === then.figure && period === then.period);
    if (today === undefined || Math.abs(today.mean - then.mean) < WORTH_TELLING) return [];
    const [name, years] = [figureName(then.figure), periodName(then.period)];
    const [was, is] = [factorText(then.mean), factorText(today.mean)];
    return [
      message(
        `${name.fr} par défaut, ${years.fr} : facteur de ${was.replace('.', ',')} à ${is.replace('.', ',')} (${countFr(today.cases, 'bâtiment relevé', 'bâtiments relevés')})`,
        `default ${name.en}, ${years.en}: factor from ${was} to ${is} (${today.cases} metered building${today.cases === 1 ? '' : 's'})`,
      ),
    ];
  });
