import {
  applyDecisions,
  type DecidedDays,
  type Derivation,
  derivationSchema,
  derivationText,
  derivedReadings,
} from '#measure/index.ts';
import type { Meter, ReadingColumns, ReadingExtent, Store, StoredDerivation } from '#store/index.ts';
import { parseDay } from '../core/calendar.ts';
import { type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { Readings } from '../core/series.ts';
import { openZone } from '../core/timezone.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Computed meters over computed meters; deeper is a mistake. */
const deepest = 8;

const resolutionOf = (readings: ReadingColumns): Readings['resolution'] => {
  const spans = readings.startMs.map((start, index) => readings.endMs[index] - start).sort();
  const middle = spans[Math.floor(spans.length / 2)] ?? DAY_MS;
  if (middle < 0.9 * HOUR_MS) return 'sub-hourly';
  if (middle < 3 * HOUR_MS) return 'hourly';
  if (middle < 26 * HOUR_MS) return 'daily';
  return middle < 35 * DAY_MS ? 'monthly' : 'irregular';
};

/** The decisions of a meter that hold. */
const decisionsOf = async (store: Store, meterId: string): Promise<DecidedDays[]> => {
  const decisions = await store.decisions.list(meterId);
  return decisions.flatMap(({ id, fromDay, toDay, action, factor, by, reversed }) => {
    const [from, to] = [parseDay(fromDay), parseDay(toDay)];
    if (reversed !== undefined || from === undefined || to === undefined) return [];
    return [{ id, from, to, action, by, ...(factor === undefined ? {} : { factor }) }];
  });
};

type DecidedReadings = {
  readonly readings: Readings;
  readonly confirmedDays: ReadonlySet<number>;
  readonly warnings: readonly Warning[];
};

/** The rule of a stored computed meter. Throws where the store keeps one that is none. */
export const ruleOf = ({ rule }: StoredDerivation): Derivation => derivationSchema.parse(rule);

/**
 * The readings of a meter as they came, or as they follow from those of others; undefined while it has none. Fails as
 * the meters it is computed from, and as its rule does.
 */
export const meterReadings = async (
  store: Store,
  meter: Meter,
  decided: boolean,
  depth = 0,
): Promise<Result<DecidedReadings> | undefined> => {
  const derivation = await store.derivations.get(meter.id);
  const read =
    derivation === undefined
      ? await storedColumns(store, meter)
      : await computed(store, meter, derivation, decided, depth);
  if (read === undefined || !read.ok || !decided)
    return read === undefined || !read.ok
      ? read
      : ok({ readings: read.value, confirmedDays: new Set(), warnings: read.value.warnings });
  const zone = openZone(meter.timezone);
  if (!zone.ok) return zone;
  const applied = applyDecisions(read.value, await decisionsOf(store, meter.id), zone.value);
  return ok({
    readings: { ...read.value, energyKwh: applied.energyKwh },
    confirmedDays: applied.confirmedDays,
    warnings: [...read.value.warnings, ...applied.warnings],
  });
};

const storedColumns = async (store: Store, meter: Meter): Promise<Result<Readings> | undefined> => {
  const readings = await store.readings.read(meter.id);
  if (readings.startMs.length === 0) return undefined;
  return ok({
    name: meter.name,
    timezone: meter.timezone,
    resolution: resolutionOf(readings),
    startMs: readings.startMs,
    endMs: readings.endMs,
    energyKwh: readings.energyKwh,
    ...(readings.quality.some((one) => one !== 0) ? { flags: Uint16Array.from(readings.quality) } : {}),
    rowsRead: readings.startMs.length,
    rowsRejected: 0,
    warnings: [],
  });
};

/** A meter open to all would show what a dwelling's counts. The refusal `derived-personal`. */
export const readsDwelling = (meterId: string, dwellingId: string): Result<never> =>
  failure(
    'derived-personal',
    `« ${meterId} » lirait le compteur de logement « ${dwellingId} » : il doit être personnel lui aussi (personal: true).`,
    `“${meterId}” would read the dwelling meter “${dwellingId}”: it must be personal too (personal: true).`,
    { field: 'personal' },
  );

const computed = async (
  store: Store,
  meter: Meter,
  stored: StoredDerivation,
  decided: boolean,
  depth: number,
): Promise<Result<Readings>> => {
  if (depth >= deepest)
    return failure(
      'meter-cycle',
      `Le compteur calculé « ${meter.id} » tourne en rond ou s’appuie sur plus de ${deepest} étages de calculs.`,
      `The computed meter “${meter.id}” goes round in a circle or stands on more than ${deepest} storeys of computations.`,
      { field: meter.id },
    );
  const known = new Map<string, Readings>();
  const warnings: Warning[] = [];
  for (const id of stored.sources) {
    const source = await store.meters.get(id);
    if (source?.personal === true && !meter.personal) return readsDwelling(meter.id, id);
    const read = source === undefined ? undefined : await meterReadings(store, source, decided, depth + 1);
    if (read === undefined) continue;
    if (!read.ok) return read;
    known.set(id, read.value.readings);
    warnings.push(...read.value.warnings);
  }
  const rule = ruleOf(stored);
  const made = derivedReadings(meter.name, rule, known, meter.carrier);
  if (!made.ok) return made;
  const { fr, en } = derivationText(rule);
  return ok({
    ...made.value,
    timezone: meter.timezone,
    warnings: [warning('derived-series', fr, en, { ref: meter.id }), ...warnings, ...made.value.warnings],
  });
};

/** First and last instant and number of the readings of meters that have any; those of a computed meter as they follow from its sources. */
export const extentsOf = async (
  store: Store,
  meters: readonly Meter[],
): Promise<ReadonlyMap<string, ReadingExtent>> => {
  const extents = new Map(await store.readings.extents(meters.map(({ id }) => id)));
  for (const meter of meters) {
    if ((await store.derivations.get(meter.id)) === undefined) continue;
    const read = await meterReadings(store, meter, false);
    if (read?.ok !== true) continue;
    const { startMs, endMs } = read.value.readings;
    if (startMs.length > 0)
      extents.set(meter.id, { fromMs: startMs[0], toMs: endMs[endMs.length - 1], count: startMs.length });
  }
  return extents;
};

/**
 * The meter whose series is the building's: not a dwelling's, not the sun's, none that another meter of the building is
 * computed from (its parts stand for it), heating before other uses. Undefined where there is none.
 */
export const mainMeter = (
  meters: readonly Meter[],
  derivations: readonly StoredDerivation[],
): Meter | undefined => {
  const taken = new Set(derivations.flatMap(({ sources }) => sources));
  const fitting = meters.filter(
    ({ personal, carrier, id }) => !personal && carrier !== 'solar' && !taken.has(id),
  );
  return fitting.find(({ use }) => /heat|chauff/i.test(use) && !/hot.?water/i.test(use)) ?? fitting[0];
};
