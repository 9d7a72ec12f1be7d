import { useState } from 'preact/hooks';
import type { LiveModel, LiveModels } from '../../client/names.ts';
import type { Loaded } from '../client.ts';
import { formatDay, formatNumber } from '../format.ts';
import { modelText, type Text, useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';

const statusText: Readonly<Record<LiveModel['status'], Text>> = {
  current: { fr: 'en vigueur', en: 'in force' },
  candidate: { fr: 'candidat, non retenu', en: 'candidate, kept out' },
  retired: { fr: 'retiré', en: 'retired' },
  frozen: { fr: 'référence gelée', en: 'frozen baseline' },
};

/** Models told at once; the whole history is in the file of the meter. */
const MOST = 8;

/** The live models of a meter: the one in force, the candidates beside it, why, and the way back. */
export const ModelsSection = ({
  meterId,
  models,
}: {
  readonly meterId: string;
  readonly models: Loaded<LiveModels> & { readonly retry: () => void };
}) => {
  const t = useText();
  const language = useLanguage();
  return (
    <section aria-labelledby="models">
      <h2 id="models">
        {t({ fr: 'Le modèle qui suit le compteur', en: 'The model that follows the meter' })}
      </h2>
      <Pending loaded={models}>
        {({ models: all }) => {
          const live = all.filter(({ role }) => role === 'live');
          const current = live.find(({ status }) => status === 'current');
          return (
            <>
              <p>
                {current === undefined
                  ? t({
                      fr: 'Aucun modèle en vigueur : le prochain réentraînement en proposera un.',
                      en: 'No model in force: the next retraining will propose one.',
                    })
                  : t({
                      fr: `Le modèle n° ${current.id} est en vigueur${current.last === null ? '' : ` depuis le ${formatDay(current.last.at.slice(0, 10), 'fr')}`}. ${current.last === null ? '' : `${current.last.said.fr} `}La référence gelée, elle, ne bouge pas.`,
                      en: `Model no. ${current.id} is in force${current.last === null ? '' : ` since ${formatDay(current.last.at.slice(0, 10), 'en')}`}. ${current.last === null ? '' : `${current.last.said.en} `}The frozen baseline never moves.`,
                    })}
              </p>
              {live.length > 0 && (
                // Nothing in it takes the focus, so the frame does: a keyboard must be able to scroll it.
                <div class="scroll" role="group" aria-labelledby="models" tabIndex={0}>
                  <table aria-label={t({ fr: 'Les modèles du compteur', en: 'The models of the meter' })}>
                    <thead>
                      <tr>
                        <th scope="col">{t({ fr: 'Modèle', en: 'Model' })}</th>
                        <th scope="col">{t({ fr: 'Jours appris', en: 'Days learnt' })}</th>
                        <th scope="col" class="number">
                          {t({ fr: 'Écart type', en: 'Spread' })}
                        </th>
                        <th scope="col">{t({ fr: 'État', en: 'State' })}</th>
                        <th scope="col">{t({ fr: 'Pourquoi', en: 'Why' })}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {live.slice(0, MOST).map((one) => (
                        <tr key={one.id}>
                          <th scope="row">
                            {t({ fr: `n° ${one.id}`, en: `no. ${one.id}` })}
                            <small class="doubt">{t(kindOf(one))}</small>
                          </th>
                          <td>
                            {formatDay(one.window.from, language)} – {formatDay(one.window.to, language)}
                          </td>
                          <td class="number">
                            {one.cvRmse === null ? '—' : `${formatNumber(one.cvRmse, language)}\u00a0%`}
                          </td>
                          <td>
                            <span class={`status ${one.status}`}>{t(statusText[one.status])}</span>
                          </td>
                          <td class="wrap">
                            {one.last !== null && (
                              <>
                                {t(one.last.said)} <span class="quiet">({one.last.by})</span>
                              </>
                            )}
                            {one.stale !== null && <span class="doubt">{t(one.stale)}</span>}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
              {current !== undefined && live.some(({ status }) => status === 'retired') && (
                <RollBack meterId={meterId} onChange={models.retry} />
              )}
            </>
          );
        }}
      </Pending>
    </section>
  );
};

const kindOf = ({ kind }: LiveModel): Text =>
  kind === null ? unreadable : (modelText[kind] ?? { fr: kind, en: kind });

const unreadable: Text = { fr: 'd’une version illisible', en: 'of a version that cannot be read' };

/** The model before comes back at once; the one in force stays loadable. */
const RollBack = ({ meterId, onChange }: { readonly meterId: string; readonly onChange: () => void }) => {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <details class="print-hidden" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t({ fr: 'Revenir au modèle précédent', en: 'Go back to the model before' })}</summary>
      {open && (
        <SignedForm
          action={{
            fr: 'Remettre le modèle précédent en vigueur',
            en: 'Put the model before in force again',
          }}
          send={(reason) =>
            send('POST /v1/meters/{id}/models/rollback', { path: { id: meterId }, body: { reason } })
          }
          onDone={() => {
            setOpen(false);
            onChange();
          }}
        />
      )}
    </details>
  );
};
