import type { Alarm } from '../../api/contract.ts';
import { Figure } from '../figure.tsx';
import { Folded } from '../folded.tsx';
import { type Text, useText } from '../i18n.ts';

const title: Text = { fr: 'Les alertes', en: 'The alarms' };
const excess: Text = { fr: 'Excès', en: 'Excess' };

/** Alarms told at once; the older ones wait behind a key. */
const MOST = 3;

/** What the nightly watch found that the meters take too much of, in words. */
export const AlarmsSection = ({ alarms: all }: { readonly alarms: readonly Alarm[] }) => {
  const t = useText();
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{t(title)}</h2>
      {all.length === 0 ? (
        <p class="quiet">
          {t({
            fr: 'Aucune. Chaque nuit, la veille juge les compteurs par un modèle appris au moins 91 jours plus tôt ; sans lui, ou après des travaux plus récents que lui, elle ne regarde pas.',
            en: 'None. Each night the watch judges the meters by a model learnt at least 91 days before; without one, or after works newer than it, it does not look.',
          })}
        </p>
      ) : (
        <>
          <AlarmsTable alarms={all.slice(0, MOST)} />
          {all.length > MOST && (
            <Folded
              summary={t({
                fr: `Alertes d’avant (${all.length - MOST})`,
                en: `Earlier alarms (${all.length - MOST})`,
              })}
            >
              {() => <AlarmsTable alarms={all.slice(MOST)} />}
            </Folded>
          )}
        </>
      )}
    </section>
  );
};

const AlarmsTable = ({ alarms }: { readonly alarms: readonly Alarm[] }) => {
  const t = useText();
  return (
    <div class="scroll">
      <table class="causes">
        <thead>
          <tr>
            <th scope="col">{t({ fr: 'Compteur', en: 'Meter' })}</th>
            <th scope="col" class="number">
              {t(excess)}
            </th>
            <th scope="col">{t({ fr: 'Ce qui se passe', en: 'What happens' })}</th>
            <th scope="col">{t({ fr: 'Ce qui le montre', en: 'What shows it' })}</th>
          </tr>
        </thead>
        <tbody>
          {alarms.map(({ id, meterId, message, evidence, proof }) => (
            <tr key={id}>
              <th scope="row">{meterId}</th>
              <td class="number">
                <Figure label={excess} quantity={evidence.excessKwh} />
              </td>
              <td class="wrap">{t(message)}</td>
              <td class="wrap">{t(proof)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
