import { useState } from 'preact/hooks';
import type { Rates } from '../../client/names.ts';
import { type Loaded, useResource } from '../client.ts';
import { Figure } from '../figure.tsx';
import { type Text, useText, words } from '../i18n.ts';
import { IntervalPlot } from '../interval-plot.tsx';
import { Pending } from '../pending.tsx';
import { programmeHref } from '../router.ts';
import { LearntDefaults } from './learnt-defaults.tsx';

type Rate = Rates['rates'][number];

const rateLabel: Text = { fr: 'Taux de réalisation', en: 'Realisation rate' };

type SectionProps = {
  /** The measures told; all when left out. */
  readonly measures?: ReadonlySet<string>;
  readonly rates: Loaded<Rates> & { readonly retry: () => void };
};

/** What the stock has learnt of its works: of what is predicted, how much each kind of works delivers. */
export const LearntSection = ({ rates, measures }: SectionProps) => {
  const t = useText();
  return (
    <section aria-labelledby="learnt">
      <h2 id="learnt">{t({ fr: 'Ce que le parc a appris', en: 'What the stock has learnt' })}</h2>
      <Pending loaded={rates}>
        {(value) => (
          <Learnt
            learnt={value}
            rates={value.rates.filter(({ measure }) => measures === undefined || measures.has(measure.id))}
            open={measures !== undefined}
          />
        )}
      </Pending>
      <Pending loaded={rates}>{({ defaults }) => <LearntDefaults defaults={defaults} />}</Pending>
      {measures === undefined && <WhatChanged />}
    </section>
  );
};

const nameOf = ({ measure, family }: Rate): Text =>
  family === null
    ? measure.name
    : {
        fr: `${measure.name.fr}, ${family.name.fr}`,
        en: `${measure.name.en}, ${family.name.en}`,
      };

type LearntProps = { readonly learnt: Rates; readonly rates: readonly Rate[]; readonly open: boolean };

/** Rows drawn at once; the table has them all. */
const MOST_DRAWN = 12;

const Learnt = ({ learnt: { prior, fewestDwellings }, rates, open }: LearntProps) => {
  const t = useText();
  if (rates.length === 0)
    return (
      <p class="not-evaluated block">
        {t({
          fr: `Rien encore : aucun de ces travaux n’a de résultat recevable dont un taux puisse être dit (il faut ${fewestDwellings} logements au moins pour que nul ne soit reconnu). Les scénarios comptent avec le taux livré avec l’outil.`,
          en: `Nothing yet: none of these works has an admissible result of which a rate may be told (at least ${fewestDwellings} dwellings are needed so that nobody is recognised). Scenarios count with the rate shipped with the tool.`,
        })}
      </p>
    );
  const drawn = rates.filter(({ family }) => family === null);
  return (
    <>
      <p>
        {t({
          fr: 'De ce que le jumeau prédit, voici la part que chaque geste donne vraiment dans ce parc. Le trait fin est ce que l’outil supposait avant tout résultat ; peu de cas, et l’intervalle reste large. Tout nouveau scénario compte avec ces taux.',
          en: 'Of what the twin predicts, this is the part that each measure really delivers in this stock. The thin line is what the tool assumed before any result; with few cases the interval stays wide. Every new scenario counts with these rates.',
        })}
      </p>
      <IntervalPlot
        rows={(drawn.length > 0 ? drawn : rates)
          .slice(0, MOST_DRAWN)
          .map((one) => ({ label: t(nameOf(one)), quantity: one.rate, ghost: prior }))}
        summary={t({
          fr: `Taux de réalisation appris, avec leur intervalle à 90 %, à côté de ce qui était supposé avant.`,
          en: `Realisation rates learnt, with their 90 % interval, beside what was assumed before.`,
        })}
      />
      <RatesTable rates={rates} prior={prior} open={open} />
    </>
  );
};

type TableProps = {
  readonly rates: readonly Rate[];
  readonly prior: Rates['prior'];
  readonly open: boolean;
};

/** The same in words; behind one key where there are many. */
const RatesTable = ({ rates, prior, open }: TableProps) => {
  const t = useText();
  const [asked, setAsked] = useState(open);
  return (
    <details open={asked} onToggle={(event) => setAsked(event.currentTarget.open)}>
      <summary>{t(words.table)}</summary>
      {asked && (
        <div class="scroll">
          <table
            aria-label={t({
              fr: 'Taux de réalisation appris par geste',
              en: 'Realisation rates learnt by measure',
            })}
          >
            <thead>
              <tr>
                <th scope="col">{t({ fr: 'Geste', en: 'Measure' })}</th>
                <th scope="col">{t({ fr: 'Bâtiments', en: 'Buildings' })}</th>
                <th scope="col" class="number">
                  {t({ fr: 'Cas', en: 'Cases' })}
                </th>
                <th scope="col" class="number">
                  {t({ fr: 'Taux appris', en: 'Rate learnt' })}
                </th>
              </tr>
            </thead>
            <tbody>
              {rates.map(({ measure, family, cases, rate }) => (
                <tr key={`${measure.id} ${family?.id ?? ''}`}>
                  <th scope="row">{t(measure.name)}</th>
                  <td>{t(family?.name ?? { fr: 'tous', en: 'all' })}</td>
                  <td class="number">{cases}</td>
                  <td class="number">
                    <Figure label={rateLabel} quantity={rate} />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t({ fr: 'Supposé avant tout cas', en: 'Assumed before any case' })}</th>
                <td />
                <td class="number">0</td>
                <td class="number">
                  <Figure label={rateLabel} quantity={prior} />
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </details>
  );
};

/** The programmes that what was learnt has made old, each with what has moved. */
const WhatChanged = () => {
  const t = useText();
  const programmes = useResource('GET /v1/programmes');
  if (programmes.state !== 'ready') return null;
  const stale = programmes.value.filter((one) => one.stale !== null);
  return (
    <>
      <h3>{t({ fr: 'Ce que cela a changé', en: 'What it changed' })}</h3>
      {stale.length === 0 ? (
        <p>
          {t({
            fr: 'Aucun programme gardé n’emploie un taux qui a bougé depuis.',
            en: 'No programme kept uses a rate that has moved since.',
          })}
        </p>
      ) : (
        <ul>
          {stale.map((one) => (
            <li key={one.id}>
              <a href={programmeHref(one.id)}>
                {t({ fr: `Programme n° ${one.id}`, en: `Programme no. ${one.id}` })}
              </a>
              {one.stale !== null && (
                <>
                  {t(words.colon)}
                  {t(one.stale)}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
