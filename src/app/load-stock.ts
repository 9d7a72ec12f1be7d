import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BuildingFacts, describeReading, siteOfModel, twinFromEnvelope } from '#create/index.ts';
import { preflight } from '#create/preflight.ts';
import { mappingOptions } from '#formats/readings/index.ts';
import {
  type BuildingFile,
  parseBuildingFile,
  parseStockFile,
  parseWorksFile,
  type StockFile,
} from '#formats/stock-folder/index.ts';
import { readWeather } from '#formats/registry.ts';
import type { Repositories } from '#store/index.ts';
import { message, type Warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { openZone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import { shippedCatalogue } from '#simulate/index.ts';
import { type BuildingRecord, siteDocument } from './building-record.ts';
import type { AppContext } from './context.ts';
import { type Digitised, digitise } from './create-file.ts';
import { batchOf, readForMeter } from './ingest-file.ts';
import { openFileSource, readFileBytes } from './files.ts';
import type { Progress } from './progress.ts';
import { meterRequestSchema } from './meter-record.ts';
import { saveMeter } from './save-meter.ts';

const MODEL_DEADLINE_MS = 60_000;

const readText = (path: string): Result<string> => {
  const bytes = readFileBytes(path);
  return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : bytes;
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const loadWeather = async (
  { store }: AppContext,
  folder: string,
  stock: StockFile,
): Promise<Result<void>> => {
  const { file, timezone, ...station } = stock.weather;
  const bytes = readFileBytes(join(folder, file));
  if (!bytes.ok) return bytes;
  const read = readWeather(file, bytes.value, { timezone });
  if (!read.ok) return read;
  if (read.value.kind === 'typical')
    return failure(
      'weather-typical-year',
      `« ${file} » est une année type, sans dates réelles : le parc demande une météo mesurée.`,
      `“${file}” is a typical year without real dates: the stock needs measured weather.`,
      { file },
    );
  const zone = openZone(timezone);
  if (!zone.ok) return zone;
  const days = toDailyWeather(read.value.weather, zone.value);
  await store.weather.saveStation({ ...station, source: file, simulated: stock.data === 'simulated' });
  await store.weather.saveDaily(station.id, {
    firstDay: days.firstDay,
    meanC: days.outdoorC,
    ghiWm2: days.ghiWm2 ?? new Float64Array(days.outdoorC.length).fill(Number.NaN),
  });
  return ok(undefined);
};

/** Everything read of a building before a row is written: it is then kept whole or not at all. */
type ReadBuilding = {
  readonly file: BuildingFile;
  readonly digitised: Digitised;
  readonly modelHash: string;
  readonly works: ReturnType<typeof parseWorksFile>;
};

const readBuilding = async (folder: string, id: string): Promise<Result<ReadBuilding>> => {
  const text = readText(join(folder, id, 'building.json'));
  if (!text.ok) return text;
  const file = parseBuildingFile(`${id}/building.json`, text.value);
  if (!file.ok) return file;
  const source = openFileSource(join(folder, id, file.value.model));
  if (!source.ok) return source;
  try {
    const { constructionYear } = file.value;
    const digitised = await digitise(source.value, {
      deadlineMs: MODEL_DEADLINE_MS,
      drawn: true,
      ...(constructionYear === undefined ? {} : { period: String(constructionYear) }),
    });
    if (!digitised.ok) return digitised;
    const modelHash = sha256(source.value.read(0, source.value.size));
    const worksText = readText(join(folder, id, 'works.json'));
    const works = worksText.ok
      ? parseWorksFile(`${id}/works.json`, worksText.value)
      : worksText.error.code === 'file-not-found'
        ? ok({ schema: 'stacoptim.works/1' as const, works: [] })
        : worksText;
    if (!works.ok) return works;
    return ok({ file: file.value, digitised: digitised.value, modelHash, works });
  } finally {
    source.value.close();
  }
};

const jsonClosure = ({ name, ...days }: NonNullable<BuildingFile['closures']>[number]) => ({
  ...days,
  ...(name === undefined ? {} : { name }),
});

const jsonDeclaration = ({ absoluteKwhM2, ...rest }: NonNullable<BuildingFile['tertiary']>) => ({
  ...rest,
  ...(absoluteKwhM2 === undefined ? {} : { absoluteKwhM2 }),
});

const saveBuilding = async (into: Repositories, read: ReadBuilding): Promise<void> => {
  const { file, digitised } = read;
  const { envelope, ledger, model, outlines } = digitised;
  const site = file.site ?? siteOfModel(model);
  await into.buildings.save({
    id: file.id,
    name: file.name,
    use: file.use,
    simulated: file.data === 'simulated',
    facts: {
      heating: file.heating,
      ...(file.department === undefined ? {} : { department: file.department }),
      ...(site === undefined ? {} : { site: siteDocument(site) }),
      ...(file.closures === undefined ? {} : { closures: file.closures.map(jsonClosure) }),
      ...(file.dwellings === undefined ? {} : { dwellings: file.dwellings }),
      ...(file.tertiary === undefined ? {} : { tertiary: jsonDeclaration(file.tertiary) }),
    },
    ...(file.commune === undefined ? {} : { commune: file.commune }),
    ...(file.constructionYear === undefined ? {} : { constructionYear: file.constructionYear }),
  });
  const facts: BuildingFacts = {
    id: file.id,
    name: file.name.fr,
    use: file.use,
    heating: file.heating.kind,
    carrier: file.heating.carrier,
    ...(file.constructionYear === undefined ? {} : { constructionYear: file.constructionYear }),
    ...(file.dwellings === undefined ? {} : { dwellings: file.dwellings }),
    ...(file.setPointC === undefined ? {} : { setPointC: file.setPointC }),
  };
  const source = { fileName: file.model, sha256: read.modelHash };
  await into.twins.save(file.id, twinFromEnvelope(envelope, facts), source);
  const described = describeReading({
    envelope,
    preflight: preflight(model, envelope),
    northStated: model.northStated,
  });
  const record: BuildingRecord = {
    schema: 'stacoptim.described/1',
    described: { ...described, facts },
    answers: {},
  };
  await into.envelopes.add(file.id, record, source);
  if (outlines !== undefined) await into.outlines.add(file.id, outlines, source);
  await into.ledger.add({ ...ledger, buildingId: file.id });
  for (const meter of file.meters)
    await into.meters.save({
      id: meter.id,
      buildingId: file.id,
      name: meter.file,
      carrier: meter.carrier,
      use: meter.use,
      unit: meter.unit,
      timezone: meter.timezone,
      personal: meter.personal,
    });
  for (const works of read.works.ok ? read.works.value.works : [])
    await into.works.save({
      id: works.id,
      buildingId: file.id,
      measures: works.measures,
      startDay: works.start,
      endDay: works.end,
      ...(works.costEur === undefined ? {} : { costEur: works.costEur }),
    });
};

/** Stores the readings of a file up to a day (all of them without one); good rows stand, bad ones are in the import. */
const loadReadings = async (
  { store }: AppContext,
  folder: string,
  meter: BuildingFile['meters'][number],
  untilMs: number,
): Promise<Result<readonly Warning[]>> => {
  const path = join(folder, meter.file);
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const { kwhPerM3, mapping } = meter;
  const read = await readForMeter({ ...meter, name: meter.file }, meter.file, bytes.value, {
    ...(kwhPerM3 === undefined ? {} : { kwhPerM3 }),
    ...mappingOptions(mapping ?? {}),
  });
  if (!read.ok) return read;
  const { endMs, warnings, rowsRead, rowsRejected } = read.value;
  const { quality, ...columns } = batchOf(read.value);
  const count = endMs.findLastIndex((end) => end <= untilMs) + 1;
  await store.transaction(async (into) => {
    const importId = await into.imports.add({
      meterId: meter.id,
      fileName: meter.file,
      sha256: sha256(bytes.value),
      rows: rowsRead,
      rejected: rowsRejected,
      warnings,
    });
    await into.readings.upsert(
      meter.id,
      {
        startMs: columns.startMs.subarray(0, count),
        endMs: columns.endMs.subarray(0, count),
        energyKwh: columns.energyKwh.subarray(0, count),
        ...(quality === undefined ? {} : { quality: quality.subarray(0, count) }),
      },
      { importId },
    );
  });
  return ok(warnings);
};

/** Meters computed from others, once all of those are there; a rule that does not hold is refused alone. */
const saveComputed = async (context: AppContext, files: readonly BuildingFile[]): Promise<Warning[]> => {
  const refused: Warning[] = [];
  for (const { id: buildingId, computedMeters } of files)
    for (const { id, rule, ...about } of computedMeters) {
      const request = meterRequestSchema.safeParse({ ...about, buildingId, derivation: rule });
      const field = request.error?.issues[0]?.path.join('.') ?? '';
      const saved = request.success
        ? await saveMeter(context, id, 'data-controller', request.data)
        : failure(
            'stock-field',
            `« ${buildingId}/building.json », compteur calculé « ${id} » : champ « ${field} » à revoir. Voyez docs/meters.md.`,
            `“${buildingId}/building.json”, computed meter “${id}”: look at the field “${field}”. See docs/meters.md.`,
            { file: `${buildingId}/building.json`, field },
          );
      if (!saved.ok) refused.push({ code: saved.error.code, message: saved.error.message, ref: id });
    }
  return refused;
};

type LoadedStock = { readonly stock: StockFile; readonly refused: readonly Warning[] };

/**
 * Loads a stock folder: weather, then each building whole (model digitised, twin, meters, works, readings up to
 * `untilMs`). A building that cannot be read is refused with its reason and the others stand.
 */
export const loadStock = async (
  context: AppContext,
  folder: string,
  options: { readonly untilMs?: number; readonly progress: Progress },
): Promise<Result<LoadedStock>> => {
  const text = readText(join(folder, 'stock.json'));
  if (!text.ok) return text;
  const stock = parseStockFile('stock.json', text.value);
  if (!stock.ok) return stock;
  const weather = await loadWeather(context, folder, stock.value);
  if (!weather.ok) return weather;
  const refused: Warning[] = [];
  const loaded: BuildingFile[] = [];
  const { buildings } = stock.value;
  for (const [index, id] of buildings.entries()) {
    options.progress(index, buildings.length, message(`créer : ${id}`, `create: ${id}`));
    const read = await readBuilding(folder, id);
    if (!read.ok) {
      refused.push({ code: read.error.code, message: read.error.message, ref: id });
      continue;
    }
    const known = new Set(shippedCatalogue.map((measure) => measure.id));
    const unknown = read.value.works.ok
      ? read.value.works.value.works
          .flatMap(({ measures }) => measures)
          .find((measure) => !known.has(measure))
      : undefined;
    if (unknown !== undefined) {
      const refusal = failure(
        'unknown-measure',
        `« ${id} » : geste « ${unknown} » hors catalogue.`,
        `“${id}”: measure “${unknown}” is not in the catalogue.`,
      );
      refused.push({ ...refusal.error, ref: id });
      continue;
    }
    await context.store.transaction((into) => saveBuilding(into, read.value));
    loaded.push(read.value.file);
    for (const meter of read.value.file.meters) {
      const kept = await loadReadings(
        context,
        join(folder, id),
        meter,
        options.untilMs ?? Number.POSITIVE_INFINITY,
      );
      if (!kept.ok) refused.push({ code: kept.error.code, message: kept.error.message, ref: meter.id });
    }
  }
  refused.push(...(await saveComputed(context, loaded)));
  if (loaded.length === 0)
    return failure(
      'stock-unreadable',
      `Aucun bâtiment du parc n’a pu être lu ; le premier : ${refused[0]?.message.fr ?? ''}`,
      `No building of the stock could be read; the first: ${refused[0]?.message.en ?? ''}`,
    );
  return ok({ stock: stock.value, refused });
};

/**
 * Stores what the meters' files hold after a day: the readings that arrive as time goes on. Fails as the reading of
 * the building's file and of its readings does.
 */
export const loadNewReadings = async (
  context: AppContext,
  folder: string,
  stock: StockFile,
): Promise<Result<void>> => {
  for (const id of stock.buildings) {
    const text = readText(join(folder, id, 'building.json'));
    if (!text.ok) return text;
    const file = parseBuildingFile(`${id}/building.json`, text.value);
    if (!file.ok) return file;
    for (const meter of file.value.meters) {
      const loaded = await loadReadings(context, join(folder, id), meter, Number.POSITIVE_INFINITY);
      if (!loaded.ok) return loaded;
    }
  }
  return ok(undefined);
};
