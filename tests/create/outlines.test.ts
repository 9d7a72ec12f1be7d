import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../src/core/byte-source.ts';
import { drawnGeometry, thermalGeometry } from '../../src/create/geometry.ts';
import {
  envelopeFrom,
  pictureOfDescription,
  twinFromEnvelope,
  twinFromForm,
} from '../../src/create/index.ts';
import { readIfc } from '../../src/formats/ifc/index.ts';
import { areaOfFaces } from '../support/outlines.ts';
import { house } from './model-house.ts';

const isDrawn = ({ exposure }: { readonly exposure: string }): boolean => exposure !== 'internal';

const sampleModel = async (id: string) => {
  const bytes = readFileSync(join(import.meta.dirname, '../../buildings', id, 'model.ifc'));
  const model = await readIfc(bytesSource(`${id}.ifc`, bytes), { deadlineMs: 60_000 });
  if (!model.ok) throw new Error(model.error.code);
  return { model: model.value, bytes: bytes.length };
};

describe('the outlines of what was measured', () => {
  it('leave every figure as it was', () => {
    expect(drawnGeometry(house()).geometry).toEqual(thermalGeometry(house()));
  });

  it.each(['residence-1972', 'ecole-1958', 'musee-pierre'])(
    'of %s have the areas that its walls, roofs and windows were measured with',
    async (id) => {
      const { model } = await sampleModel(id);
      const { geometry, outlines } = drawnGeometry(model);
      for (const one of geometry.elements.filter(isDrawn)) {
        const drawn = areaOfFaces(outlines.faces[one.globalId] ?? [], outlines.unitM);
        // A lowest floor is drawn as its slab lies over the heated outline, and counted out to the faces of the walls.
        const room = one.kind === 'floor' ? 0.2 : 0.01;
        expect([one.name, Math.abs(drawn / one.areaNetM2 - 1) < room]).toEqual([one.name, true]);
      }
      expect(Object.keys(outlines.faces).toSorted()).toEqual(
        geometry.elements
          .filter(isDrawn)
          .map(({ globalId }) => globalId)
          .toSorted(),
      );
    },
  );

  it('turn with the north of the file: a wall looks where its azimuth says', () => {
    for (const northDeg of [0, 50]) {
      const { geometry, outlines } = drawnGeometry({ ...house(), northDeg });
      for (const one of geometry.elements.filter((wall) => wall.kind === 'wall' && isDrawn(wall))) {
        const [ring = []] = outlines.faces[one.globalId]?.[0] ?? [];
        const xs = ring.filter((_, i) => i % 3 === 0);
        const ys = ring.filter((_, i) => i % 3 === 1);
        const [dx, dy] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
        const azimuth = (one.azimuthDeg * Math.PI) / 180;
        // Along the wall, the way it looks does not change.
        const [east, north] = [Math.abs(Math.sin(azimuth)), Math.abs(Math.cos(azimuth))];
        expect(Math.abs(dx * east - dy * north)).toBeLessThan(0.02 * Math.hypot(dx, dy));
      }
    }
  });

  it('take less than a tenth of a small model, and stay out of the twin', async () => {
    const { model, bytes } = await sampleModel('residence-1972');
    const { geometry, outlines } = drawnGeometry(model);
    expect(JSON.stringify(outlines).length).toBeLessThan(0.1 * bytes);
    expect(Object.keys(outlines.faces).length).toBeGreaterThan(200);
    const twin = twinFromEnvelope(envelopeFrom(model, geometry), { id: 'r', name: 'r', use: 'housing' });
    expect(JSON.stringify(twin)).not.toContain('faces');
  });
});

describe('the picture of a description', () => {
  const form = twinFromForm({
    id: 'fiche',
    name: 'Fiche',
    use: 'housing',
    floorAreaM2: 1200,
    storeys: 4,
    period: '1949-1974',
  });
  if (!form.ok) throw new Error(form.error.code);
  const { envelope } = form.value;
  const picture = pictureOfDescription(envelope);
  const drawn = (kind: string): number =>
    envelope.elements
      .filter((one) => one.kind === kind)
      .reduce((sum, one) => sum + areaOfFaces(picture.faces[one.globalId] ?? [], picture.unitM), 0);

  it('has every element of a form, with the areas of its windows, doors and roof', () => {
    for (const one of envelope.elements) expect(picture.faces[one.globalId]).toBeDefined();
    expect(drawn('window')).toBeCloseTo(envelope.windowM2, -1);
    expect(drawn('door')).toBeCloseTo(envelope.doorM2, 0);
    expect(drawn('roof')).toBeCloseTo(envelope.exterior.roofM2, 0);
    expect(drawn('wall')).toBeCloseTo(envelope.exterior.wallGrossM2, -2);
  });

  it('puts each wall on the side it looks to', () => {
    const north = envelope.elements.find((one) => one.kind === 'wall' && one.azimuthDeg === 0);
    const [ring = []] = picture.faces[north?.globalId ?? '']?.[0] ?? [];
    expect(ring.filter((_, i) => i % 3 === 1).every((y) => y > 0)).toBe(true);
  });
});
