import type { ElementKind } from '#core/building-model.ts';
import { ELEMENT_KINDS, PART_TYPES, THERMAL_COVERINGS } from './element-kinds.ts';
import { enumOf } from './fields.ts';
import type { Relations } from './relations.ts';
import type { StepFile } from './step-file.ts';

/** An element to read: its record and, for a part, the whole it stands for. */
export type Candidate = { readonly id: number; readonly kind: ElementKind };

/** Elements of the thermal envelope in file order by type, then the parts of curtain walls and roofs. */
export const collectCandidates = (
  step: StepFile,
  { wholeOf, partsOf }: Pick<Relations, 'wholeOf' | 'partsOf'>,
): readonly Candidate[] => {
  const candidates: Candidate[] = [];
  const taken = new Set<number>();
  const take = (id: number, kind: ElementKind): void => {
    if (taken.has(id)) return;
    taken.add(id);
    candidates.push({ id, kind });
  };
  for (const [type, kind] of Object.entries(ELEMENT_KINDS)) {
    for (const id of step.idsOfType(type)) {
      const whole = wholeOf.get(id);
      const underRoof = kind === 'floor' && whole !== undefined && step.typeOf(whole) === 'IFCROOF';
      take(id, underRoof ? 'roof' : kind);
    }
  }
  for (const id of step.idsOfType('IFCCOVERING')) {
    if (THERMAL_COVERINGS.has(enumOf(step.record(id)?.[8]) ?? '')) take(id, 'other');
  }
  const parts = candidates
    .filter(({ kind }) => kind === 'curtain-wall' || kind === 'roof')
    .flatMap(({ id }) => partsOf.get(id) ?? []);
  for (const part of parts) {
    if (PART_TYPES.has(step.typeOf(part) ?? '')) take(part, 'other');
  }
  return candidates;
};
