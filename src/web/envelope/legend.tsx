import type { ThermalElement } from '../../client/names.ts';
import { useText } from '../i18n.ts';
import type { Paint } from './renderer.ts';
import type { Scale } from './scales.ts';

/** The strokes of each pattern of the picture, as they are on a swatch of 24 by 24. */
const strokes: readonly string[] = [
  '',
  'M0 12L12 0M0 24L24 0M12 24L24 12',
  'M0 6L6 0M0 12L12 0M0 18L18 0M0 24L24 0M6 24L24 6M12 24L24 12M18 24L24 18',
  'M0 12L12 0M0 24L24 0M12 24L24 12M0 12L12 24M0 0L24 24M12 0L24 12',
  'M0 6L6 0M0 12L12 0M0 18L18 0M0 24L24 0M6 24L24 6M12 24L24 12M18 24L24 18M0 18L6 24M0 12L12 24M0 6L18 24M0 0L24 24M6 0L24 18M12 0L24 12M18 0L24 6',
  'M0 5H24M0 12H24M0 19H24',
];

const Swatch = ({ rgb, pattern }: Paint) => (
  <svg class="space-swatch" viewBox="0 0 24 24" aria-hidden="true">
    <rect width="24" height="24" fill={`rgb(${rgb.join(' ')})`} />
    <path d={strokes[pattern] ?? ''} stroke="#000" stroke-opacity="0.55" stroke-width="1.6" fill="none" />
  </svg>
);

type LegendProps = {
  readonly scale: Scale;
  readonly elements: readonly ThermalElement[];
  readonly meanWK: number;
};

/** What the colours and patterns of the picture mean, and how many elements have each. */
export const Legend = ({ scale, elements, meanWK }: LegendProps) => {
  const t = useText();
  const counts = scale.classes.map(() => 0);
  for (const element of elements) {
    const at = scale.of(element, meanWK);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return (
    <ul class="space-legend" aria-label={t({ fr: 'Légende', en: 'Legend' })}>
      {scale.classes.map(({ letter, label, paint }, i) =>
        (counts[i] ?? 0) === 0 ? null : (
          <li key={letter}>
            <Swatch {...paint} /> <b>{letter}</b> {t(label)} <span class="quiet">({counts[i]})</span>
          </li>
        ),
      )}
    </ul>
  );
};
