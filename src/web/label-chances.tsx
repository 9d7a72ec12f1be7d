import { Fragment } from 'preact';
import type { DpeLabel } from '../client/names.ts';
import { formatPercent } from './format.ts';
import { type Text, useLanguage, useText } from './i18n.ts';

type Letter = keyof DpeLabel['chances'];
type Chance = { readonly letter: Letter; readonly chance: number };

/** Chances under one in a hundred are rounding, not news. */
const LEAST_SHOWN = 0.005;
/** A building is called lettable up to the first ban that it more likely than not falls under. */
const MORE_LIKELY = 0.5;

const likeliest = ({ chances }: DpeLabel): Chance[] =>
  (Object.entries(chances) as [Letter, number][])
    .map(([letter, chance]) => ({ letter, chance }))
    .filter(({ chance }) => chance >= LEAST_SHOWN)
    .toSorted((left, right) => right.chance - left.chance);

export const notACertificate: Text = { fr: 'estimation, pas un DPE', en: 'an estimate, not a DPE' };

/** `D 62 %, E 35 %`, each letter on its official colour. */
export const LabelChances = ({ label }: { readonly label: DpeLabel }) => {
  const language = useLanguage();
  return (
    <span class="label-chances">
      {likeliest(label).map(({ letter, chance }, index) => (
        <Fragment key={letter}>
          {index > 0 && ' '}
          <span class={`dpe dpe-${letter}`}>{letter}</span>
          {`\u00a0${formatPercent(chance, language)}`}
        </Fragment>
      ))}
    </span>
  );
};

/** Until when the dwelling may be let anew, and how surely. */
export const LegalUntil = ({ label }: { readonly label: DpeLabel }) => {
  const t = useText();
  const language = useLanguage();
  const ban = label.bans.find(({ chanceLegal }) => chanceLegal < MORE_LIKELY);
  const last = label.bans.at(-1);
  const year = (from: string): number => Number(from.slice(0, 4));
  if (ban !== undefined)
    return (
      <>
        {ban.from <= label.day
          ? t({ fr: `interdit depuis ${year(ban.from)}`, en: `banned since ${year(ban.from)}` })
          : t({ fr: `fin ${year(ban.from) - 1}`, en: `end of ${year(ban.from) - 1}` })}
        <small>
          {' '}
          {t({
            fr: `(au-delà : ${formatPercent(ban.chanceLegal, language)} de chances)`,
            en: `(beyond: a ${formatPercent(ban.chanceLegal, language)} chance)`,
          })}
        </small>
      </>
    );
  return (
    <>
      {t({ fr: 'sans terme connu', en: 'no known end' })}
      {last !== undefined && (
        <small>
          {' '}
          {t({
            fr: `(${formatPercent(last.chanceLegal, language)} de chances après ${year(last.from) - 1})`,
            en: `(a ${formatPercent(last.chanceLegal, language)} chance after ${year(last.from) - 1})`,
          })}
        </small>
      )}
    </>
  );
};
