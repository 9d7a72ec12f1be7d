import { periodClassOf } from '#create/index.ts';
import { logNormalOf } from '../core/calibration/index.ts';
import { normalCdf } from '../core/random.ts';
import type { LossGroup, Twin } from '../core/twin.ts';

/** The loss groups whose figure may come from the table of building periods (models/period-defaults.json). */
export const defaultFigures = ['walls', 'roof', 'floor', 'windows', 'doors', 'air'] as const;
export type DefaultFigure = (typeof defaultFigures)[number];

/** The part of a group's loss that rests on the default of a building period. */
export type DefaultPart = {
  readonly figure: DefaultFigure;
  /** Of the group's loss, 0 to 1. */
  readonly ofGroup: number;
  /** Of the building's whole loss, 0 to 1. */
  readonly ofBuilding: number;
  /** Standard deviation of the logarithm of the default, and of the group's loss. */
  readonly sd: number;
  readonly groupSd: number;
};

const byTable = ({ provenance }: { readonly provenance: string }): boolean => provenance === 'period-default';

const isFigure = (group: LossGroup): group is DefaultFigure =>
  defaultFigures.some((figure) => figure === group);

/** The parts of a twin's loss that rest on period defaults; none where its year of construction is not known. */
export const defaultParts = ({ losses, elements, constructionYear }: Twin): DefaultPart[] => {
  const total = losses.reduce((sum, { h }) => sum + h.value, 0);
  if (constructionYear === undefined || !(total > 0)) return [];
  return losses.flatMap(({ group, h }): DefaultPart[] => {
    if (!isFigure(group)) return [];
    const groupSd = logNormalOf(h).sigma;
    if (group === 'air')
      return byTable(h)
        ? [{ figure: group, ofGroup: 1, ofBuilding: h.value / total, sd: groupSd, groupSd }]
        : [];
    const own = elements.filter((element) => element.group === group);
    const lossOf = (some: typeof own): number =>
      some.reduce((sum, { areaNetM2, u, b }) => sum + areaNetM2 * u.value * b, 0);
    const defaults = own.filter(({ u }) => byTable(u));
    const ofGroup = lossOf(own) > 0 ? lossOf(defaults) / lossOf(own) : 0;
    if (!(ofGroup > 0)) return [];
    const sd = Math.max(...defaults.map(({ u }) => logNormalOf(u).sigma));
    return [{ figure: group, ofGroup, ofBuilding: (ofGroup * h.value) / total, sd, groupSd }];
  });
};

/** What the meter of one building says about the defaults its twin rests on. */
export type DefaultCase = {
  readonly buildingId: string;
  /** Class of the table of periods that the building falls in. */
  readonly family: string;
  /** Dwellings behind its meter: 1 where nobody counted those of a residence, null where nobody lives. */
  readonly dwellings: number | null;
  /** Share of the building's loss that rests on each default. */
  readonly shares: readonly { readonly measure: DefaultFigure; readonly share: number }[];
  readonly parts: readonly DefaultPart[];
  /** ln of the loss the meter shows over the one the twin expected. */
  readonly lnRatio: number;
  /** Variance of it from what no default is part of: the fit, the drift of a year, other losses. */
  readonly otherVariance: number;
  readonly system: string;
  /** Standard deviations of the logarithms of efficiency and heated share, as the twin has them. */
  readonly efficiencySd: number;
  readonly heatedShareSd: number;
};

/** Mean and spread of ln(share) of a log-normal cut at 1, above its median's logarithm. */
const cutAtOne = (median: number, sigma: number): { readonly mean: number; readonly sd: number } => {
  const ln = Math.log(Math.min(1, median));
  if (!(sigma > 0)) return { mean: ln, sd: 0 };
  const a = -Math.log(median) / sigma;
  const ratio = Math.exp(-(a ** 2) / 2) / Math.sqrt(2 * Math.PI) / normalCdf(a);
  return {
    mean: Math.log(median) - sigma * ratio,
    sd: sigma * Math.sqrt(Math.max(0, 1 - a * ratio - ratio ** 2)),
  };
};

/**
 * Holds the heating slope of a meter, kWh/(K·d), against the one its twin expected, 24·H·share/(1000·η) (DESIGN section 4).
 * `slopeVariance` is that of ln(slope), a year's drift included. Undefined where no part of the loss rests on a period default.
 */
export const defaultCase = (
  twin: Twin,
  meter: { readonly slopeKwhKDay: number; readonly slopeVariance: number },
  dwellings: number | null,
): DefaultCase | undefined => {
  const parts = defaultParts(twin);
  const { constructionYear, losses } = twin;
  if (parts.length === 0 || constructionYear === undefined || !(meter.slopeKwhKDay > 0)) return undefined;
  const total = losses.reduce((sum, { h }) => sum + h.value, 0);
  const efficiency = logNormalOf(twin.system.efficiency);
  const asked = logNormalOf(twin.heatedShare);
  const share = cutAtOne(asked.median, asked.sigma);
  // A sum of log-normals lies above the sum of their medians, to second order in their spreads.
  const above = losses.reduce((sum, { h }) => {
    const weight = h.value / total;
    return sum + 0.5 * weight * (1 - weight) * logNormalOf(h).sigma ** 2;
  }, 0);
  const expected = Math.log((24 * total) / (1000 * efficiency.median)) + share.mean + above;
  const others = losses.reduce((sum, { group, h }) => {
    const part = parts.find(({ figure }) => figure === group);
    const weight = h.value / total;
    const known = part === undefined ? 0 : (part.ofGroup * part.sd) ** 2;
    return sum + weight ** 2 * Math.max(0, logNormalOf(h).sigma ** 2 - known);
  }, 0);
  return {
    buildingId: twin.buildingId,
    family: periodClassOf(constructionYear),
    dwellings,
    shares: parts.map(({ figure, ofBuilding }) => ({ measure: figure, share: ofBuilding })),
    parts,
    lnRatio: Math.log(meter.slopeKwhKDay) - expected,
    otherVariance: meter.slopeVariance + others,
    system: twin.system.kind,
    efficiencySd: efficiency.sigma,
    heatedShareSd: share.sd,
  };
};
