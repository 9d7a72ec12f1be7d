import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Caller, ThermalElements } from '../../client/names.ts';
import { useResource, useSteadyResource } from '../client.ts';
import { formatQuantity } from '../format.ts';
import { type ReadReport, readReport } from '../guarded-answers.ts';
import { type Text, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { ElementList } from './element-list.tsx';
import { ElementPanel } from './element-panel.tsx';
import './envelope.css';
import { Legend } from './legend.tsx';
import { type ScaleId, scales } from './scales.ts';
import { buildScene } from './scene.ts';
import { SpaceCanvas } from './space-canvas.tsx';

type SpaceProps = {
  readonly buildingId: string;
  /** A value was typed or taken back: figures elsewhere on the page are old. */
  readonly onChanged: () => void;
};

const pictureText = ({ picture, source }: ThermalElements): Text => {
  if (picture === 'model')
    return {
      fr: 'Tracée d’après les contours de la maquette.',
      en: 'Drawn from the outlines of the model.',
    };
  if (source === 'ifc')
    return {
      fr: 'Image de principe : cette maquette a été lue avant que ses contours ne soient gardés. La déposer de nouveau les donne ; les surfaces et les U sont justes.',
      en: 'A picture of the principle: this model was read before its outlines were kept. Uploading it again brings them; areas and U are right.',
    };
  return {
    fr: 'Image d’une description, pas d’un bâtiment levé : une boîte qui a les surfaces décrites ; la place des fenêtres n’est celle de personne.',
    en: 'A picture of a description, not of a surveyed building: a box that has the areas described; the places of windows are nobody’s.',
  };
};

const Space = ({
  buildingId,
  value,
  caller,
  onChanged,
}: SpaceProps & { readonly value: ThermalElements; readonly caller: Caller | null }) => {
  const t = useText();
  const [scaleId, setScaleId] = useState<ScaleId>('u');
  const [apart, setApart] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [read, setRead] = useState<ReadReport | null>(null);
  const [said, setSaid] = useState('');
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void readReport(buildingId).then((outcome) => outcome.ok && setRead(outcome.value));
  }, [buildingId]);
  const { elements, unitM } = value;
  const scale = scales.find(({ id }) => id === scaleId) ?? scales[0];
  const meanWK = elements.reduce((sum, { lossWK }) => sum + lossWK, 0) / Math.max(1, elements.length);
  const scene = useMemo(() => buildScene(elements, unitM, apart), [elements, unitM, apart]);
  const paints = useMemo(
    () =>
      elements.map(
        (element) => scale?.classes[scale.of(element, meanWK)]?.paint ?? { rgb: [128, 128, 128], pattern: 0 },
      ),
    [elements, scale, meanWK],
  );
  const choose = useCallback((index: number) => setSelected(elements[index]?.id ?? null), [elements]);
  const fail = useCallback(() => setFailed(true), []);
  if (scale === undefined) return null;
  const index = elements.findIndex(({ id }) => id === selected);
  const chosen = elements[index];
  const changed = (next: ReadReport): void => {
    const [before, after] = [value.heatLossWK, next.report.heatLossWK];
    setSaid(
      t({
        fr: `Valeur gardée : les déperditions passent de ${formatQuantity(before, 'fr')} à ${formatQuantity(after, 'fr')}.`,
        en: `Value kept: the heat loss goes from ${formatQuantity(before, 'en')} to ${formatQuantity(after, 'en')}.`,
      }),
    );
    setRead(next);
    onChanged();
  };
  const what = t({
    fr: `Image de l’enveloppe, ${elements.length} éléments, couleur : ${scale.name.fr}. La liste dit la même chose. Flèches pour tourner, + et − pour agrandir et réduire.`,
    en: `Picture of the envelope, ${elements.length} elements, colour: ${scale.name.en}. The list says the same. Arrows turn it, + and − enlarge and reduce it.`,
  });
  return (
    <>
      <p class="quiet">
        {t(pictureText(value))}{' '}
        {t({
          fr: 'Ce qui sépare le chauffé du reste seulement ; travaux faits depuis non compris.',
          en: 'Only what parts the heated from the rest; works done since are not in it.',
        })}
      </p>
      <div class="actions print-hidden">
        <label class="labelled">
          {t({ fr: 'Couleur', en: 'Colour' })}
          <select
            class="field"
            value={scaleId}
            onChange={(event) => setScaleId(event.currentTarget.value as ScaleId)}
          >
            {scales.map(({ id, name }) => (
              <option key={id} value={id}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
        <label class="space-apart">
          <span class="tick-box">
            <input
              type="checkbox"
              checked={apart}
              onChange={(event) => setApart(event.currentTarget.checked)}
            />
          </span>
          {t({ fr: 'Écarter les éléments', en: 'Draw the elements apart' })}
        </label>
      </div>
      <p role="status" class={said === '' ? 'hidden' : 'notice'}>
        {said}
      </p>
      <div class="space" ref={whole}>
        <div>
          {failed || scene === undefined ? (
            <p class="alert" role="status">
              {failed
                ? t({
                    fr: 'Ce navigateur ne dessine pas en 3D (WebGL absent ou coupé). La liste dit tout ce que l’image montrerait.',
                    en: 'This browser draws no 3D (WebGL is missing or turned off). The list says all that the picture would show.',
                  })
                : t({
                    fr: 'Aucun élément n’a de contour connu : la liste dit tout.',
                    en: 'No element has a known outline: the list says it all.',
                  })}
            </p>
          ) : (
            <SpaceCanvas
              scene={scene}
              paints={paints}
              selected={index}
              label={what}
              northDeg={value.turnedDeg}
              onSelect={choose}
              onFailed={fail}
            />
          )}
          <Legend scale={scale} elements={elements} meanWK={meanWK} />
        </div>
        {chosen !== undefined && (
          <ElementPanel
            buildingId={buildingId}
            element={chosen}
            named={value.source === 'ifc'}
            caller={caller}
            read={read}
            onRead={setRead}
            onChanged={changed}
            onClose={() => {
              // Back to the line it was opened from: the next element is a key away.
              whole.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
              setSelected(null);
            }}
          />
        )}
        <ElementList
          elements={elements}
          scale={scale}
          meanWK={meanWK}
          selected={selected}
          onSelect={setSelected}
        />
      </div>
    </>
  );
};

/** The envelope in space, and the list that says the same; loaded when it is opened. */
export const EnvelopeSpace = ({ buildingId, onChanged }: SpaceProps) => {
  const loaded = useSteadyResource('GET /v1/buildings/{id}/elements', { path: { id: buildingId } });
  const caller = useResource('GET /v1/caller');
  return (
    <Pending loaded={loaded}>
      {(value) => (
        <Space
          buildingId={buildingId}
          value={value}
          caller={caller.state === 'ready' ? caller.value : null}
          onChanged={() => {
            loaded.retry();
            onChanged();
          }}
        />
      )}
    </Pending>
  );
};
