import { type Warning, warning } from '#core/message.ts';
import { type Quantity, spreadQuantity } from '#core/quantity.ts';
import { type Period, periodDefault } from './period.ts';
import { spreads } from './spreads.ts';

/** Heat carried by 1 m3 of air warmed by 1 K, Wh (ISO 13789:2017; 3CL-DPE 2021). */
export const AIR_HEAT_WH_M3K = 0.34;

/** When the model gives no volume, m. */
const ASSUMED_HEIGHT_M = 2.5;

/**
 * Air change losses, W/K: 0.34·n·V (ISO 13789:2017, 8). `airChangePerH` typed by a person, else the period's default.
 * Without a volume, floor area × 2.5 m, with a warning.
 */
export const airLosses = (
  geometry: { readonly volumeM3: number; readonly floorAreaM2: number },
  period: Period,
  airChangePerH?: number,
): { readonly air: Quantity; readonly warnings: readonly Warning[] } => {
  const measured = geometry.volumeM3 > 0;
  const volumeM3 = measured ? geometry.volumeM3 : geometry.floorAreaM2 * ASSUMED_HEIGHT_M;
  const warnings: Warning[] = measured
    ? []
    : [
        warning(
          'volume-assumed',
          `Volume chauffé inconnu : surface de plancher × ${ASSUMED_HEIGHT_M} m.`,
          `Heated volume unknown: floor area × ${ASSUMED_HEIGHT_M} m.`,
        ),
      ];
  const change =
    airChangePerH === undefined
      ? periodDefault(period, 'airChangePerH', '1/h', spreads.airChange.spread)
      : spreadQuantity(
          airChangePerH,
          '1/h',
          spreads.element.typed.spread,
          'typed',
          `Air change ${airChangePerH} 1/h typed by a person`,
        );
  const scale = AIR_HEAT_WH_M3K * volumeM3;
  return {
    air: {
      ...change,
      value: change.value * scale,
      low: change.low * scale,
      high: change.high * scale,
      unit: 'W/K',
      basis: `ISO 13789:2017 8: 0.34 Wh/(m3 K) × ${change.value.toFixed(2)} 1/h × ${volumeM3.toFixed(0)} m3. ${change.basis}`,
    },
    warnings,
  };
};
