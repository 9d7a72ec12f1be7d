import type { EntityManager } from 'typeorm';
import type { Message } from '#core/message.ts';
import { countEn, countFr } from '#core/wording.ts';
import { rowsOf } from './scope.ts';
import type { Window } from './types.ts';

/** How many of the ascending instants lie in [fromMs, toMs). */
const countWithin = (instants: readonly number[], fromMs: number, toMs: number): number => {
  const before = (limit: number): number => {
    let low = 0;
    let high = instants.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((instants[middle] ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return before(toMs) - before(fromMs);
};

const reasonFor = (changed: number, corrected: boolean): Message =>
  corrected
    ? {
        fr: `${countFr(changed, 'relevé de la période utilisée a été ajouté ou corrigé', 'relevés de la période utilisée ont été ajoutés ou corrigés')} depuis le calcul.`,
        en: `${countEn(changed, 'reading of the period used was', 'readings of the period used were')} added or corrected since the computation.`,
      }
    : {
        fr: `${countFr(changed, 'relevé de la période utilisée est arrivé', 'relevés de la période utilisée sont arrivés')} depuis le calcul.`,
        en: `${countEn(changed, 'reading of the period used has', 'readings of the period used have')} arrived since the computation.`,
      };

/**
 * Marks as stale, with the reason, the models and savings of a meter whose window holds a changed instant.
 * `changed` are interval starts, ms, ascending; `corrected` how many of them replaced a value.
 */
export const markDependantsStale = async (
  manager: EntityManager,
  meterId: string,
  changed: readonly number[],
  corrected: number,
): Promise<void> => {
  if (changed.length === 0) return;
  await markStale(manager, meterId, ({ fromMs, toMs }) => {
    const within = countWithin(changed, fromMs, toMs);
    return within === 0 ? undefined : reasonFor(within, corrected > 0);
  });
};

/** The meter and those computed from it, however far. */
const fedBy = `with recursive fed (id) as (
  select $1::text union select s.meter_id from meter_sources s join fed on s.source_id = fed.id
)`;

const markStale = async (
  manager: EntityManager,
  meterId: string,
  reasonOf: (window: Window) => Message | undefined,
): Promise<void> => {
  const dependants = await rowsOf<Window & { id: number; kind: 'models' | 'savings' }>(
    manager,
    `${fedBy} ${['models', 'savings']
      .map(
        (table) =>
          `select '${table}' as kind, id, extract(epoch from from_at)::float8 * 1000 as "fromMs",
             extract(epoch from to_at)::float8 * 1000 as "toMs"
           from ${table} where meter_id in (select id from fed) and stale is null`,
      )
      .join(' union all ')}`,
    [meterId],
  );
  for (const { kind, id, fromMs, toMs } of dependants) {
    const reason = reasonOf({ fromMs, toMs });
    if (reason === undefined) continue;
    await manager.query(`update ${kind} set stale = $2 where id = $1`, [id, JSON.stringify(reason)]);
  }
};

/** Marks as stale, for `reason`, the models and savings of a meter whose window meets [fromMs, toMs). */
export const markWindowStale = (
  manager: EntityManager,
  meterId: string,
  { fromMs, toMs }: Window,
  reason: Message,
): Promise<void> =>
  markStale(manager, meterId, (window) =>
    window.fromMs < toMs && window.toMs > fromMs ? reason : undefined,
  );

/** Marks as stale, for `reason`, every model and savings of a meter. */
export const markAllStale = (manager: EntityManager, meterId: string, reason: Message): Promise<void> =>
  markStale(manager, meterId, () => reason);
