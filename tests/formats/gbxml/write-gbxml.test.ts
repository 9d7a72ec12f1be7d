import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { describeForm } from '#create/index.ts';
import { envelopeFrom } from '../../../src/create/envelope.ts';
import type { Envelope } from '../../../src/create/types.ts';
import { envelopeGbxml } from '../../../src/app/export-envelope.ts';
import { geometry, model } from '../../create/sample.ts';

type Point = { Coordinate: number[] };
type Shape = {
  RectangularGeometry: { Azimuth: number; Tilt: number; Width: number; Height: number };
  PlanarGeometry: { PolyLoop: { CartesianPoint: Point[] } };
};
type Opening = Shape & {
  '@_openingType': string;
  '@_windowTypeIdRef'?: string;
  '@_constructionIdRef'?: string;
};
type Surface = Shape & {
  '@_id': string;
  '@_surfaceType': string;
  '@_constructionIdRef': string;
  AdjacentSpaceId: { '@_spaceIdRef': string }[];
  Opening?: Opening[];
};
type Made = { '@_id': string; 'U-value': { '#text': number; '@_unit': string } };
type Document = {
  gbXML: Record<string, unknown> & {
    Campus: { Building: { Area: number; Space: { '@_id': string }[] }; Surface: Surface[] };
    Construction: Made[];
    WindowType: Made[];
  };
};

const lists = new Set(['Surface', 'Opening', 'Construction', 'WindowType', 'Space', 'AdjacentSpaceId']);
const parse = (xml: string): Document['gbXML'] => {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => lists.has(name) });
  return (parser.parse(xml) as Document).gbXML;
};

const cross = (a: number[], b: number[]): number[] => [
  (a[1] ?? 0) * (b[2] ?? 0) - (a[2] ?? 0) * (b[1] ?? 0),
  (a[2] ?? 0) * (b[0] ?? 0) - (a[0] ?? 0) * (b[2] ?? 0),
  (a[0] ?? 0) * (b[1] ?? 0) - (a[1] ?? 0) * (b[0] ?? 0),
];

/** Area vector of the loop (Newell): its length is the area, its direction the outward normal. */
const areaVector = ({ PlanarGeometry }: Shape): number[] => {
  const points = PlanarGeometry.PolyLoop.CartesianPoint.map(({ Coordinate }) => Coordinate);
  return points
    .map((point, at) => cross(point, points[(at + 1) % points.length] ?? []))
    .reduce((sum, one) => sum.map((value, axis) => value + (one[axis] ?? 0) / 2), [0, 0, 0]);
};

const envelope = envelopeFrom(model, geometry, { period: '1976' });
const written = (given: Envelope) =>
  parse(envelopeGbxml(given, { buildingId: 'b 1', name: 'École & « Cie »', use: 'school' }));

describe('an envelope as gbXML', () => {
  const gbxml = written(envelope);
  const surfaces = gbxml.Campus.Surface;

  it('says its units and its spaces', () => {
    expect(gbxml).toMatchObject({
      '@_temperatureUnit': 'C',
      '@_lengthUnit': 'Meters',
      '@_areaUnit': 'SquareMeters',
      '@_volumeUnit': 'CubicMeters',
      '@_useSIUnitsForResults': 'true',
    });
    expect(gbxml.Campus.Building.Area).toBe(144);
    const spaces = new Set(gbxml.Campus.Building.Space.map((one) => one['@_id']));
    const referred = surfaces.flatMap((one) => one.AdjacentSpaceId.map((ref) => ref['@_spaceIdRef']));
    expect(referred.every((id) => spaces.has(id))).toBe(true);
    expect(new Set(surfaces.map((one) => one['@_id'])).size).toBe(surfaces.length);
  });

  it('each loop faces its azimuth and tilt and has its area', () => {
    for (const shape of [...surfaces, ...surfaces.flatMap((one) => one.Opening ?? [])]) {
      const { Azimuth, Tilt, Width, Height } = shape.RectangularGeometry;
      const [x = 0, y = 0, z = 0] = areaVector(shape);
      const area = Math.hypot(x, y, z);
      expect(area).toBeCloseTo(Width * Height, 1);
      expect((Math.acos(z / area) * 180) / Math.PI).toBeCloseTo(Tilt, 1);
      if (Tilt > 5 && Tilt < 175)
        expect(((Math.atan2(x, y) * 180) / Math.PI + 360) % 360).toBeCloseTo(Azimuth, 1);
    }
  });

  it('UA over the file is UA over the envelope, and the window is in its wall', () => {
    const u = new Map(
      [...gbxml.Construction, ...gbxml.WindowType].map((one) => {
        expect(one['U-value']['@_unit']).toBe('WPerSquareMeterK');
        return [one['@_id'], one['U-value']['#text']];
      }),
    );
    const areaOf = ({ RectangularGeometry: { Width, Height } }: Shape): number => Width * Height;
    const ua = surfaces.reduce((sum, surface) => {
      const openings = surface.Opening ?? [];
      const holes = openings.reduce((area, one) => area + areaOf(one), 0);
      return (
        sum +
        (areaOf(surface) - holes) * (u.get(surface['@_constructionIdRef']) ?? Number.NaN) +
        openings.reduce(
          (all, one) =>
            all +
            areaOf(one) * (u.get(one['@_windowTypeIdRef'] ?? one['@_constructionIdRef'] ?? '') ?? Number.NaN),
          0,
        )
      );
    }, 0);
    const expected = envelope.elements.reduce((sum, one) => sum + one.areaNetM2 * one.u.value, 0);
    expect(ua / expected).toBeCloseTo(1, 3);
    const south = surfaces.find(
      (one) => one.RectangularGeometry.Azimuth === 180 && one.Opening !== undefined,
    );
    expect(south?.Opening?.[0]?.['@_openingType']).toBe('FixedWindow');
    expect(surfaces.map((one) => one['@_surfaceType']).toSorted()).toEqual(
      ['ExteriorWall', 'ExteriorWall', 'ExteriorWall', 'ExteriorWall', 'Roof', 'SlabOnGrade'].toSorted(),
    );
  });

  it('a form’s envelope, and one that faces unheated rooms, are written too', () => {
    const form = describeForm({ id: 'r1', name: 'R1', use: 'housing', floorAreaM2: 1200, storeys: 4 });
    if (!form.ok) throw new Error(form.error.message.en);
    expect(written(form.value.envelope).Campus.Surface).toHaveLength(6);
    const cold: Envelope = {
      ...envelope,
      elements: envelope.elements.map((one) =>
        one.kind === 'roof' ? { ...one, exposure: 'unheated' } : one,
      ),
    };
    const ceiling = written(cold).Campus.Surface.find((one) => one['@_surfaceType'] === 'Ceiling');
    expect(ceiling?.AdjacentSpaceId.map((ref) => ref['@_spaceIdRef'])).toEqual([
      'space-heated',
      'space-unheated',
    ]);
  });
});
