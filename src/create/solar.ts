import { type Quantity, spreadQuantity } from '#core/quantity.ts';
import table from '../../models/windows.json' with { type: 'json' };
import { spreads } from './spreads.ts';
import type { EnvelopeElement } from './types.ts';

/**
 * Heating-season sun on a plane over that on a south wall. Vertical planes follow a + b·cos θ + c·cos²θ through the table's south,
 * east/west and north (θ from south); slopes lie between that and the horizontal in proportion to the tilt.
 */
export const southShare = (azimuthDeg: number, tiltDeg: number): number => {
  const { south, eastWest, north, horizontal } = table.orientation;
  const cosine = Math.cos(((azimuthDeg - 180) * Math.PI) / 180);
  const vertical = eastWest + ((south - north) / 2) * cosine + ((south + north) / 2 - eastWest) * cosine ** 2;
  return tiltDeg <= 90
    ? horizontal * (1 - tiltDeg / 90) + (vertical * tiltDeg) / 90
    : (vertical * Math.max(0, 180 - tiltDeg)) / 90;
};

/** South-equivalent solar aperture, m2: Σ A·F_sh·0.9·g·(1 − F_F) weighted by orientation (ISO 13790:2008, 11.4.2 and 11.3.3). */
export const solarAperture = (elements: readonly EnvelopeElement[]): Quantity => {
  const { angleFactor, shadeFactor } = table.solar;
  const sum = elements
    .filter((element) => element.exposure === 'exterior' && element.solarFactor > 0)
    .reduce(
      (total, element) =>
        total + element.areaNetM2 * element.solarFactor * southShare(element.azimuthDeg, element.tiltDeg),
      0,
    );
  return spreadQuantity(
    sum * angleFactor * shadeFactor * (1 - table.frameShare),
    'm2',
    spreads.solarAperture.spread,
    'library',
    `ISO 13790:2008 11.4.2: Σ A·g·${angleFactor}·(1 − ${table.frameShare} frame)·${shadeFactor} shading, weighted to south; windows table version ${table.version}`,
  );
};
