/** Hours at home or at work when it was too warm, and by how much. */
type Overheating = {
  /** Occupied hours above the limit. */
  readonly hours: number;
  /** Σ of the excess over those hours, K·h. */
  readonly degreeHoursK: number;
  /** Warmest occupied hour, °C. */
  readonly highestC: number;
};

/** Weight of the day before in the running mean: EN 16798-1:2019, B.2.2. */
const MEMORY = 0.8;

/**
 * Running mean of outdoor temperature for each hour, °C: the exponentially weighted mean of the days before
 * (EN 16798-1:2019, formula B.1), begun with the mean of the last days of the year.
 */
export const runningMeanC = (outdoorC: Float64Array): Float64Array => {
  const days = Math.floor(outdoorC.length / 24);
  const daily = Float64Array.from({ length: days }, (_, day) => {
    let sum = 0;
    for (let hour = day * 24; hour < day * 24 + 24; hour++) sum += outdoorC[hour];
    return sum / 24;
  });
  const result = new Float64Array(outdoorC.length);
  let mean = daily[Math.max(0, days - 1)] ?? Number.NaN;
  for (let day = Math.max(0, days - 14); day < days; day++) mean = MEMORY * mean + (1 - MEMORY) * daily[day];
  for (let hour = 0; hour < result.length; hour++) {
    const day = Math.floor(hour / 24);
    if (hour % 24 === 0 && day > 0) mean = MEMORY * mean + (1 - MEMORY) * daily[day - 1];
    result[hour] = mean;
  }
  return result;
};

/**
 * Upper comfort limit of operative temperature, °C, in buildings without mechanical cooling, category II:
 * 0.33·running mean + 18.8 + 3, the running mean held between 10 and 30 °C (EN 16798-1:2019, B.2.2).
 */
export const adaptiveLimitC = (outdoorC: Float64Array): Float64Array =>
  runningMeanC(outdoorC).map((mean) => 0.33 * Math.min(30, Math.max(10, mean)) + 21.8);

/** Occupied hours warmer than a limit. `occupied` is 1 in the hours that count; every hour when left out. */
export const overheating = (
  operativeC: Float64Array,
  limitC: Float64Array,
  occupied?: Uint8Array,
): Overheating => {
  let [hours, degreeHoursK, highestC] = [0, 0, -Infinity];
  for (let hour = 0; hour < operativeC.length; hour++) {
    if (occupied !== undefined && occupied[hour] === 0) continue;
    const excess = operativeC[hour] - limitC[hour];
    if (operativeC[hour] > highestC) highestC = operativeC[hour];
    if (!(excess > 0)) continue;
    hours++;
    degreeHoursK += excess;
  }
  return { hours, degreeHoursK, highestC };
};
