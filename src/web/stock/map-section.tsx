import { useEffect, useRef, useState } from 'preact/hooks';
import type { StockMap } from '../../client/names.ts';
import { useSteadyResource } from '../client.ts';
import { formatNumber } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { buildingHref } from '../router.ts';
import { type Colouring, drawMap, intensitySteps, sharesOf, type Tint, tintsOf } from './map-drawing.ts';
import { type Box, type Cell, closer, fitted, isClosest, moved, pointOf, radiusPx } from './map-geometry.ts';
import { filterParameters, filtersOf, type StockQuery } from './query.ts';
import { urgencyText } from './words.ts';

/** Groups named beside the map; the others are counted. */
const MOST_NAMED = 10;

/** Where the buildings stand, on a plan of our own: no picture is asked of anyone else. */
export const MapSection = ({ query }: { readonly query: StockQuery }) => {
  const [asked, setAsked] = useState<Box | null>(null);
  const filters = filterParameters(query);
  const map = useSteadyResource('GET /v1/stock/map', { query: { ...filtersOf(filters), ...asked } });
  useEffect(() => setAsked(null), [filters.toString()]);
  return <Pending loaded={map}>{(value) => <Plan map={value} asked={asked} onBox={setAsked} />}</Pending>;
};

const colourings: Readonly<Record<Colouring, Text>> = {
  label: { fr: 'l’étiquette estimée', en: 'the estimated label' },
  urgency: { fr: 'l’urgence', en: 'urgency' },
  intensity: { fr: 'l’énergie par m²', en: 'energy per m²' },
};

const tintText = (by: Colouring, { name }: Tint): Text => {
  if (name === 'unknown') return { fr: 'non évalué', en: 'not evaluated' };
  if (by === 'label') return { fr: name, en: name };
  if (by === 'urgency') return urgencyText[name as keyof typeof urgencyText];
  const step = Number(name);
  const [low, high] = [intensitySteps[step - 1], intensitySteps[step]];
  const range = low === undefined ? `< ${high}` : high === undefined ? `≥ ${low}` : `${low}–${high}`;
  return { fr: `${range} kWh/m²`, en: `${range} kWh/m²` };
};

type PlanProps = {
  readonly map: StockMap;
  readonly asked: Box | null;
  readonly onBox: (box: Box | null) => void;
};

const Plan = ({ map, asked, onBox }: PlanProps) => {
  const t = useText();
  const [by, setBy] = useState<Colouring>('label');
  const { box, cells, placed, unplaced } = map;
  if (box === null)
    return (
      <p>
        {t({
          fr: `Aucun de ces bâtiments n’a de coordonnées (${unplaced}). Elles viennent de la maquette IFC, du DPE ou de la colonne « site » d’un formulaire.`,
          en: `None of these buildings has coordinates (${unplaced}). They come from the IFC model, the certificate or the “site” of a form.`,
        })}
      </p>
    );
  return (
    <div class="plan">
      <p class="actions print-hidden">
        <label>
          {t({ fr: 'Colorer par ', en: 'Colour by ' })}
          <select
            class="field"
            value={by}
            onChange={(event) => setBy(event.currentTarget.value as Colouring)}
          >
            {Object.entries(colourings).map(([name, text]) => (
              <option key={name} value={name}>
                {t(text)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="plain" onClick={() => onBox(closer(box, 2))} disabled={isClosest(box)}>
          {t({ fr: 'Agrandir', en: 'Closer' })}
        </button>
        <button type="button" class="plain" onClick={() => onBox(closer(box, 0.5))}>
          {t({ fr: 'Réduire', en: 'Farther' })}
        </button>
        <button type="button" class="plain" onClick={() => onBox(null)} disabled={asked === null}>
          {t({ fr: 'Tout voir', en: 'See all' })}
        </button>
      </p>
      <div class="beside">
        <Drawing box={box} cells={cells} by={by} onBox={onBox} />
        <Groups box={box} cells={cells} by={by} onBox={onBox} />
      </div>
      <p class="legend">
        {tintsOf(by).map((tint) => (
          <span key={tint.name}>
            <b style={{ background: tint.colour, color: tint.ink }}>{tint.mark}</b> {t(tintText(by, tint))}
          </span>
        ))}
      </p>
      <p class="quiet">
        {t({
          fr: `${placed} bâtiments placés, ${unplaced} sans coordonnées. Plan par coordonnées (WGS 84), sans fond de carte ni service extérieur. Un chiffre dans un cercle compte les bâtiments d’un même endroit.`,
          en: `${placed} buildings placed, ${unplaced} without coordinates. A plan by coordinates (WGS 84), with no background map and no outside service. A figure in a circle counts the buildings of one spot.`,
        })}
      </p>
    </div>
  );
};

type ViewProps = {
  readonly box: Box;
  readonly cells: readonly Cell[];
  readonly by: Colouring;
  readonly onBox: (box: Box) => void;
};

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.25, 0],
  ArrowRight: [0.25, 0],
  ArrowUp: [0, 0.25],
  ArrowDown: [0, -0.25],
};

const Drawing = ({ box, cells, by, onBox }: ViewProps) => {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const shownBox = (): Box => {
    const { clientWidth, clientHeight } = canvas.current ?? { clientWidth: 1, clientHeight: 1 };
    return fitted(box, clientWidth, clientHeight);
  };
  useEffect(() => {
    const draw = (): void => {
      if (canvas.current !== null) drawMap(canvas.current, cells, shownBox(), by);
    };
    draw();
    const media = matchMedia('(prefers-color-scheme: dark)');
    addEventListener('resize', draw);
    media.addEventListener('change', draw);
    return () => {
      removeEventListener('resize', draw);
      media.removeEventListener('change', draw);
    };
  });
  const click = (event: MouseEvent): void => {
    const { current } = canvas;
    if (current === null) return;
    const shown = shownBox();
    const hit = cells
      .map((cell) => {
        const [x, y] = pointOf(cell, shown, current.clientWidth, current.clientHeight);
        return { cell, gap: Math.hypot(x - event.offsetX, y - event.offsetY) - radiusPx(cell.count) };
      })
      .toSorted((one, other) => one.gap - other.gap)[0];
    if (hit === undefined || hit.gap > 6) return;
    const [first] = hit.cell.buildings;
    if (hit.cell.count === 1 && first !== undefined) location.hash = buildingHref(first.id);
    else onBox(closer(box, 4, hit.cell));
  };
  const key = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) onBox(moved(box, step[0], step[1]));
    else if (event.key === '+' || event.key === '=') onBox(closer(box, 2));
    else if (event.key === '-') onBox(closer(box, 0.5));
    else return;
    event.preventDefault();
  };
  const placed = cells.reduce((sum, { count }) => sum + count, 0);
  return (
    <canvas
      ref={canvas}
      role="img"
      tabIndex={0}
      aria-label={t({
        fr: `Plan de ${placed} ${placed < 2 ? 'bâtiment' : 'bâtiments'} en ${cells.length} ${cells.length < 2 ? 'groupe' : 'groupes'} ; flèches pour se déplacer, plus et moins pour agrandir et réduire. La liste à côté dit la même chose.`,
        en: `Plan of ${placed} ${placed === 1 ? 'building' : 'buildings'} in ${cells.length} ${cells.length === 1 ? 'group' : 'groups'}; arrows to move, plus and minus to look closer and farther. The list beside it says the same.`,
      })}
      onClick={click}
      onKeyDown={key}
    />
  );
};

/** The same in words: the largest groups with their buildings, each a way to them. */
const Groups = ({ box, cells, by, onBox }: ViewProps) => {
  const t = useText();
  const language = useLanguage();
  const named = cells.slice(0, MOST_NAMED);
  const split = (cell: Cell): string =>
    tintsOf(by)
      .flatMap((tint) => {
        const count = sharesOf(cell, by)[tint.name] ?? 0;
        return count === 0 ? [] : [`${t(tintText(by, tint))}${cell.count === 1 ? '' : ` : ${count}`}`];
      })
      .join(', ');
  return (
    <ul>
      {named.map((cell) => {
        const closest = cell.count > 1 && isClosest(box);
        return (
          <li key={`${cell.longitudeDeg} ${cell.latitudeDeg}`}>
            {cell.count === 1 || closest ? (
              cell.buildings.map(({ id, name }) => (
                <a key={id} href={buildingHref(id)}>
                  {t(name)}
                </a>
              ))
            ) : (
              <button type="button" class="plain" onClick={() => onBox(closer(box, 4, cell))}>
                {t({
                  fr: `${formatNumber(cell.count, language)} bâtiments, dont ${cell.buildings[0]?.name.fr ?? ''}`,
                  en: `${formatNumber(cell.count, language)} buildings, among them ${cell.buildings[0]?.name.en ?? ''}`,
                })}
              </button>
            )}
            {closest && cell.count > cell.buildings.length && (
              <>
                {' '}
                {t({
                  fr: `et ${cell.count - cell.buildings.length} autres au même endroit`,
                  en: `and ${cell.count - cell.buildings.length} more at the same place`,
                })}
              </>
            )}
            <small class="doubt">{split(cell)}</small>
          </li>
        );
      })}
      {cells.length > named.length && (
        <li class="quiet">
          {t({
            fr: `et ${cells.length - named.length} groupes plus petits : agrandissez pour les lire.`,
            en: `and ${cells.length - named.length} smaller groups: look closer to read them.`,
          })}
        </li>
      )}
    </ul>
  );
};
