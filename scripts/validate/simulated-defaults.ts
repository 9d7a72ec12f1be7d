import { logNormalOf } from '#core/calibration/index.ts';
import { fillNormals, seededRandom } from '#core/random.ts';
import type { Twin } from '#core/twin.ts';
import {
  type DefaultCase,
  defaultCase,
  defaultFigures,
  learnDefaults,
  learntTwin,
  shippedDefaultPrior as prior,
} from '#correct/index.ts';
import { periodClassOf, twinFromForm } from '#create/index.ts';

const YEARS = [1960, 1976, 1985, 1995, 2008] as const;
const METERED = 40;
/** Scatter of a metered slope, as the logarithm. */
const SLOPE_SD = 0.08;
/** Half of the variance of efficiency and of heated share is common to the stock, as the model of the defaults holds it. */
const HALF = Math.SQRT1_2;
const sharedVariance = prior.sdCommon ** 2 + prior.sdFigure ** 2 + prior.sdPeriod ** 2 + prior.sdCell ** 2;

const formTwin = (use: string, constructionYear: number): Twin => {
  const made = twinFromForm({
    id: `${use}-${constructionYear}`,
    name: use,
    use,
    floorAreaM2: 1200,
    storeys: 2,
    constructionYear,
  });
  if (!made.ok) throw new Error(made.error.message.en);
  return made.value.twin;
};

/** How well what simulated stocks have taught of period defaults holds their truth; errors are squares of logarithms, summed. */
export type DefaultsTally = {
  factors: { held: number; n: number };
  /** Losses of buildings without a meter, by the table alone and with what was learnt. */
  tableLosses: { held: number; n: number };
  learntLosses: { held: number; n: number };
  tableSquare: number;
  learntSquare: number;
  /** With the true factors, which no learning can beat. */
  knownSquare: number;
};

/**
 * Stocks whose period defaults are wrong by factors drawn anew for each from the shipped prior, with 40 metered buildings of five periods: what their
 * slopes teach (`learnDefaults`), against those factors, and against the loss of one more building of each kind that no meter speaks for.
 */
export const simulateDefaults = (stocks: number, seed: number, fewestDwellings: number): DefaultsTally => {
  const random = seededRandom(seed);
  const normal = (): number => fillNormals(random, new Float64Array(1))[0];
  const twins = YEARS.flatMap((year) => ['school', 'office'].map((use) => formTwin(use, year)));
  const tally: DefaultsTally = {
    factors: { held: 0, n: 0 },
    tableLosses: { held: 0, n: 0 },
    learntLosses: { held: 0, n: 0 },
    tableSquare: 0,
    learntSquare: 0,
    knownSquare: 0,
  };
  const count = (
    tallied: { held: number; n: number },
    truth: number,
    { low, high }: { readonly low: number; readonly high: number },
  ): void => {
    tallied.n++;
    if (truth >= low && truth <= high) tallied.held++;
  };
  for (let stock = 0; stock < stocks; stock++) {
    const common = prior.sdCommon * normal();
    const figures = new Map(defaultFigures.map((figure) => [figure, prior.sdFigure * normal()]));
    const known = YEARS.flatMap((year) => {
      const period = prior.sdPeriod * normal();
      return defaultFigures.map((figure) => ({
        figure,
        period: periodClassOf(year),
        mean: common + (figures.get(figure) ?? 0) + period + prior.sdCell * normal(),
        sd: 0,
        cases: 1,
      }));
    });
    const truths = new Map(known.map(({ figure, period, mean }) => [`${figure} ${period}`, mean]));
    const efficiency = new Map<string, number>();
    const share = normal();
    /** The true loss of a building, W/K, and the slope that shows it, kWh/(K·d). */
    const live = (twin: Twin): { readonly loss: number; readonly slopeKwhKDay: number } => {
      const period = periodClassOf(twin.constructionYear ?? 0);
      const loss = twin.losses.reduce((sum, { group, h }) => {
        const { sigma } = logNormalOf(h);
        // Bridges rest on no default of a period: all of their spread is the building's own.
        const isDefault = group !== 'bridges';
        const own = isDefault ? Math.sqrt(sigma ** 2 - sharedVariance) : sigma;
        const shared = isDefault ? (truths.get(`${group} ${period}`) ?? 0) : 0;
        return sum + h.value * Math.exp(shared + own * normal());
      }, 0);
      const { kind } = twin.system;
      if (!efficiency.has(kind)) efficiency.set(kind, normal());
      const mixed = (ofStock: number): number => HALF * (ofStock + normal());
      const eta = logNormalOf(twin.system.efficiency);
      const heated = logNormalOf(twin.heatedShare);
      const lnShare = Math.min(0, Math.log(heated.median) + heated.sigma * mixed(share));
      const slopeKwhKDay =
        ((24 * loss) / 1000 / eta.median) *
        Math.exp(lnShare - eta.sigma * mixed(efficiency.get(kind) ?? 0) + SLOPE_SD * normal());
      return { loss, slopeKwhKDay };
    };
    const cases: DefaultCase[] = Array.from({ length: METERED / twins.length }, () => twins)
      .flat()
      .flatMap((one, index) => {
        const twin = { ...one, buildingId: `b${index}` };
        const { slopeKwhKDay } = live(twin);
        return defaultCase(twin, { slopeKwhKDay, slopeVariance: SLOPE_SD ** 2 }, null) ?? [];
      });
    const { defaults } = learnDefaults(cases, { fewestDwellings });
    for (const { figure, period, factor } of defaults)
      if (period !== null) count(tally.factors, Math.exp(truths.get(`${figure} ${period}`) ?? 0), factor);
    for (const twin of twins) {
      const { loss } = live(twin);
      const moved = learntTwin(twin, defaults);
      const squareOf = ({ heatLoss }: Twin): number => Math.log(loss / heatLoss.value) ** 2;
      tally.tableSquare += squareOf(twin);
      tally.learntSquare += squareOf(moved);
      tally.knownSquare += squareOf(learntTwin(twin, known));
      count(tally.tableLosses, loss, twin.heatLoss);
      count(tally.learntLosses, loss, moved.heatLoss);
    }
  }
  return tally;
};
