import { type Warning, warning } from '#core/message.ts';
import { type Quantity, spreadQuantity } from '#core/quantity.ts';
import table from '../../models/thermal-bridges.json' with { type: 'json' };
import { spreads } from './spreads.ts';
import type { EnvelopeElement, JunctionClass, ThermalGeometry } from './types.ts';

export type InsulationPosition = 'none' | 'inner' | 'outer' | 'distributed';

const weightedMean = (
  elements: readonly EnvelopeElement[],
  figure: (element: EnvelopeElement) => number,
): number | undefined => {
  const area = elements.reduce((sum, element) => sum + element.areaNetM2, 0);
  if (area <= 0) return undefined;
  return elements.reduce((sum, element) => sum + figure(element) * element.areaNetM2, 0) / area;
};

const outside = (elements: readonly EnvelopeElement[], kind: EnvelopeElement['kind']): EnvelopeElement[] =>
  elements.filter((element) => element.kind === kind && element.exposure === 'exterior');

/** Some distributed insulation names itself in the basis of the walls' U. */
const distributedPattern = /library (aerated-concrete|insulating-brick)/;

/** Where the walls' insulation sits: by the user's word, else bare, distributed, or inner as French practice has it. */
const assumedPosition = (walls: readonly EnvelopeElement[]): InsulationPosition => {
  const mean = weightedMean(walls, (wall) => wall.u.value);
  if (mean === undefined || mean >= table.insulatedBelowUWm2K) return 'none';
  const distributed = walls.filter((wall) => distributedPattern.test(wall.u.basis));
  return distributed.length * 2 > walls.length ? 'distributed' : 'inner';
};

/**
 * Linear thermal bridges, W/K: Σ ψ·l by junction class and insulation position (3CL-DPE 2021 table), less
 * what the outer dimensions of our areas already count (ISO 14683:2017, 6.2). Without
 * junction lengths, a lump per m2 of envelope stands in and a warning says so.
 */
export const thermalBridges = (
  geometry: Pick<ThermalGeometry, 'junctions'>,
  elements: readonly EnvelopeElement[],
  position?: InsulationPosition,
): { readonly bridges: Quantity; readonly warnings: readonly Warning[] } => {
  const lossy = elements.filter((element) => element.b > 0);
  const lengths = geometry.junctions.filter((junction) => junction.lengthM > 0);
  const unit = 'W/K';
  if (lengths.length === 0) {
    const area = lossy.reduce((sum, element) => sum + element.areaNetM2, 0);
    return {
      bridges: spreadQuantity(
        table.lumpWm2K.value * area,
        unit,
        spreads.thermalBridges.spread,
        'period-default',
        `${table.lumpWm2K.value} W/(m2 K) on ${area.toFixed(0)} m2 of envelope: ${table.lumpWm2K.source}`,
      ),
      warnings: [
        warning(
          'bridges-lumped',
          `Aucune longueur de liaison connue : ponts thermiques pris à ${table.lumpWm2K.value} W/(m²·K) d’enveloppe.`,
          `No junction length known: thermal bridges taken as ${table.lumpWm2K.value} W/(m2 K) of envelope.`,
        ),
      ],
    };
  }
  const used = position ?? assumedPosition(outside(lossy, 'wall'));
  const tilt = weightedMean(outside(lossy, 'roof'), (roof) => roof.tiltDeg) ?? 0;
  const lightRoof = tilt > table.lightRoofTiltDeg.value;
  const { floorThicknessM, wallThicknessM, partitionThicknessM } = table.outerDimensions;
  const lossOf = (kind: EnvelopeElement['kind']): number =>
    weightedMean(
      lossy.filter((element) => element.kind === kind),
      (element) => element.b * element.u.value,
    ) ?? 0;
  const wall = lossOf('wall');
  const counted: Readonly<Record<JunctionClass, number>> = {
    'wall-roof': wall * floorThicknessM + lossOf('roof') * wallThicknessM,
    'wall-ground': wall * floorThicknessM + lossOf('floor') * wallThicknessM,
    'wall-intermediate-floor': wall * floorThicknessM,
    'wall-partition': wall * partitionThicknessM,
    opening: 0,
  };
  const psiOf = (junction: JunctionClass): number => {
    const psi = Math.max(0, table.psiWmK[junction][used] - counted[junction]);
    if (junction === 'wall-partition') return psi * table.heavyPartitionShare.value;
    return junction === 'wall-roof' && lightRoof ? 0 : psi;
  };
  const value = lengths.reduce((sum, junction) => sum + psiOf(junction.class) * junction.lengthM, 0);
  const said = lengths.map(
    (one) => `${one.class} ${one.lengthM.toFixed(1)} m × ${psiOf(one.class).toFixed(2)}`,
  );
  const typed = position !== undefined;
  return {
    bridges: spreadQuantity(
      value,
      unit,
      typed ? spreads.typedThermalBridges.spread : spreads.thermalBridges.spread,
      typed ? 'typed' : 'period-default',
      `Σ ψ·l, insulation ${used}${typed ? '' : ' (assumed)'}: ${said.join(', ')}; 3CL-DPE 2021 ψ turned to outer dimensions (ISO 14683:2017 6.2), table version ${table.version}; half of the partitions taken as heavy${lightRoof ? ', light roof neglected' : ''}`,
    ),
    warnings: [],
  };
};
