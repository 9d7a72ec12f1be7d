import { derivationText, type FindingCode, flagBits } from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { Readings } from '../core/series.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { mainMeter, ruleOf } from './derived-meters.ts';
import { localDay } from './local-day.ts';
import { qualityOf } from './meter-decisions.ts';
import type { BuildingMeters } from './meter-views.ts';

const codes = Object.entries(flagBits) as [FindingCode, number][];

/** Readings that carry each mark; codes without any are left out. */
export const marksOf = (flags: Iterable<number> = []): { code: FindingCode; at: number[] }[] => {
  const all = [...flags];
  return codes.flatMap(([code, bit]) => {
    const at = [...all.keys()].filter((index) => ((all[index] ?? 0) & bit) !== 0);
    return at.length === 0 ? [] : [{ code, at }];
  });
};

/** Share of the time from the first reading to the last that readings with a value cover. */
const coverageOf = ({ startMs, endMs, energyKwh }: Readings): number => {
  const covered = energyKwh.reduce(
    (sum, kwh, index) => sum + (Number.isNaN(kwh) ? 0 : endMs[index] - startMs[index]),
    0,
  );
  return Math.min(1, covered / (endMs[endMs.length - 1] - startMs[0]));
};

const listed = async (
  context: AppContext,
  meter: Meter,
  isMain: boolean,
): Promise<Result<BuildingMeters['meters'][number]>> => {
  const rule = await context.store.derivations.get(meter.id);
  const read = await qualityOf(context, meter);
  if (!read.ok) return read;
  const { found, quality } = read.value;
  const { id, name, carrier, use, unit, timezone } = meter;
  const readings = found?.readings;
  const last = readings?.endMs.at(-1);
  const marks = found === undefined ? [] : marksOf(found.readings.flags);
  return ok({
    id,
    name,
    carrier,
    use,
    unit,
    timezone,
    computed: rule === undefined ? null : derivationText(ruleOf(rule)),
    main: isMain,
    firstDay: readings === undefined ? null : localDay(readings.startMs[0], timezone),
    lastDay: last === undefined ? null : localDay(last - 1, timezone),
    readings: readings?.startMs.length ?? 0,
    resolution: readings?.resolution ?? null,
    coverage: readings === undefined ? null : coverageOf(readings),
    marks: marks.map(({ code, at }) => ({ code, readings: at.length })),
    findings: quality.findings.length,
    undecided: quality.findings.filter((one) => one.asksPerson && one.decision === null).length,
  });
};

/**
 * The meters of a building, those of dwellings counted but not listed (promise P7), with what is held of each and how sound it is.
 * Fails with `unknown-building`, and as a computed meter's rule does.
 */
export const viewMeters = async (
  context: AppContext,
  buildingId: string,
): Promise<Result<BuildingMeters>> => {
  const { store } = context;
  const building = await store.buildings.get(buildingId);
  if (building === undefined) return unknownBuilding(buildingId);
  const all = await store.meters.list(buildingId);
  const main = mainMeter(all, await store.derivations.list(buildingId));
  const meters: BuildingMeters['meters'] = [];
  for (const meter of all) {
    if (meter.personal) continue;
    const one = await listed(context, meter, meter.id === main?.id);
    if (!one.ok) return one;
    meters.push(one.value);
  }
  return ok({
    buildingId,
    name: building.name,
    meters: meters.toSorted((left, right) => Number(right.main) - Number(left.main)),
    dwellings: all.filter(({ personal }) => personal).length,
  });
};
