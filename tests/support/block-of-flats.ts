import { spreadQuantity } from '#core/quantity.ts';
import type { LossGroup, Twin, TwinElement } from '#core/twin.ts';

/**
 * Forty flats of 1968, no insulation, gas: 2,800 m2 on five storeys, 1,400 m2 of façade, 360 m2 of windows. Losses are the sums
 * of the elements, worked by hand: walls 1400·1.8 = 2520, roof 560·1.2 = 672, floor 560·0.9·0.8 = 403.2, windows 360·3 = 1080.
 */
export const blockOfFlats = (): Twin => {
  const element = (
    id: string,
    group: TwinElement['group'],
    areaNetM2: number,
    uWm2K: number,
    more: Partial<TwinElement> = {},
  ): TwinElement => ({
    id,
    name: id,
    group,
    exposure: 'exterior',
    exposureConfidence: 1,
    areaNetM2,
    azimuthDeg: 180,
    tiltDeg: 90,
    u: spreadQuantity(uWm2K, 'W/(m2 K)', 0.35, 'period-default', 'test'),
    b: 1,
    solarFactor: 0,
    ...more,
  });
  const loss = (group: LossGroup, value: number, spread: number) => ({
    group,
    h: spreadQuantity(value, 'W/K', spread, 'period-default', 'test'),
  });
  return {
    schema: 'stacoptim.twin/1',
    buildingId: 'flats',
    name: 'Forty flats of 1968',
    use: 'housing',
    constructionYear: 1968,
    floorAreaM2: spreadQuantity(2800, 'm2', 0.03, 'computed', 'test'),
    volumeM3: spreadQuantity(7000, 'm3', 0.03, 'computed', 'test'),
    elements: [
      element('wall-s', 'walls', 700, 1.8),
      element('wall-n', 'walls', 700, 1.8, { azimuthDeg: 0 }),
      element('roof', 'roof', 560, 1.2, { tiltDeg: 0 }),
      element('floor', 'floor', 560, 0.9, { exposure: 'unheated', b: 0.8, tiltDeg: 180 }),
      element('window-s', 'windows', 180, 3, { solarFactor: 0.7 }),
      element('window-n', 'windows', 180, 3, { solarFactor: 0.7, azimuthDeg: 0 }),
    ],
    losses: [
      loss('walls', 2520, 0.35),
      loss('roof', 672, 0.35),
      loss('floor', 403.2, 0.35),
      loss('windows', 1080, 0.35),
      loss('bridges', 400, 0.5),
      loss('air', 1600, 0.4),
    ],
    heatLoss: spreadQuantity(6675.2, 'W/K', 0.2, 'computed', 'test'),
    setPointC: { ...spreadQuantity(20, '°C', 0.05, 'typed', 'test'), low: 18.5, high: 21.5 },
    internalGainsW: spreadQuantity(11_760, 'W', 0.4, 'library', '4.2 W/m2'),
    solarApertureM2: spreadQuantity(70, 'm2', 0.4, 'library', 'test'),
    heatedShare: { ...spreadQuantity(0.9, '1', 0.1, 'library', 'test'), low: 0.75, high: 1 },
    system: {
      kind: 'boiler-old',
      carrier: 'gas',
      efficiency: { ...spreadQuantity(0.73, '1', 0.1, 'library', 'test'), low: 0.6, high: 0.86 },
    },
    baseLoadKwhDay: spreadQuantity(280, 'kWh/d', 0.5, 'library', 'test'),
    capacityJK: spreadQuantity(2800 * 260_000, 'J/K', 0.5, 'library', 'test'),
  };
};
