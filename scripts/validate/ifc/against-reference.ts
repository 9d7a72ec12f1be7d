import type { EnvelopeJson } from '#create/index.ts';
import type { Figure } from '../../figures/figure.ts';
import type { BuildingModel } from '../../../src/core/building-model.ts';
import { windowsUnderWalls } from './boundaries.ts';
import type { Reference } from './corpus.ts';
import { against, exactly } from './rows.ts';

/** Net outer walls are allowed more where the reference itself is a sum over flags, not a measured envelope. */
const netWallPercent: Readonly<Record<string, number>> = { 'Duplex_A_20110907.ifc': 5 };
const OPENINGS = 1;
const OUTER_WALLS = 1;
const INTERIOR = 3;
const FLOOR_AREA = 1;
const U_PERCENT = 1;
const PLAN_AZIMUTH = { N: 0, E: 90, S: 180, W: 270 } as const;
const SAME_AZIMUTH_DEG = 12;
const UPRIGHT_DEG = 60;

const figure = (from: unknown, ...path: readonly string[]): number | undefined => {
  let at = from;
  for (const key of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return typeof at === 'number' ? at : undefined;
};

type Row = (
  id: string,
  metric: string,
  measured: number,
  path: readonly string[],
  percent?: number,
) => Figure[];

const sum = (
  elements: EnvelopeJson['elements'],
  wanted: (one: EnvelopeJson['elements'][number]) => boolean,
): number => elements.reduce((total, one) => total + (wanted(one) ? one.areaNetM2 : 0), 0);

const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

/** Walls and openings by compass direction, the plan's directions turned as the reference says they lie. */
const byDirection = (name: string, reference: Reference, json: EnvelopeJson): Figure[] =>
  (Object.keys(PLAN_AZIMUTH) as (keyof typeof PLAN_AZIMUTH)[]).flatMap((direction) => {
    const azimuth = figure(reference, 'trueAzimuth', `plan${direction}`) ?? PLAN_AZIMUTH[direction];
    const here = json.byOrientation.filter((one) => apart(one.azimuthDeg, azimuth) < SAME_AZIMUTH_DEG);
    const total = (pick: (one: (typeof here)[number]) => number): number =>
      here.reduce((all, one) => all + pick(one), 0);
    const known = (key: string): number | undefined =>
      figure(reference, 'kernel_outerFace', 'byPlan', direction, key);
    const rows: readonly (readonly [string, string, number, number | undefined, number])[] = [
      ['gross', 'walls gross', total((one) => one.wallGrossM2), known('gross'), OUTER_WALLS],
      ['net', 'walls net', total((one) => one.wallNetM2), known('net'), OUTER_WALLS],
      ['window', 'windows', total((one) => one.windowM2), known('window'), OPENINGS],
      ['door', 'doors', total((one) => one.doorM2), known('door'), OPENINGS],
      [
        'openings',
        'openings against the published figure',
        total((one) => one.windowM2 + one.doorM2),
        figure(reference, 'published', `openings_${direction}`),
        OPENINGS,
      ],
    ];
    return rows.flatMap(([key, metric, measured, expected, percent]) =>
      expected === undefined
        ? []
        : [
            against(
              `${name}.by-orientation.${direction}.${key}`,
              `${name}, plan ${direction} (${azimuth}°), ${metric}`,
              measured,
              expected,
              'm2',
              percent,
            ),
          ],
    );
  });

const uKinds: Readonly<Record<string, (one: EnvelopeJson['elements'][number]) => boolean>> = {
  extWall: (one) => one.kind === 'wall' && one.exposure !== 'internal',
  intWall: (one) => one.kind === 'wall' && one.exposure === 'internal',
  roof: (one) => one.kind === 'roof' && one.exposure !== 'internal',
  baseSlab: (one) => one.kind === 'floor' && one.exposure === 'ground',
  groundSlab: (one) => one.kind === 'floor' && one.exposure === 'ground',
  window: (one) => one.kind === 'window' && one.exposure !== 'internal',
  extDoor: (one) => one.kind === 'door' && one.exposure !== 'internal',
  intDoor: (one) => one.kind === 'door' && one.exposure === 'internal',
};

const uValues = (name: string, reference: Reference, json: EnvelopeJson): Figure[] =>
  ['U_in_file', 'U'].flatMap((group) =>
    Object.entries(uKinds).flatMap(([key, wanted]) => {
      const expected = figure(reference, group, key);
      const measured = median(json.elements.filter(wanted).map((one) => one.u.value));
      return expected === undefined || measured === undefined
        ? []
        : [
            against(
              `${name}.u.${key}`,
              `${name}, U of ${key} as the file says`,
              measured,
              expected,
              'W/(m2 K)',
              U_PERCENT,
            ),
          ];
    }),
  );

/** Sums over walls flagged IsExternal: the reference's own definition, where that is what it summed. */
const byFlag = (name: string, reference: Reference, json: EnvelopeJson, model: BuildingModel): Figure[] => {
  const flagged = new Set(model.elements.filter((one) => one.isExternal === true).map((one) => one.globalId));
  const expected = figure(reference, 'kernel_outerFace', 'wallNet_by_IsExternal');
  const windows = figure(reference, 'windowOpenings');
  return [
    ...(expected === undefined
      ? []
      : [
          against(
            `${name}.flagged.wall-net`,
            `${name}, net area of all walls flagged IsExternal, whatever they face`,
            sum(json.elements, (one) => one.kind === 'wall' && flagged.has(one.globalId.split(':')[0] ?? '')),
            expected,
            'm2',
            undefined,
          ),
        ]),
    ...(windows === undefined
      ? []
      : [
          against(
            `${name}.all-windows`,
            `${name}, openings of all windows, whatever they face`,
            sum(json.elements, (one) => one.kind === 'window'),
            windows,
            'm2',
            OPENINGS,
          ),
        ]),
  ];
};

/** Every figure of one file that the reference gives, measured on the envelope. */
export const againstReference = (
  name: string,
  reference: Reference,
  json: EnvelopeJson,
  model: BuildingModel,
): Figure[] => {
  const { exterior, interior, ...totals } = json.totals;
  const row: Row = (id, metric, measured, path, percent) => {
    const expected = figure(reference, ...path);
    return expected === undefined
      ? []
      : [
          against(
            `${name}.${id}`,
            `${name}, ${metric} (${path.join('.')})`,
            measured,
            expected,
            path.at(-1) === 'volume' ? 'm3' : 'm2',
            percent,
          ),
        ];
  };
  const inWalls = (kind: string): number =>
    sum(
      json.elements,
      (one) => one.kind === kind && one.exposure !== 'internal' && one.tiltDeg > UPRIGHT_DEG,
    );
  const wallsAreGross = windowsUnderWalls(model) > 0.5;
  const hasBoundaries = reference['sb_interior'] !== undefined;
  const rays = (id: string, metric: string, measured: number, key: string): Figure[] =>
    row(id, metric, measured, ['ray_interior', key], hasBoundaries ? undefined : INTERIOR);
  const netPercent = netWallPercent[name] ?? OUTER_WALLS;
  const tilt = figure(reference, 'published', 'roof_tilt_deg');
  const count = (id: string, metric: string, measured: number, key: string, isGoal = true): Figure[] => {
    const expected = figure(reference, key);
    return expected === undefined
      ? []
      : [exactly(`${name}.${id}`, `${name}, ${metric} (${key})`, measured, expected, isGoal)];
  };
  return [
    ...row('windows', 'windows in walls', totals.windowM2, ['kernel_outerFace', 'window'], OPENINGS),
    ...(totals.roofLightM2 < 0.01
      ? []
      : row('windows-all', 'windows with roof lights', totals.windowM2 + totals.roofLightM2, [
          'kernel_outerFace',
          'window',
        ])),
    ...row('doors', 'doors in walls', inWalls('door'), ['kernel_outerFace', 'door'], OPENINGS),
    ...row(
      'openings-published',
      'openings',
      totals.windowM2 + totals.roofLightM2 + totals.doorM2,
      ['published', 'openings_total'],
      OPENINGS,
    ),
    ...row(
      'exterior.wall-gross',
      'outer walls gross',
      exterior.wallGrossM2,
      ['kernel_outerFace', 'wallGross'],
      OUTER_WALLS,
    ),
    ...row(
      'exterior.wall-net',
      'outer walls net',
      exterior.wallNetM2,
      ['kernel_outerFace', 'wallNet'],
      netPercent,
    ),
    ...row(
      'exterior.wall-net-flagged',
      'outer walls net',
      exterior.wallNetM2,
      ['kernel_outerFace', 'wallNet_by_IsExternal'],
      netPercent,
    ),
    ...row(
      'exterior.wall-gross-qto',
      'outer walls gross',
      exterior.wallGrossM2,
      ['qto', 'extWallGrossSide'],
      OUTER_WALLS,
    ),
    ...row(
      'exterior.wall-net-qto',
      'outer walls net',
      exterior.wallNetM2,
      ['qto', 'extWallNetSide'],
      OUTER_WALLS,
    ),
    ...row('exterior.roof', 'roof, outer', exterior.roofM2, ['published', 'roof'], INTERIOR),
    ...row('exterior.ground', 'ground slab, outer', exterior.groundM2, ['published', 'groundSlab'], INTERIOR),
    ...row(
      'interior.wall-gross',
      'interior walls with openings',
      interior.wallGrossM2,
      ['sb_interior', 'wallGross_inclOpenings'],
      INTERIOR,
    ),
    ...(wallsAreGross && figure(reference, 'sb_interior', 'wallGross_inclOpenings') === undefined
      ? row(
          'interior.wall-polygons',
          'interior walls with openings: the file’s wall polygons have no holes for its windows',
          interior.wallGrossM2,
          ['sb_interior', 'wallNet'],
          INTERIOR,
        )
      : row(
          'interior.wall-net',
          'interior walls net',
          interior.wallNetM2,
          ['sb_interior', 'wallNet'],
          INTERIOR,
        )),
    ...row(
      'interior.ground',
      'ground floor, interior',
      interior.groundM2,
      ['sb_interior', 'groundFloor'],
      INTERIOR,
    ),
    ...row('interior.roof', 'roof, interior', interior.roofM2, ['sb_interior', 'roof'], INTERIOR),
    ...rays('interior.wall-ray', 'interior walls with openings', interior.wallGrossM2, 'wall'),
    ...rays('interior.ground-ray', 'ground floor, interior', interior.groundM2, 'ground'),
    ...rays('interior.roof-ray', 'roof, interior', interior.roofM2, 'roof'),
    ...row('interior.ground-rays', 'ground floor, interior', interior.groundM2, ['ground_ray'], INTERIOR),
    ...row('interior.roof-rays', 'roof, interior', interior.roofM2, ['roof_ray'], INTERIOR),
    ...row('floor-area', 'floor area of the cells', totals.floorAreaM2, ['spaces', 'geomFloor'], FLOOR_AREA),
    ...row(
      'floor-area-qto',
      'floor area of the cells',
      totals.floorAreaM2,
      ['qto', 'spacesNetFloor'],
      FLOOR_AREA,
    ),
    ...row('floor-area-rooms', 'floor area of the cells', totals.floorAreaM2, ['rooms_geomFloor']),
    ...row('floor-area-stated', 'floor area of the cells', totals.floorAreaM2, ['roomsArea']),
    ...row('volume', 'volume of the cells', totals.volumeM3, ['spaces', 'volume'], FLOOR_AREA),
    ...count('external-walls', 'external walls', totals.externalWalls, 'externalWalls'),
    ...count('internal-walls', 'internal walls', totals.internalWalls, 'internalWalls'),
    ...count('flagged-walls', 'external walls', totals.externalWalls, 'isExternalTrueWalls', false),
    ...count('records', 'records in the file', json.ledger.recordsInFile, 'entities'),
    ...byDirection(name, reference, json),
    ...(tilt === undefined
      ? []
      : json.elements
          .filter(uKinds['roof'] ?? (() => false))
          .map((one) =>
            against(`${name}.tilt.${one.globalId}`, `${name}, tilt of a roof`, one.tiltDeg, tilt, '°', 1),
          )),
    ...uValues(name, reference, json),
    ...byFlag(name, reference, json, model),
  ];
};
