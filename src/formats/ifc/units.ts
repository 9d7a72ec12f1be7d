import { type Warning, warning } from '#core/message.ts';
import { enumOf, numberOf, refOf, refsOf, textOf } from './fields.ts';
import type { StepFile } from './step-file.ts';

/** Factors from the file's units to SI. */
export type Units = {
  readonly lengthM: number;
  readonly areaM2: number;
  readonly volumeM3: number;
  readonly angleRad: number;
  /** W/(m2 K) */
  readonly transmittance: number;
  /** W/(m K) */
  readonly conductivity: number;
  /** kg/m3 */
  readonly density: number;
  /** J/(kg K) */
  readonly specificHeat: number;
  /** The length unit's name as the file has it, in lower case. */
  readonly lengthName: string;
};

const PREFIX: Readonly<Record<string, number>> = {
  EXA: 1e18,
  PETA: 1e15,
  TERA: 1e12,
  GIGA: 1e9,
  MEGA: 1e6,
  KILO: 1e3,
  HECTO: 1e2,
  DECA: 10,
  DECI: 0.1,
  CENTI: 0.01,
  MILLI: 1e-3,
  MICRO: 1e-6,
  NANO: 1e-9,
  PICO: 1e-12,
  FEMTO: 1e-15,
  ATTO: 1e-18,
};

const DIMENSION: Readonly<Record<string, number>> = { SQUARE_METRE: 2, CUBIC_METRE: 3 };

/** Lengths named in IfcConversionBasedUnit (m), for files whose factor is missing: ISO 31-1 annex. */
const NAMED_LENGTH_M: Readonly<Record<string, number>> = {
  INCH: 0.0254,
  FOOT: 0.3048,
  YARD: 0.9144,
  MILE: 1609.344,
};

const MAX_NESTING = 8;

/** Factor of a unit record to the coherent SI unit; undefined when it cannot be told. */
const scaleOf = (step: StepFile, id: number, depth = 0): number | undefined => {
  const record = step.record(id);
  if (record === undefined || depth > MAX_NESTING) return undefined;
  switch (step.typeOf(id)) {
    case 'IFCSIUNIT': {
      const name = enumOf(record[3]) ?? '';
      const prefixName = enumOf(record[2]);
      const prefix = prefixName === undefined ? 1 : PREFIX[prefixName];
      if (prefix === undefined) return undefined;
      if (name === 'GRAM') return prefix * 1e-3;
      return prefix ** (DIMENSION[name] ?? 1);
    }
    case 'IFCCONVERSIONBASEDUNIT':
    case 'IFCCONVERSIONBASEDUNITWITHOFFSET': {
      const measure = step.record(refOf(record[3]) ?? -1);
      const value = numberOf(measure?.[0]);
      const base = refOf(measure?.[1]);
      const baseScale = base === undefined ? 1 : scaleOf(step, base, depth + 1);
      if (value !== undefined && value > 0 && baseScale !== undefined) return value * baseScale;
      return NAMED_LENGTH_M[(textOf(record[2]) ?? '').toUpperCase()];
    }
    case 'IFCDERIVEDUNIT': {
      let scale = 1;
      for (const element of refsOf(record[0])) {
        const part = step.record(element);
        const unit = refOf(part?.[0]);
        const exponent = numberOf(part?.[1]);
        const unitScale = unit === undefined ? undefined : scaleOf(step, unit, depth + 1);
        if (unitScale === undefined || exponent === undefined) return undefined;
        scale *= unitScale ** exponent;
      }
      return scale;
    }
    default:
      return undefined;
  }
};

const unitName = (step: StepFile, id: number): string => {
  const record = step.record(id) ?? [];
  if (step.typeOf(id) === 'IFCSIUNIT') {
    return `${enumOf(record[2]) ?? ''}${enumOf(record[3]) ?? ''}`.toLowerCase();
  }
  return (textOf(record[2]) ?? '').toLowerCase();
};

/** Unit records of the project by kind (`LENGTHUNIT`…); the assignment's own when the project names none. */
const assignedUnits = (step: StepFile): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  const project = step.record(step.idsOfType('IFCPROJECT')[0] ?? -1);
  const assignment = refOf(project?.[8]) ?? step.idsOfType('IFCUNITASSIGNMENT')[0];
  for (const id of refsOf(step.record(assignment ?? -1)?.[0])) {
    const kind = enumOf(step.record(id)?.[1]);
    if (kind !== undefined && !units.has(kind)) units.set(kind, id);
  }
  return units;
};

/** Scale of one unit record named beside a value, such as the unit of a single quantity. */
export const unitScale = (step: StepFile, id: number | undefined): number | undefined =>
  id === undefined ? undefined : scaleOf(step, id);

/** Reads the project's units. What the file does not say is assumed and told. */
export const readUnits = (
  step: StepFile,
): { readonly units: Units; readonly warnings: readonly Warning[] } => {
  const warnings: Warning[] = [];
  const assigned = assignedUnits(step);
  const scale = (kind: string): number | undefined => unitScale(step, assigned.get(kind));
  const length = assigned.get('LENGTHUNIT');
  const stated = scale('LENGTHUNIT');
  if (stated === undefined) {
    warnings.push(
      warning(
        'length-unit-assumed',
        'Le fichier ne dit pas son unité de longueur : le mètre est supposé. Vérifiez une dimension connue.',
        'The file does not say its length unit: metres are assumed. Check a dimension you know.',
      ),
    );
  }
  const lengthM = stated ?? 1;
  return {
    units: {
      lengthM,
      areaM2: scale('AREAUNIT') ?? lengthM ** 2,
      volumeM3: scale('VOLUMEUNIT') ?? lengthM ** 3,
      angleRad: scale('PLANEANGLEUNIT') ?? 1,
      transmittance: scale('THERMALTRANSMITTANCEUNIT') ?? 1,
      conductivity: scale('THERMALCONDUCTANCEUNIT') ?? 1,
      density: scale('MASSDENSITYUNIT') ?? 1,
      specificHeat: scale('SPECIFICHEATCAPACITYUNIT') ?? 1,
      lengthName: length === undefined || stated === undefined ? 'metre (assumed)' : unitName(step, length),
    },
    warnings,
  };
};
