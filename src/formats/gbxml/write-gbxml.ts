import type { Vec3 } from '#core/building-model.ts';
import { corners, facing, type Rectangle, within } from './rectangle.ts';

export type GbxmlOpening = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'window' | 'door';
  readonly areaM2: number;
  readonly uWm2K: number;
  /** Total solar energy transmittance g, 0 to 1; windows only. */
  readonly solarFactor: number;
};

export type GbxmlSurface = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'wall' | 'roof' | 'floor';
  readonly exposure: 'exterior' | 'ground' | 'unheated' | 'adiabatic';
  /** With the openings. */
  readonly areaGrossM2: number;
  readonly azimuthDeg: number;
  readonly tiltDeg: number;
  readonly uWm2K: number;
  readonly openings: readonly GbxmlOpening[];
};

export type GbxmlBuilding = {
  readonly id: string;
  readonly name: string;
  readonly buildingType: string;
  readonly floorAreaM2: number;
  readonly volumeM3: number;
  readonly unheatedAreaM2: number;
  readonly unheatedVolumeM3: number;
  readonly surfaces: readonly GbxmlSurface[];
};

const WALL_HEIGHT_M = 3;
/** Rectangles of one direction stand side by side, a metre apart, in a plane of their own. */
const GAP_M = 1;
const PLANE_DISTANCE_M = 200;
/** Openings take at least this share of their host's height. */
const OPENING_HEIGHT = 0.8;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Control characters have no place in XML 1.0.
    .replaceAll(/[\p{Cc}--[\t\n\r]]/gv, ' ');

const n = (value: number): string => String(Number(value.toFixed(4)));

/** xsd:ID: no leading digit, no space, no slash. */
const idOf = (prefix: string, text: string): string => `${prefix}-${text.replaceAll(/[^\w.-]/g, '_')}`;

const surfaceTypes: Readonly<Record<string, string>> = {
  'wall/exterior': 'ExteriorWall',
  'wall/ground': 'UndergroundWall',
  'wall/unheated': 'InteriorWall',
  'wall/adiabatic': 'InteriorWall',
  'roof/exterior': 'Roof',
  'roof/ground': 'UndergroundCeiling',
  'roof/unheated': 'Ceiling',
  'roof/adiabatic': 'Ceiling',
  'floor/exterior': 'RaisedFloor',
  'floor/ground': 'SlabOnGrade',
  'floor/unheated': 'InteriorFloor',
  'floor/adiabatic': 'InteriorFloor',
};

const HEATED = 'space-heated';
const UNHEATED = 'space-unheated';

const point = (at: Vec3): string =>
  `<CartesianPoint>${at.map((value) => `<Coordinate>${n(value)}</Coordinate>`).join('')}</CartesianPoint>`;

const planar = (rectangle: Rectangle): string =>
  `<PlanarGeometry><PolyLoop>${corners(rectangle).map(point).join('')}</PolyLoop></PlanarGeometry>`;

const rectangular = (rectangle: Rectangle, azimuthDeg: number, tiltDeg: number): string =>
  `<RectangularGeometry><Azimuth>${n(azimuthDeg)}</Azimuth>${point(rectangle.corner)}<Tilt>${n(tiltDeg)}</Tilt><Height>${n(rectangle.heightM)}</Height><Width>${n(rectangle.widthM)}</Width></RectangularGeometry>`;

/** Rectangles laid out so that none covers another. */
const layout = (surfaces: readonly GbxmlSurface[]): Rectangle[] => {
  const cursors = new Map<string, number>();
  return surfaces.map((surface) => {
    const { areaGrossM2, azimuthDeg, tiltDeg, kind } = surface;
    const heightM =
      kind === 'wall' ? Math.min(WALL_HEIGHT_M, Math.sqrt(areaGrossM2)) : Math.sqrt(areaGrossM2);
    const widthM = areaGrossM2 / heightM;
    const key = `${azimuthDeg.toFixed(1)} ${tiltDeg.toFixed(1)}`;
    const cursor = cursors.get(key) ?? 0;
    cursors.set(key, cursor + widthM + GAP_M);
    const at = facing([0, 0, 0], azimuthDeg, tiltDeg, widthM, heightM);
    const angle = (azimuthDeg * Math.PI) / 180;
    const away = tiltDeg < 45 || tiltDeg > 135 ? 0 : PLANE_DISTANCE_M;
    const z = kind === 'roof' ? PLANE_DISTANCE_M : 0;
    const corner: Vec3 = [
      Math.sin(angle) * away + cursor * at.right[0],
      Math.cos(angle) * away + cursor * at.right[1],
      z,
    ];
    return { ...at, corner };
  });
};

const openingsOf = (
  surface: GbxmlSurface,
  host: Rectangle,
  idFor: (opening: GbxmlOpening) => string,
): string => {
  const total = surface.openings.reduce((sum, one) => sum + one.areaM2, 0);
  const share = total / (host.widthM * host.heightM);
  const heightM = host.heightM * Math.min(1, Math.max(OPENING_HEIGHT, share));
  let x = 0;
  return surface.openings
    .map((opening) => {
      const widthM = opening.areaM2 / heightM;
      const rectangle = within(host, x, (host.heightM - heightM) / 2, widthM, heightM);
      x += widthM;
      const window = opening.kind === 'window';
      const sloped = surface.tiltDeg < 60;
      const type = window ? (sloped ? 'FixedSkylight' : 'FixedWindow') : 'NonSlidingDoor';
      const made = window ? 'windowTypeIdRef' : 'constructionIdRef';
      return `<Opening id="${idOf('opening', opening.id)}" openingType="${type}" ${made}="${idFor(opening)}">${rectangular(rectangle, surface.azimuthDeg, surface.tiltDeg)}${planar(rectangle)}<Name>${escaped(opening.name)}</Name></Opening>`;
    })
    .join('\n');
};

const spaceRefs = (exposure: GbxmlSurface['exposure']): string => {
  const heated = `<AdjacentSpaceId spaceIdRef="${HEATED}"/>`;
  if (exposure === 'unheated') return `${heated}<AdjacentSpaceId spaceIdRef="${UNHEATED}"/>`;
  return exposure === 'adiabatic' ? `${heated}${heated}` : heated;
};

const space = (id: string, name: string, condition: string, areaM2: number, volumeM3: number): string =>
  `<Space id="${id}" conditionType="${condition}"><Name>${name}</Name><Area>${n(areaM2)}</Area><Volume>${n(volumeM3)}</Volume></Space>`;

/**
 * The envelope as gbXML 6.01: SI units, one heated space (and one unheated where something faces it), each surface with rectangular and
 * planar geometry, constructions and window types with U-values, W/(m2 K). Orientation, tilt and areas are the envelope's; the rectangles
 * themselves are drawn side by side, for the envelope keeps no outlines.
 */
export const writeGbxml = (building: GbxmlBuilding): string => {
  const constructions = new Map<string, string>();
  const windowTypes = new Map<string, string>();
  const construction = (uWm2K: number): string => {
    const id = `construction-U${uWm2K.toFixed(4)}`;
    constructions.set(
      id,
      `<Construction id="${id}"><U-value unit="WPerSquareMeterK">${n(uWm2K)}</U-value><Name>U ${n(uWm2K)} W/(m2 K)</Name></Construction>`,
    );
    return id;
  };
  const windowType = (uWm2K: number, solarFactor: number): string => {
    const id = `window-U${uWm2K.toFixed(4)}-g${solarFactor.toFixed(3)}`;
    windowTypes.set(
      id,
      `<WindowType id="${id}"><Name>U ${n(uWm2K)} W/(m2 K), g ${n(solarFactor)}</Name><U-value unit="WPerSquareMeterK">${n(uWm2K)}</U-value><SolarHeatGainCoeff unit="Fraction">${n(solarFactor)}</SolarHeatGainCoeff></WindowType>`,
    );
    return id;
  };
  const idFor = (opening: GbxmlOpening): string =>
    opening.kind === 'window' ? windowType(opening.uWm2K, opening.solarFactor) : construction(opening.uWm2K);
  const rectangles = layout(building.surfaces);
  const surfaces = building.surfaces.map((surface, index) => {
    const rectangle = rectangles[index] ?? facing([0, 0, 0], 0, 90, 1, 1);
    const type = surfaceTypes[`${surface.kind}/${surface.exposure}`] ?? 'ExteriorWall';
    return `<Surface id="${idOf(`surface-${index + 1}`, surface.id)}" surfaceType="${type}" constructionIdRef="${construction(surface.uWm2K)}" exposedToSun="${surface.exposure === 'exterior'}">${spaceRefs(surface.exposure)}${rectangular(rectangle, surface.azimuthDeg, surface.tiltDeg)}${planar(rectangle)}${openingsOf(surface, rectangle, idFor)}<Name>${escaped(surface.name)}</Name></Surface>`;
  });
  const unheated = building.surfaces.some((surface) => surface.exposure === 'unheated');
  return `<?xml version="1.0" encoding="UTF-8"?>
<gbXML xmlns="http://www.gbxml.org/schema" version="6.01" temperatureUnit="C" lengthUnit="Meters" areaUnit="SquareMeters" volumeUnit="CubicMeters" useSIUnitsForResults="true">
<Campus id="campus">
<Location><Name>${escaped(building.name)}</Name></Location>
<Building id="${idOf('building', building.id)}" buildingType="${building.buildingType}">
<Name>${escaped(building.name)}</Name>
<Description>Thermal envelope by Stacoptim: areas, orientations and U-values of the envelope; rectangles stand in for outlines.</Description>
<Area>${n(building.floorAreaM2)}</Area>
${space(HEATED, 'Heated volume', 'Heated', building.floorAreaM2, building.volumeM3)}
${unheated ? space(UNHEATED, 'Unheated spaces', 'Unconditioned', building.unheatedAreaM2, building.unheatedVolumeM3) : ''}
</Building>
${surfaces.join('\n')}
</Campus>
${[...constructions.values(), ...windowTypes.values()].join('\n')}
</gbXML>
`;
};
