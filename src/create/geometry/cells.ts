import type { BuildingModel, Face, Vec3 } from '#core/building-model.ts';
import {
  type Box3,
  boxOfFaces,
  enclosedVolume,
  faceAreaVector,
  horizontalSection,
  intersection,
  type Region,
  totalArea,
} from '#core/geometry/index.ts';
import { type Message, message, type Warning, warning } from '#core/message.ts';
import type { GeometryOptions } from './options.ts';
import { isAreaPlan, spaceNameOf, useOfName } from './space-names.ts';

/** A volume that is kept warm or not, with its outward faces. */
export type SpaceCell = {
  readonly id: string;
  readonly name: string;
  readonly heated: boolean;
  readonly reason: Message;
  readonly faces: readonly Face[];
  readonly box: Box3;
  readonly volumeM3: number;
  readonly floorAreaM2: number;
};

/** Lower than this a space is a drawing of an area, not a room. */
const ROOM_HEIGHT_M = 1;
const SAME_SHARE = 0.8;

/** Area in plan of the faces that look down: the cell's floors, m2. */
const floorInPlan = (faces: readonly Face[]): number =>
  faces.reduce((sum, face) => sum + Math.max(0, -faceAreaVector(face)[2]), 0);

const near = (a: Vec3, b: Vec3): boolean =>
  Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]) < 2e-3;

/**
 * Closes holes of a room's faces that no other face fills: windows cut out of the room's skin. A hole that other
 * faces line (a niche, a pillar) stays.
 */
const withClosedSkin = (faces: readonly Face[]): readonly Face[] => {
  if (faces.every((face) => face.holes.length === 0)) return faces;
  return faces.map((face) => {
    const lined = face.holes.filter((hole) =>
      faces.some(
        (other) => other !== face && other.outer.filter((p) => hole.some((q) => near(p, q))).length >= 2,
      ),
    );
    return lined.length === face.holes.length ? face : { outer: face.outer, holes: lined };
  });
};

type Candidate = SpaceCell & { readonly weak: boolean; readonly bounded: boolean };

const sectionOf = (cell: SpaceCell): Region =>
  horizontalSection(cell.faces, (cell.box.min[2] + cell.box.max[2]) / 2 + 1e-4);

/** Volume two cells share, m3, from their plans at mid height and the heights they have in common. */
const sharedVolume = (a: SpaceCell, b: SpaceCell): number => {
  const height = Math.min(a.box.max[2], b.box.max[2]) - Math.max(a.box.min[2], b.box.min[2]);
  const apart = [0, 1].some(
    (i) => Math.min(a.box.max[i], b.box.max[i]) < Math.max(a.box.min[i], b.box.min[i]),
  );
  return apart || height < 0.1 ? 0 : height * totalArea(intersection([sectionOf(a)], [sectionOf(b)]));
};

const withoutDoubles = (
  candidates: readonly Candidate[],
  drop: (cell: Candidate, message: Message) => void,
): Candidate[] => {
  const largestFirst = candidates.toSorted((a, b) => b.volumeM3 - a.volumeM3);
  const dropped = new Set<Candidate>();
  for (const cell of largestFirst) {
    if (dropped.has(cell)) continue;
    const others = largestFirst.filter((one) => one !== cell && !dropped.has(one));
    const shares = others
      .map((one) => ({ one, shared: sharedVolume(cell, one) }))
      .filter(({ one, shared }) => shared > 0.5 * Math.min(cell.volumeM3, one.volumeM3));
    const twin = shares.find(
      ({ one, shared }) => shared > SAME_SHARE * cell.volumeM3 && shared > SAME_SHARE * one.volumeM3,
    );
    const held = shares.reduce((sum, { shared }) => sum + shared, 0);
    if (twin !== undefined) {
      const loser = cell.bounded && !twin.one.bounded ? twin.one : twin.one.bounded ? cell : twin.one;
      dropped.add(loser);
      drop(
        loser,
        message(
          `Le local « ${loser.name} » double « ${loser === cell ? twin.one.name : cell.name} » : il est écarté.`,
          `Space “${loser.name}” doubles “${loser === cell ? twin.one.name : cell.name}”: it is left out.`,
        ),
      );
    } else if (shares.length > 1 && held > 0.5 * cell.volumeM3) {
      dropped.add(cell);
      drop(
        cell,
        message(
          `Le local « ${cell.name} » en contient ${shares.length} autres : il est écarté comme enveloppe de zone.`,
          `Space “${cell.name}” contains ${shares.length} others: it is left out as a zone.`,
        ),
      );
    }
  }
  return candidates.filter((one) => !dropped.has(one));
};

const WEAK_SHARE = 0.3;

/** Heats the rooms that only a technical name leaves cold when they are too much of the building to be that. */
const withBelievableNames = (cells: readonly Candidate[], warnings: Warning[]): readonly SpaceCell[] => {
  const area = (list: readonly Candidate[]): number => list.reduce((sum, one) => sum + one.floorAreaM2, 0);
  const weak = cells.filter((cell) => cell.weak);
  if (area(weak) <= WEAK_SHARE * area(cells)) return cells;
  const share = Math.round((100 * area(weak)) / area(cells));
  const reason = message(
    `Nommé local technique, mais ces locaux feraient ${share} % du bâtiment : supposé chauffé.`,
    `Named a technical room, but such rooms would make ${share} % of the building: taken as heated.`,
  );
  warnings.push(warning('technical-names-doubted', reason.fr, reason.en));
  return cells.map((cell) => (cell.weak ? { ...cell, heated: true, reason } : cell));
};

/**
 * The rooms of a model: IfcSpace without areas, outdoor spaces, flat drawings, doubles and containers, each heated
 * or not by its name unless `options` says otherwise. What is left out is said in `warnings`.
 */
export const spaceCells = (
  model: BuildingModel,
  options: GeometryOptions,
): { readonly cells: readonly SpaceCell[]; readonly warnings: readonly Warning[] } => {
  const warnings: Warning[] = [];
  const drop = (ref: string, text: Message): void => {
    warnings.push(warning('space-left-out', text.fr, text.en, { ref }));
  };
  const bounded = new Set(model.boundaries.map((one) => one.spaceId));
  const stated = {
    cold: new Set(options.unheatedSpaceIds),
    warm: new Set(options.heatedSpaceIds),
    out: new Set(options.ignoredSpaceIds),
  };
  const candidates: Candidate[] = [];
  let bodiless = 0;
  for (const space of model.spaces) {
    const id = space.globalId;
    const name = spaceNameOf(space);
    const box = space.shape && boxOfFaces(space.shape.faces);
    if (space.shape === undefined || box === undefined) {
      bodiless += 1;
      continue;
    }
    const typed = stated.cold.has(id) || stated.warm.has(id);
    const use = useOfName([space.longName, space.name].filter((part) => part !== ''));
    if (stated.out.has(id)) {
      drop(id, message(`« ${name} » est écarté à la demande.`, `“${name}” is left out as asked.`));
      continue;
    }
    if (!typed && ((space.isExternal === true && !bounded.has(id)) || use.use === 'outdoors')) {
      const why =
        use.use === 'outdoors'
          ? use.reason
          : message('Le fichier le dit extérieur.', 'The file says it is outside.');
      drop(id, message(`« ${name} » est écarté. ${why.fr}`, `“${name}” is left out. ${why.en}`));
      continue;
    }
    if (!typed && !bounded.has(id) && isAreaPlan([...space.tags, space.longName, space.name])) {
      drop(
        id,
        message(
          `« ${name} » est un tracé de surface, pas un local : il est écarté.`,
          `“${name}” is an area plan, not a room: it is left out.`,
        ),
      );
      continue;
    }
    const faces = withClosedSkin(space.shape.faces);
    const volumeM3 = Math.abs(enclosedVolume(faces));
    if (box.max[2] - box.min[2] < ROOM_HEIGHT_M || volumeM3 < 0.1) {
      drop(
        id,
        message(
          `« ${name} » a moins de ${ROOM_HEIGHT_M} m de haut : il est écarté.`,
          `“${name}” is less than ${ROOM_HEIGHT_M} m high: it is left out.`,
        ),
      );
      continue;
    }
    const heated = stated.cold.has(id) ? false : stated.warm.has(id) || use.use === 'heated';
    const reason = typed ? message('Saisi par une personne.', 'Typed by a person.') : use.reason;
    candidates.push({
      id,
      name,
      heated,
      reason,
      faces,
      box,
      volumeM3,
      floorAreaM2: floorInPlan(faces),
      weak: !typed && use.weak === true,
      bounded: bounded.has(id),
    });
  }
  if (bodiless > 0)
    warnings.push(
      warning(
        'space-without-body',
        `${bodiless} locaux n’ont pas de volume lisible : ils ne comptent pas.`,
        `${bodiless} spaces have no readable volume: they do not count.`,
      ),
    );
  const single = withoutDoubles(candidates, (cell, text) => drop(cell.id, text));
  return { cells: withBelievableNames(single, warnings), warnings };
};
