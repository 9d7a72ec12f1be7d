import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BuildingModel, Vec3 } from '../../src/core/building-model.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import type { Result } from '../../src/core/result.ts';
import { readIfc } from '../../src/formats/ifc/index.ts';
import { corpusPath } from './corpus.ts';

const LIMIT_MS = 5000;

const files = ['.', 'more', 'hostile'].flatMap((folder) =>
  readdirSync(corpusPath('ifc', folder))
    .filter((name) => /\.(ifc|ifczip)(\.gz)?$/i.test(name))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`)),
);

const readFile = (file: string): Promise<Result<BuildingModel>> =>
  readIfc(bytesSource(file, readFileSync(corpusPath('ifc', file))), { deadlineMs: LIMIT_MS });

const readOrThrow = async (file: string): Promise<BuildingModel> => {
  const result = await readFile(file);
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

const codeOf = (result: Result<BuildingModel>): string => (result.ok ? 'read' : result.error.code);

const ringArea = (ring: readonly Vec3[]): number => {
  const sum = [0, 0, 0];
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    sum[0] = (sum[0] ?? 0) + a[1] * b[2] - a[2] * b[1];
    sum[1] = (sum[1] ?? 0) + a[2] * b[0] - a[0] * b[2];
    sum[2] = (sum[2] ?? 0) + a[0] * b[1] - a[1] * b[0];
  }
  return Math.hypot(...sum) / 2;
};

/** Area of the external second-level boundaries of elements of one kind. */
const externalArea = (model: BuildingModel, kind: string): number => {
  const kinds = new Map(model.elements.map((element) => [element.globalId, element.kind]));
  let total = 0;
  for (const { side, face, elementId } of model.boundaries) {
    if (side !== 'external' || face === undefined || kinds.get(elementId ?? '') !== kind) continue;
    total += ringArea(face.outer) - face.holes.reduce((sum, hole) => sum + ringArea(hole), 0);
  }
  return total;
};

describe('every model of the corpus', () => {
  it.each(files)('%s gives a model or a precise reason within 5 s', async (file) => {
    const start = performance.now();
    const result = await readFile(file);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
    if (result.ok) {
      expect(result.value.elements.length).toBeGreaterThan(0);
      expect(result.value.read.recordsParsed).toBeLessThanOrEqual(result.value.read.recordsInFile);
      expect(result.value.elements.filter(({ kind, shape }) => kind === 'wall' && !shape)).toEqual([]);
    } else expect(result.error.code).not.toBe('deadline-passed');
  });

  it('counts every record, entity for entity as the manifest does', async () => {
    const rows = readFileSync(corpusPath('ifc', 'MANIFEST.tsv'), 'utf8').trim().split('\n').slice(1);
    for (const row of rows) {
      const [file = '', , , , , , , , , entities = ''] = row.split('\t');
      const result = await readFile(file);
      if (result.ok) expect([file, result.value.read.recordsInFile]).toEqual([file, Number(entities)]);
    }
  });
});

describe('the altered copies of one house', () => {
  it('gives the same model through the lexical traps, walls in mixed case included', async () => {
    const [plain, altered] = [
      await readOrThrow('AC20-FZK-Haus.ifc'),
      await readOrThrow('hostile/synth_lexical_FZK.ifc.gz'),
    ];
    const walls = altered.elements.filter(({ kind }) => kind === 'wall');
    expect(walls).toHaveLength(13);
    expect(altered.elements.map(({ shape }) => shape)).toEqual(plain.elements.map(({ shape }) => shape));
    expect(altered.boundaries).toEqual(plain.boundaries);
  });

  it('assumes metres with a warning where units are gone', async () => {
    const [plain, altered] = [
      await readOrThrow('AC20-FZK-Haus.ifc'),
      await readOrThrow('hostile/synth_nounits_FZK.ifc.gz'),
    ];
    expect(altered.warnings.map(({ code }) => code)).toContain('length-unit-assumed');
    expect(altered.elements.map(({ shape }) => shape)).toEqual(plain.elements.map(({ shape }) => shape));
  });

  it('has neither spaces, boundaries nor IsExternal where they were taken out', async () => {
    const model = await readOrThrow('hostile/synth_noSpaces_noSB_noIsExternal_FZK.ifc.gz');
    expect([model.spaces.length, model.boundaries.length]).toEqual([0, 0]);
    expect(model.elements.every(({ isExternal }) => isExternal === undefined)).toBe(true);
  });

  it.each([
    ['hostile/synth_truncated_FZK.ifc.gz', 'truncated-file'],
    ['hostile/broken_empty.ifc', 'not-an-ifc-file'],
    ['hostile/broken_notifc.ifc', 'not-an-ifc-file'],
    ['hostile/broken_unterminated-string_webifc.ifc', 'unterminated-string'],
  ])('refuses %s', async (file, code) => expect(codeOf(await readFile(file))).toBe(code));

  it('reads the same from the unpacked bytes', async () => {
    const packed = readFileSync(corpusPath('ifc', 'more/SmallHouse_BB_IFC4.ifc.gz'));
    const plain = await readIfc(bytesSource('a.ifc', gunzipSync(packed)));
    expect(plain.ok && plain.value.elements).toEqual(
      (await readOrThrow('more/SmallHouse_BB_IFC4.ifc.gz')).elements,
    );
  });
});

describe('boundary polygons against the reference', () => {
  type Interior = {
    readonly wallNet?: number;
    readonly wallGross_inclOpenings?: number;
    readonly window: number;
  };
  const reference = JSON.parse(readFileSync(corpusPath('ifc', 'reference.json'), 'utf8')) as Record<
    string,
    { readonly sb_interior?: Interior }
  >;
  const withBoundaries = Object.entries(reference).flatMap(([file, { sb_interior: interior }]) =>
    interior === undefined ? [] : [{ file, interior }],
  );

  it.each(withBoundaries)('$file within 0.1 %', async ({ file, interior }) => {
    const model = await readOrThrow(file);
    // Some tools cut windows out of the wall's polygon and some do not: the reference says which.
    const walls = interior.wallGross_inclOpenings ?? interior.wallNet ?? Number.NaN;
    expect(Math.abs(externalArea(model, 'wall') / walls - 1)).toBeLessThan(1e-3);
    expect(Math.abs(externalArea(model, 'window') / interior.window - 1)).toBeLessThan(1e-3);
  });
});
