/**
 * Logarithm and exponential of whole arrays, for loops over draws: table and polynomial (P. T. P. Tang, ACM TOMS 15,
 * 1989, and 16, 1990). The functions of `Math` are calls that a loop cannot take in, and cost twice as much.
 */

const STEP_BITS = 8;
const EXP_STEPS = 1 << STEP_BITS;
const exp2Steps = Float64Array.from({ length: EXP_STEPS }, (_, step) => 2 ** (step / EXP_STEPS));
/** 2^k for every power that a clamped exponent or a normal number can ask for. */
const LEAST_POWER = -1074;
const powersOfTwo = Float64Array.from({ length: 2098 }, (_, at) => 2 ** (at + LEAST_POWER));
const STEPS_PER_E = EXP_STEPS / Math.LN2;
/** ln 2 over the steps in two parts; the first has so few digits that its product with a step count is exact. */
const STEP_HIGH = Math.fround(Math.LN2 / EXP_STEPS);
/** What ln 2 is more than the nearest number to it. */
const LN2_REST = 2.3190468138462996e-17;
const STEP_LOW = Math.LN2 / EXP_STEPS - STEP_HIGH + LN2_REST / EXP_STEPS;
const MOST_EXPONENT = 700;
/** Makes a step count positive, so that cutting its fraction rounds down. */
const ABOVE = 1 << 20;

/**
 * The first `count` values become e^(value·factor), within 1e-15 of it; exponents beyond ±700 count as ±700. No value or
 * factor may be NaN.
 */
export const expOfProducts = (values: Float64Array, factors: Float64Array, count: number): void => {
  const [steps2, powers] = [exp2Steps, powersOfTwo];
  for (let i = 0; i < count; i += 1) {
    const x = Math.min(MOST_EXPONENT, Math.max(-MOST_EXPONENT, values[i] * factors[i]));
    const whole = ((x * STEPS_PER_E + (ABOVE + 0.5)) | 0) - ABOVE;
    const r = x - whole * STEP_HIGH - whole * STEP_LOW;
    const r2 = r * r;
    const rise = r + r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24));
    const base = steps2[whole & (EXP_STEPS - 1)] * powers[(whole >> STEP_BITS) - LEAST_POWER];
    values[i] = base + base * rise;
  }
};

/** The mantissa is cut into cells from 0.6875 on, so that 1 lies on an edge and both its sides use the point 1. */
const LOG_CELLS = 512;
const CELL_BITS = 11;
const FIRST_CELL = 0x3fe60000;
const BELOW_ONE = 319;
/** Which half of a number holds its exponent on this machine. */
const TOP = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

const cellPoint = (cell: number): number => {
  if (cell === BELOW_ONE || cell === BELOW_ONE + 1) return 1;
  const point = new Float64Array(1);
  new Int32Array(point.buffer)[TOP] = FIRST_CELL + (cell << CELL_BITS) + (1 << (CELL_BITS - 1));
  return point[0];
};
const cellInverse = Float64Array.from({ length: LOG_CELLS }, (_, cell) => 1 / cellPoint(cell));
const cellLog = cellInverse.map((inverse) => -Math.log(inverse));

/**
 * The first `count` values, positive and normal (from 2.3e-308, finite), become their natural logarithms, within 1e-15; zero
 * becomes a number below −700.
 */
export const logOfAll = (values: Float64Array, count: number): void => {
  const bits = new Int32Array(values.buffer, values.byteOffset, 2 * count);
  const [inverses, logs, powers] = [cellInverse, cellLog, powersOfTwo];
  for (let i = 0; i < count; i += 1) {
    const from = bits[2 * i + TOP] - FIRST_CELL;
    const power = from >> 20;
    const cell = (from >> CELL_BITS) & (LOG_CELLS - 1);
    const r = values[i] * powers[-power - LEAST_POWER] * inverses[cell] - 1;
    const r2 = r * r;
    values[i] = power * Math.LN2 + (logs[cell] + (r - r2 * (0.5 - r * (1 / 3) + r2 * (0.25 - r * 0.2))));
  }
};
