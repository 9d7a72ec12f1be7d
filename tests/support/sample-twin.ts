import { spreadQuantity } from '#core/quantity.ts';
import type { Twin } from '#core/twin.ts';

const figure = (value: number, unit: string) =>
  spreadQuantity(value, unit, 0.2, 'typed', 'chosen for the test');

/** A one-wall twin, complete enough to be stored and read back. */
export const sampleTwin = (buildingId: string): Twin => ({
  schema: 'stacoptim.twin/1',
  buildingId,
  name: `Twin of ${buildingId}`,
  use: 'housing',
  constructionYear: 1972,
  floorAreaM2: figure(1200, 'm2'),
  volumeM3: figure(3000, 'm3'),
  elements: [
    {
      id: 'wall-1',
      name: 'South wall',
      group: 'walls',
      exposure: 'exterior',
      exposureConfidence: 0.9,
      areaNetM2: 250,
      azimuthDeg: 180,
      tiltDeg: 90,
      u: figure(1.2, 'W/(m2 K)'),
      b: 1,
      solarFactor: 0,
    },
  ],
  losses: [{ group: 'walls', h: figure(300, 'W/K') }],
  heatLoss: figure(300, 'W/K'),
  setPointC: figure(19, '°C'),
  internalGainsW: figure(4000, 'W'),
  solarApertureM2: figure(20, 'm2'),
  heatedShare: figure(0.95, '1'),
  system: { kind: 'boiler-old', carrier: 'gas', efficiency: figure(0.8, '1') },
  baseLoadKwhDay: figure(50, 'kWh/d'),
  capacityJK: figure(3e8, 'J/K'),
});
