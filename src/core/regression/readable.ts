import type { Coefficients } from './candidate.ts';
import { type DayFeatures, dayFeatures } from './features.ts';
import { candidateOf } from './ladder.ts';

export type ReadableHabits = {
  /** Consumption of closed days (weekend, holiday) over what the same days would take as working days. */
  readonly closedDayFactor?: number;
  /** The same for 24 December to 1 January. */
  readonly christmasFactor?: number;
  /** Mean delay between a cold day and the energy it costs, days. */
  readonly inertiaDays?: number;
};

const PULSE_DAYS = 45;

/** Response of the model to one day 1 K colder amid steady 5 °C working days: the centre of gravity of the extra energy. */
const inertia = (model: Coefficients): number | undefined => {
  const candidate = candidateOf(model.kind);
  // Weekdays matter here: the pulse falls on a Tuesday far from Christmas, and both runs share the same calendar.
  const firstDay = 17_897;
  const steady = new Float64Array(PULSE_DAYS * 2).fill(5);
  const pulsed = Float64Array.from(steady);
  pulsed[PULSE_DAYS] = 4;
  const blank = new Float64Array(steady.length).fill(Number.NaN);
  const [still, moved] = [steady, pulsed].map((outdoorC) =>
    dayFeatures({ timezone: 'UTC', firstDay, energyKwh: blank, outdoorC }, 'none'),
  );
  let total = 0;
  let moment = 0;
  for (let lag = 0; lag < PULSE_DAYS; lag++) {
    const i = PULSE_DAYS + lag;
    const extra = candidate.predict(model, moved, i) - candidate.predict(model, still, i);
    total += extra;
    moment += lag * extra;
  }
  return total > 0 && moment >= 0 ? moment / total : undefined;
};

const factorWhere = (
  model: Coefficients,
  features: DayFeatures,
  mask: Uint8Array,
  flags: Float64Array,
): number | undefined => {
  const candidate = candidateOf(model.kind);
  const never = new Float64Array(features.days);
  const open: DayFeatures = {
    ...features,
    nonWorking: never,
    saturdaySunday: never,
    firstDayBack: never,
    christmas: never,
    bankHoliday: never,
  };
  let actual = 0;
  let asWorking = 0;
  for (let i = 0; i < features.days; i++) {
    if (mask[i] !== 1 || flags[i] !== 1) continue;
    actual += candidate.predict(model, features, i);
    asWorking += candidate.predict(model, open, i);
  }
  return asWorking > 0 ? actual / asWorking : undefined;
};

/** What the columns of a calendar or inertia model mean in the words of the field; empty for the plain rungs. */
export const readableHabits = (
  model: Coefficients,
  features: DayFeatures,
  mask: Uint8Array,
): ReadableHabits => {
  const inertial = model.kind === 'ridge';
  const closedDayFactor =
    inertial || model.kind.endsWith('-working')
      ? factorWhere(model, features, mask, features.nonWorking)
      : undefined;
  const christmasFactor = inertial ? factorWhere(model, features, mask, features.christmas) : undefined;
  const inertiaDays = inertial ? inertia(model) : undefined;
  return {
    ...(closedDayFactor === undefined ? {} : { closedDayFactor }),
    ...(christmasFactor === undefined ? {} : { christmasFactor }),
    ...(inertiaDays === undefined ? {} : { inertiaDays }),
  };
};
