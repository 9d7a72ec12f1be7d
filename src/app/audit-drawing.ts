import type { PdfBlock, PdfFace } from '#formats/pdf/index.ts';
import { percent, type Words } from './audit-words.ts';
import { groupNames, plain } from './report.ts';
import type { BuildingElement } from './views.ts';

const RIGHT_ANGLE_DEG = 90;
const STOREY_M = 3;
/** One window for about so many metres of façade. */
const WINDOW_EVERY_M = 4;

const facings = [
  ['nord', 'north'],
  ['est', 'east'],
  ['sud', 'south'],
  ['ouest', 'west'],
] as const;

type Face = { readonly areaM2: number; readonly glassM2: number; readonly lossWK: number };

const faceOf = (elements: readonly BuildingElement[]): Face => {
  const sum = (of: (one: BuildingElement) => number): number =>
    elements.reduce((total, one) => total + of(one), 0);
  return {
    areaM2: sum(({ areaNetM2 }) => areaNetM2),
    glassM2: sum(({ group, areaNetM2 }) => (group === 'windows' ? areaNetM2 : 0)),
    lossWK: sum(({ lossWK }) => lossWK),
  };
};

/** Windows in even rows whose areas add up to the glass of the face; none where there is no glass. */
const panesOf = (widthM: number, heightM: number, glassM2: number): PdfFace['panes'] => {
  if (glassM2 <= 0) return [];
  const down = Math.max(1, Math.round(heightM / STOREY_M));
  const across = Math.max(1, Math.round(widthM / WINDOW_EVERY_M));
  const [cellW, cellH] = [widthM / across, heightM / down];
  const each = Math.min(glassM2 / (down * across), 0.9 * cellW * cellH);
  const high = Math.min(0.9 * cellH, Math.max(Math.sqrt(1.2 * each), each / (0.95 * cellW)));
  const wide = each / high;
  return Array.from({ length: down * across }, (_, index) => ({
    xM: (index % across) * cellW + (cellW - wide) / 2,
    yM: Math.floor(index / across) * cellH + (cellH - high) / 2,
    widthM: wide,
    heightM: high,
  }));
};

/**
 * The envelope drawn to scale as the box that has the same façades, roof and floor; darker is a square metre that loses more. Undefined
 * where no box has them: a façade or the roof is missing.
 */
export const envelopeDrawing = (
  elements: readonly BuildingElement[],
  { t, language }: Words,
): PdfBlock | undefined => {
  const quarter = (azimuthDeg: number): number =>
    Math.round((((azimuthDeg % 360) + 360) % 360) / RIGHT_ANGLE_DEG) % facings.length;
  const upright = elements.filter(
    ({ group, tiltDeg }) => group === 'walls' || group === 'doors' || (group === 'windows' && tiltDeg > 45),
  );
  const sides = facings.map((_, index) =>
    faceOf(upright.filter(({ azimuthDeg }) => quarter(azimuthDeg) === index)),
  );
  const roof = faceOf(
    elements.filter(({ group, tiltDeg }) => group === 'roof' || (group === 'windows' && tiltDeg <= 45)),
  );
  const floor = faceOf(elements.filter(({ group }) => group === 'floor'));
  const plan = Math.min(roof.areaM2, floor.areaM2) || Math.max(roof.areaM2, floor.areaM2);
  const [north, east, south, west] = sides.map(({ areaM2 }) => areaM2);
  const [long, short] = [((north ?? 0) + (south ?? 0)) / 2, ((east ?? 0) + (west ?? 0)) / 2];
  if (!(plan > 0 && long > 0 && short > 0)) return undefined;
  // Of a box: long = width·height, short = depth·height, plan = width·depth.
  const heightM = Math.sqrt((long * short) / plan);
  const perM2 = ({ areaM2, lossWK }: Face): number => (areaM2 > 0 ? lossWK / areaM2 : 0);
  const worst = Math.max(...[...sides, roof, floor].map(perM2));
  const drawn = (face: Face, title: string, size: readonly [number, number]): PdfFace => ({
    title,
    text: `${plain(face.areaM2, language)} m²${face.glassM2 > 0 ? `, ${t(`${percent(face.glassM2 / face.areaM2)} vitrés`, `${percent(face.glassM2 / face.areaM2)} glazed`)}` : ''},\n${plain(perM2(face), language, 2)} W/(m²·K)`,
    widthM: size[0],
    heightM: size[1],
    strength: worst > 0 ? perM2(face) / worst : 0,
    panes: panesOf(size[0], size[1], face.glassM2),
  });
  const faces = [
    ...facings.flatMap((name, index): PdfFace[] => {
      const face = sides[index];
      return face === undefined || face.areaM2 <= 0
        ? []
        : [drawn(face, t(`façade ${name[0]}`, `${name[1]} façade`), [face.areaM2 / heightM, heightM])];
    }),
    ...[[roof, 'roof'] as const, [floor, 'floor'] as const].flatMap(([face, group]): PdfFace[] =>
      face.areaM2 <= 0
        ? []
        : [
            drawn(face, groupNames[group][language], [
              Math.sqrt((face.areaM2 * long) / short),
              Math.sqrt((face.areaM2 * short) / long),
            ]),
          ],
    ),
  ];
  return {
    kind: 'drawing',
    caption: t(
      'Le bâtiment, face par face, à l’échelle d’une boîte de mêmes surfaces (façades du quart de tour le plus proche ; fenêtres réparties ; plus c’est foncé, plus le mètre carré perd)',
      'The building, face by face, to the scale of a box of the same areas (façades by the nearest quarter; windows spread evenly; the darker, the more a square metre loses)',
    ),
    alt: faces.map(({ title, text }) => `${title} : ${text.replace('\n', ' ')}`).join(' ; '),
    faces,
  };
};
