import { type Warning, warning } from '#core/message.ts';
import { countEn, countFr } from '#core/wording.ts';
import { textOf } from './fields.ts';
import type { StepFile } from './step-file.ts';

/** GlobalIds by record; a GlobalId that is missing or met on a second record gets the record's number. */
export const uniqueNames = (
  step: StepFile,
): { readonly nameOf: (id: number) => string; readonly warnings: () => readonly Warning[] } => {
  const names = new Map<number, string>();
  const owners = new Map<string, number>();
  const repeated: string[] = [];
  const nameOf = (id: number): string => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const globalId = (textOf(step.record(id)?.[0]) ?? '').trim();
    const owner = owners.get(globalId);
    if (owner !== undefined) repeated.push(globalId);
    const name = globalId === '' ? `#${id}` : owner === undefined ? globalId : `${globalId}#${id}`;
    owners.set(globalId, id);
    names.set(id, name);
    return name;
  };
  const warnings = (): readonly Warning[] =>
    repeated.length === 0
      ? []
      : [
          warning(
            'repeated-global-ids',
            `${countFr(repeated.length, 'objet porte', 'objets portent')} un GlobalId déjà pris (d’abord ${repeated[0]}) ; ${repeated.length < 2 ? 'son numéro d’enregistrement le' : 'leur numéro d’enregistrement les'} distingue.`,
            `${countEn(repeated.length, 'object carries', 'objects carry')} a GlobalId already in use (first ${repeated[0]}); the record number tells them apart.`,
            { ref: repeated[0] },
          ),
        ];
  return { nameOf, warnings };
};
