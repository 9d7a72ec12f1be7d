import { useState } from 'preact/hooks';
import type { ThermalElement } from '../../client/names.ts';
import { formatNumber } from '../format.ts';
import { useLanguage, useText } from '../i18n.ts';
import { placeText } from './element-names.ts';
import type { Scale } from './scales.ts';

/** Rows shown at first, and more at a time: a page stays light with thousands of elements. */
const STEP = 10;

type ListProps = {
  readonly elements: readonly ThermalElement[];
  readonly scale: Scale;
  readonly meanWK: number;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
};

/** The picture in words: each element with the class that its colour says, to be chosen by the keyboard. */
export const ElementList = ({ elements, scale, meanWK, selected, onSelect }: ListProps) => {
  const t = useText();
  const language = useLanguage();
  const [count, setCount] = useState(STEP);
  const visible = elements.slice(0, count);
  const missing = elements.filter(({ faces }) => faces.length === 0).length;
  return (
    <div>
      <div class="scroll">
        <table class="space-list">
          <caption>
            {t({
              fr: `Les mêmes éléments en mots, du plus déperditif au moins déperditif (${visible.length} sur ${elements.length})`,
              en: `The same elements in words, from the largest loss down (${visible.length} of ${elements.length})`,
            })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t({ fr: 'Élément', en: 'Element' })}</th>
              <th scope="col">{t(scale.name)}</th>
              {['m²', 'U', 'W/K'].map((unit) => (
                <th key={unit} scope="col" class="number">
                  {unit}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.map((element) => {
              const own = scale.classes[scale.of(element, meanWK)];
              return (
                <tr key={element.id} class={element.id === selected ? 'chosen' : undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      class="plain"
                      aria-pressed={element.id === selected}
                      onClick={() => onSelect(element.id)}
                    >
                      {t(placeText(element))}
                    </button>
                  </th>
                  <td>{own !== undefined && `${own.letter} · ${t(own.label)}`}</td>
                  <td class="number">{formatNumber(element.areaNetM2, language)}</td>
                  <td class="number">{formatNumber(element.u.value, language)}</td>
                  <td class="number">{formatNumber(element.lossWK, language)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {count < elements.length && (
        <button type="button" class="plain print-hidden" onClick={() => setCount(count + 2 * STEP)}>
          {t({
            fr: `En montrer ${Math.min(2 * STEP, elements.length - count)} de plus`,
            en: `Show ${Math.min(2 * STEP, elements.length - count)} more`,
          })}
        </button>
      )}
      {missing > 0 && (
        <p class="quiet">
          {t({
            fr: `${missing} élément${missing > 1 ? 's' : ''} sans place connue dans le fichier : dans cette liste, pas sur l’image.`,
            en: `${missing} element${missing > 1 ? 's' : ''} whose place the file does not tell: in this list, not in the picture.`,
          })}
        </p>
      )}
    </div>
  );
};
