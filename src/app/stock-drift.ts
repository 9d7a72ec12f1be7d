import { z } from 'zod';
import { learnStockDrift, type PlaceboYear, type StockDrift } from '#measure/index.ts';
import type { Store } from '#store/index.ts';
import { parseDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import type { AppContext } from './context.ts';
import { decimalEn, decimalFr } from '../core/wording.ts';

const YEAR_DAYS = 365;
/** Meters whose years are looked at: a drift is learnt to a few percent long before. */
const MOST_METERS = 300;
/** Live models change once a night: what was learnt from them is asked for again after this long. */
const KEPT_MS = 600_000;

const yearsSchema = z.array(z.object({ lastDay: z.number(), lnRatio: z.number(), noise: z.number() }));

type DriftWithout = (buildingId: string) => StockDrift;
type Learnt = { readonly untilMs: number; readonly without: DriftWithout };
const kept = new WeakMap<Store, Learnt>();

/** Called when live models have changed in this process. */
export const forgetStockDrift = ({ store }: AppContext): void => {
  kept.delete(store);
};

/** The years kept with the live models in force, those left out between whose two ends works lie. */
const placebosOf = async (store: Store): Promise<PlaceboYear[]> => {
  const works = (await store.works.list()).map(({ buildingId, startDay, endDay }) => ({
    buildingId,
    from: parseDay(startDay) ?? Number.NaN,
    to: parseDay(endDay) ?? Number.NaN,
  }));
  return (await store.models.driftYears(MOST_METERS)).flatMap(({ buildingId, years }) => {
    const own = works.filter((one) => one.buildingId === buildingId);
    return yearsSchema
      .parse(years)
      .filter(({ lastDay }) => !own.some(({ from, to }) => from <= lastDay && to > lastDay - 2 * YEAR_DAYS))
      .map(({ lnRatio, noise }) => ({ building: buildingId, lnRatio, noise }));
  });
};

/**
 * The drift of the stock as the live models now in force show it, for any building: never from that building itself, and never across
 * works. What is learnt stays as it was read, whatever is promoted meanwhile.
 */
export const readStockDrift = async ({ store }: Pick<AppContext, 'store'>): Promise<DriftWithout> => {
  const placebos = await placebosOf(store);
  const bringing = new Set(placebos.map(({ building }) => building));
  const known = new Map<string, StockDrift>();
  return (buildingId) => {
    // Buildings that bring no year share one answer.
    const without = bringing.has(buildingId) ? buildingId : '';
    const drift = known.get(without) ?? learnStockDrift(placebos, { without });
    known.set(without, drift);
    return drift;
  };
};

/** `readStockDrift` for one building, read again after ten minutes and after a night. */
export const stockDriftWithout = async (
  { store, nowMs }: AppContext,
  buildingId: string,
): Promise<StockDrift> => {
  let learnt = kept.get(store);
  if (learnt === undefined || learnt.untilMs < nowMs()) {
    learnt = { untilMs: nowMs() + KEPT_MS, without: await readStockDrift({ store }) };
    kept.set(store, learnt);
  }
  return learnt.without(buildingId);
};

/** Where the width of a building's yearly intervals comes from, in a sentence. */
export const driftTold = ({ factor, years, buildings }: StockDrift): Message =>
  years === 0
    ? message(
        'Dérive d’une année à l’autre : celle livrée avec l’outil (88 années sans travaux de 29 compteurs anglais) ; aucune année sans travaux des autres bâtiments du parc n’est encore connue.',
        'Drift from year to year: the one shipped with the tool (88 years without works of 29 English meters); no year without works of the stock’s other buildings is known yet.',
      )
    : message(
        `Dérive d’une année à l’autre : celle livrée avec l’outil, multipliée par ${decimalFr(factor, 2)} d’après ${years} ${years > 1 ? 'années' : 'année'} sans travaux de ${buildings} ${buildings > 1 ? 'autres bâtiments' : 'autre bâtiment'} du parc.`,
        `Drift from year to year: the one shipped with the tool, times ${decimalEn(factor, 2)} from ${years} ${years > 1 ? 'years' : 'year'} without works of ${buildings} other ${buildings > 1 ? 'buildings' : 'building'} of this stock.`,
      );
