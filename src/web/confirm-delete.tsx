import { useEffect, useRef, useState } from 'preact/hooks';
import type { Building } from '../client/names.ts';
import { useResource } from './client.ts';
import { formatCount } from './format.ts';
import { type Language, type Text, useLanguage, useText } from './i18n.ts';
import { stockHref } from './router.ts';
import { send } from './send.ts';
import { SignedForm } from './signed-form.tsx';

type Props = { readonly building: Building };

/** Names compare as people type them: neither capitals nor spaces at the ends count. */
const same = (typed: string, name: string): boolean =>
  typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();

const counted = (
  count: number,
  [one, many]: readonly [fr: string, fr2: string],
  [oneEn, manyEn]: readonly [en: string, en2: string],
): Text => ({
  fr: `${formatCount(count, 'fr')} ${count > 1 ? many : one}`,
  en: `${formatCount(count, 'en')} ${count === 1 ? oneEn : manyEn}`,
});

/** What deleting a building would lose, and the way to do it for those whose role may decide. */
export const ConfirmDelete = ({ building }: Props) => {
  const t = useText();
  const caller = useResource('GET /v1/caller');
  if (caller.state === 'failed')
    return (
      <p role="alert" class="alert">
        {t(caller.message)}
      </p>
    );
  if (caller.state !== 'ready') return null;
  if (caller.value.permissions.includes('decide')) return <Confirm building={building} />;
  return (
    <p class="quiet">
      {t({
        fr: 'Votre rôle ne permet pas de supprimer un bâtiment : demandez-le à qui peut décider pour le parc.',
        en: 'Your role may not delete a building: ask someone who may decide for the stock.',
      })}
    </p>
  );
};

const Confirm = ({ building }: Props) => {
  const t = useText();
  const language: Language = useLanguage();
  const meters = useResource('GET /v1/buildings/{id}/meters', { path: { id: building.id } });
  const works = useResource('GET /v1/buildings/{id}/works', { path: { id: building.id } });
  const [typed, setTyped] = useState('');
  const [history, setHistory] = useState(false);
  const [gone, setGone] = useState(false);
  if (meters.state === 'failed' || works.state === 'failed')
    return (
      <p role="alert" class="alert">
        {t(
          meters.state === 'failed'
            ? meters.message
            : works.state === 'failed'
              ? works.message
              : building.name,
        )}
      </p>
    );
  if (meters.state !== 'ready' || works.state !== 'ready') return null;
  if (gone) return <Gone name={building.name} />;
  const readings = meters.value.meters.reduce((sum, one) => sum + one.readings, 0);
  const frozen = works.value.reduce((sum, one) => sum + one.baselines.length, 0);
  const proven = works.value.length + frozen > 0;
  const name = building.name[language];
  return (
    <>
      <p>
        {t({
          fr: `Avec « ${building.name.fr} » disparaîtraient, sans retour possible :`,
          en: `With “${building.name.en}” would go, with no way back:`,
        })}
      </p>
      <ul>
        <li>
          {t({
            fr: 'son enveloppe, ses hypothèses et les réponses données, ses scénarios gardés ;',
            en: 'its envelope, its assumptions and the answers given, its saved scenarios;',
          })}
        </li>
        <li>
          {t(counted(meters.value.meters.length, ['compteur', 'compteurs'], ['meter', 'meters']))},{' '}
          {t(counted(readings, ['relevé', 'relevés'], ['reading', 'readings']))}
          {t({ fr: ' et les modèles appris d’eux ;', en: ' and the models learnt from them;' })}
        </li>
        <li>
          {t(
            counted(
              works.value.length,
              ['opération de travaux', 'opérations de travaux'],
              ['set of works', 'sets of works'],
            ),
          )}
          {t({ fr: ' et ', en: ' and ' })}
          {t(
            counted(
              frozen,
              ['référence d’avant travaux', 'références d’avant travaux'],
              ['frozen baseline', 'frozen baselines'],
            ),
          )}
          {proven &&
            t({
              fr: ' : la preuve des économies mesurées',
              en: ': the proof of the savings measured',
            })}
          .
        </li>
      </ul>
      <p class="quiet">
        {t({
          fr: 'Les programmes déjà calculés continuent de le nommer ; la décision reste au journal.',
          en: 'Programmes computed before keep naming it; the decision stays in the log.',
        })}
      </p>
      <SignedForm
        action={{ fr: 'Supprimer définitivement', en: 'Delete for good' }}
        send={(reason) =>
          same(typed, name)
            ? send('DELETE /v1/buildings/{id}', {
                path: { id: building.id },
                body: { reason, withHistory: history },
              })
            : Promise.resolve({
                ok: false,
                code: 'name-not-typed',
                message: {
                  fr: `Rien n’est supprimé : écrivez « ${building.name.fr} » pour confirmer.`,
                  en: `Nothing is deleted: write “${building.name.en}” to confirm.`,
                },
              })
        }
        onDone={() => setGone(true)}
      >
        <label class="labelled">
          {t({
            fr: `Pour confirmer, écrivez le nom du bâtiment : ${building.name.fr}`,
            en: `To confirm, write the name of the building: ${building.name.en}`,
          })}
          <input
            class="field"
            type="text"
            autocomplete="off"
            required
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        {proven && (
          <label>
            <input
              type="checkbox"
              required
              checked={history}
              onChange={(event) => setHistory(event.currentTarget.checked)}
            />{' '}
            {t({
              fr: 'Je sais que la preuve des économies sera perdue',
              en: 'I know that the proof of the savings will be lost',
            })}
          </label>
        )}
      </SignedForm>
    </>
  );
};

const Gone = ({ name }: { readonly name: Text }) => {
  const t = useText();
  const told = useRef<HTMLParagraphElement>(null);
  useEffect(() => told.current?.focus(), []);
  return (
    <p ref={told} tabIndex={-1} role="status" class="notice told">
      {t({ fr: `« ${name.fr} » est supprimé. `, en: `“${name.en}” is deleted. ` })}
      <a href={stockHref}>{t({ fr: 'Retour au parc', en: 'Back to the stock' })}</a>
    </p>
  );
};
