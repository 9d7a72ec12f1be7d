import type { Quantity, Scenario } from '../client/names.ts';
import { Figure } from './figure.tsx';
import { formatInterval, formatPercent } from './format.ts';
import { type Text, useLanguage, useText, words } from './i18n.ts';

type PaybackProps = {
  readonly label: Text;
  readonly years: Quantity | null;
  readonly within: Scenario['paybackWithin'];
};

/** Years until something is paid back; "never" is an answer of its own, with the chance of the contrary. */
export const Payback = ({ label, years, within }: PaybackProps) => {
  const t = useText();
  const language = useLanguage();
  if (within === null) return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  const { chance, withinYears, openEnded } = within;
  const percent = formatPercent(chance, language);
  if (years === null)
    return (
      <>
        {t({ fr: `jamais en ${withinYears} ans`, en: `never within ${withinYears} years` })}{' '}
        <small>
          {t({ fr: `(${percent} de chances du contraire)`, en: `(${percent} chance that it is)` })}
        </small>
      </>
    );
  if (!openEnded) return <Figure label={label} quantity={years} />;
  const [low] = formatInterval(years, language).split(/–| … /u);
  return (
    <>
      <Figure label={label} quantity={years} interval={false} />{' '}
      <small>
        {t({
          fr: `(${low} à jamais ; ${percent} de chances en ${withinYears} ans)`,
          en: `(${low} to never; ${percent} chance within ${withinYears} years)`,
        })}
      </small>
    </>
  );
};
