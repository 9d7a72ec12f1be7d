import { measurementTold, type Posterior, worthMeasuring } from '#core/calibration/index.ts';
import { yearlyOf } from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import { type Message, message, type Warning } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { formatDay } from '../core/calendar.ts';
import { ok, type Result } from '../core/result.ts';
import type { Twin } from '../core/twin.ts';
import { type BuildingState, buildingState, measuresNamed, type Phase } from './building-state.ts';
import type { AppContext } from './context.ts';
import { dpeLabelOf } from './dpe-label.ts';
import { placeOf } from './place.ts';
import { dwellingsOf } from './law-facts.ts';
import { extentsOf } from './derived-meters.ts';
import { localDay } from './local-day.ts';
import { drawsQuantity } from './quantities.ts';
import { longWeather } from './long-weather.ts';
import { driftTold } from './stock-drift.ts';
import { whyUnmeasured } from './unmeasured.ts';
import type { BuildingView } from './views.ts';
import { summaryOf } from './view-stock.ts';

const DAY_MS = 86_400_000;

const posteriorBasis = ({ posterior, fit }: Phase): string => {
  const bills = posterior.usesMeter ? fit?.model.bills : undefined;
  const onBills = bills === undefined ? '' : ` on ${bills.count} bills that cover ${bills.days} days`;
  return `${posterior.draws} draws of the twin ${posterior.usesMeter ? 'weighted by the meter’s heating line' : 'of the prior: no usable meter'}${onBills} (${posterior.method}, ${Math.round(posterior.effectiveDraws)} effective)`;
};

const calibrated: readonly {
  readonly id: string;
  readonly name: Message;
  readonly prior: (twin: Twin) => Quantity;
  readonly draws: (posterior: Posterior) => Float64Array;
}[] = [
  {
    id: 'setPointC',
    name: { fr: 'Température de consigne', en: 'Set point' },
    prior: (twin) => twin.setPointC,
    draws: ({ setPointC }) => setPointC,
  },
  {
    id: 'efficiency',
    name: { fr: 'Rendement du chauffage', en: 'Heating efficiency' },
    prior: (twin) => twin.system.efficiency,
    draws: ({ efficiency }) => efficiency,
  },
  {
    id: 'heatedShare',
    name: { fr: 'Part chauffée', en: 'Heated share' },
    prior: (twin) => twin.heatedShare,
    draws: ({ heatedShare }) => heatedShare,
  },
];

const calibrationOf = ({ now }: BuildingState): BuildingView['calibration'] => {
  const { posterior, twin } = now;
  const basis = posteriorBasis(now);
  return {
    draws: posterior.draws,
    effectiveDraws: posterior.effectiveDraws,
    method: posterior.method,
    usesMeter: posterior.usesMeter,
    bills: (posterior.usesMeter ? now.fit?.model.bills?.count : undefined) ?? null,
    figures: calibrated.map(({ id, name, prior, draws }) => ({
      id,
      name,
      prior: prior(twin),
      posterior: drawsQuantity(draws(posterior), prior(twin).unit, basis),
    })),
    identifiability: [...posterior.identifiability],
  };
};

const measurementsOf = ({ now }: BuildingState): BuildingView['measurements'] =>
  worthMeasuring(now.posterior).map(({ id, name, widthNow, widthAfter, gain }) => ({
    id,
    name,
    widthNowKwh: widthNow,
    widthAfterKwh: widthAfter,
    sentence: measurementTold(name, gain, widthNow),
  }));

/** The models of the building's meters that changed readings or decisions have made old. */
const staleOf = async ({ store }: AppContext, meters: readonly Meter[]): Promise<Warning[]> => {
  const ids = meters.map(({ id }) => id);
  return (await store.models.stale(ids)).flatMap(({ meterId, role, stale }) =>
    stale === undefined
      ? []
      : [
          {
            code: 'stale',
            ref: meterId,
            message: message(
              `${role === 'live' ? 'Modèle vif' : 'Référence gelée'} de « ${meterId} » à revoir : ${stale.fr}`,
              `${role === 'live' ? 'Live model' : 'Frozen baseline'} of “${meterId}” to be looked at again: ${stale.en}`,
            ),
          },
        ],
  );
};

/** A year in mean weather, as the model in force has it. */
const normalisedOf = async (
  { store }: AppContext,
  { building, series, now: { fit } }: BuildingState,
): Promise<Quantity | null> =>
  series === undefined || fit === undefined || fit.disqualified.length > 0
    ? null
    : (yearlyOf(fit.model, await longWeather(store, building.id, series)) ?? null);

/** What is missing for each finished works without a result. */
const unmeasuredOf = async (
  { store, nowMs }: AppContext,
  state: BuildingState,
): Promise<ReadonlyMap<string, Message>> => {
  const today = formatDay(Math.floor(nowMs() / DAY_MS));
  const missing = new Map<string, Message>();
  for (const works of state.works) {
    if (works.endDay > today || (await store.savings.latest(works.id)) !== undefined) continue;
    const reason = whyUnmeasured(state, works);
    if (reason !== undefined) missing.set(works.id, reason);
  }
  return missing;
};

/** One building: what was digitised, what the meter taught, what was done to it. Fails as `buildingState`. */
export const viewBuilding = async (context: AppContext, id: string): Promise<Result<BuildingView>> => {
  const state = await buildingState(context, id);
  if (!state.ok) return state;
  const { now, works, done, warnings } = state.value;
  const all = await context.store.meters.list(id);
  const meters = all.filter(({ personal }) => !personal);
  const stale = await staleOf(context, meters);
  const extents = await extentsOf(context.store, meters);
  const stored = await context.store.twins.current(id);
  const basis = posteriorBasis(now);
  const unmeasured = await unmeasuredOf(context, state.value);
  return ok({
    ...(await summaryOf(context, state.value)),
    normalisedKwh: await normalisedOf(context, state.value),
    envelopeSource: stored?.source.fileName ?? '',
    worksHeld: done.map(({ id: measure, name }) => ({ id: measure, name })),
    elements: now.twin.elements.map((element) => ({
      ...element,
      lossWK: element.b * element.u.value * element.areaNetM2,
    })),
    losses: now.twin.losses.map(({ group, h }) => ({
      group,
      prior: h,
      posterior: now.posterior.usesMeter ? drawsQuantity(now.posterior.h[group], 'W/K', basis) : null,
    })),
    calibration: calibrationOf(state.value),
    ...dpeLabelOf(now, [], context.nowMs(), placeOf(state.value.building), dwellingsOf(state.value.building)),
    drift: driftTold(state.value.stockDrift),
    measurements: measurementsOf(state.value),
    meters: meters.map((meter) => {
      const extent = extents.get(meter.id);
      return {
        id: meter.id,
        carrier: meter.carrier,
        unit: meter.unit,
        timezone: meter.timezone,
        firstDay: extent === undefined ? null : localDay(extent.fromMs, meter.timezone),
        lastDay: extent === undefined ? null : localDay(extent.toMs - 1, meter.timezone),
        readings: extent?.count ?? 0,
      };
    }),
    works: works.map((one) => ({
      id: one.id,
      measures: measuresNamed(one.measures).map((measure) => ({ id: measure.id, name: measure.name })),
      start: one.startDay,
      end: one.endDay,
      costEur: one.costEur ?? null,
      unmeasured: unmeasured.get(one.id) ?? null,
    })),
    warnings: [...stale, ...warnings, ...(now.fit?.warnings ?? []), ...now.posterior.warnings].map(
      ({ code, message, ref }) => ({
        code,
        message,
        ...(ref === undefined ? {} : { ref }),
      }),
    ),
  });
};
