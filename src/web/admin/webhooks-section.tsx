import { useState } from 'preact/hooks';
import type { Webhook, WebhookTest, WebhookWithSecret } from '../../client/names.ts';
import { useResource, useSteadyResource } from '../client.ts';
import { Folded } from '../folded.tsx';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { send } from '../send.ts';
import { AdminForm, DoButton, Field, SureButton, ToldOnce } from './parts.tsx';
import { formatInstant, orItself, stateText } from './words.ts';
import { formatCount } from '../format.ts';

const Attempts = ({ id }: { readonly id: number }) => {
  const t = useText();
  const language = useLanguage();
  const attempts = useResource('GET /v1/webhooks/{id}/attempts', { path: { id } });
  return (
    <Pending loaded={attempts}>
      {(list) =>
        list.length === 0 ? (
          <p>{t({ fr: 'Rien n’a encore été envoyé.', en: 'Nothing was sent yet.' })}</p>
        ) : (
          <ul>
            {list.slice(0, 20).map((one) => (
              <li key={`${one.deliveryId} ${one.attempt}`}>
                {formatInstant(one.at, language)} ·{' '}
                {t({
                  fr: `${one.changes} changement${one.changes > 1 ? 's' : ''}, essai ${one.attempt}`,
                  en: `${one.changes} change${one.changes === 1 ? '' : 's'}, attempt ${one.attempt}`,
                })}{' '}
                · {one.error ?? `${t({ fr: 'reçu', en: 'received' })} (${one.status ?? ''})`}
              </li>
            ))}
          </ul>
        )
      }
    </Pending>
  );
};

const testText = ({ received, status, error, durationMs }: WebhookTest): Text => {
  const answered = status === null ? '' : ` (${status})`;
  return received
    ? {
        fr: `Essai reçu${answered} en ${formatCount(durationMs, 'fr')} ms.`,
        en: `Test received${answered} in ${formatCount(durationMs, 'en')} ms.`,
      }
    : {
        fr: `Essai non reçu : ${error ?? ''}${answered}. Vérifiez l’adresse et ce qui y écoute.`,
        en: `Test not received: ${error ?? ''}${answered}. Check the address and what listens there.`,
      };
};

const Receiver = ({ hook, onChanged }: { readonly hook: Webhook; readonly onChanged: () => void }) => {
  const t = useText();
  const [tested, setTested] = useState<WebhookTest | null>(null);
  const [told, setTold] = useState<WebhookWithSecret | null>(null);
  return (
    <li class="receiver">
      <h3>{hook.url}</h3>
      <p>
        {t(orItself(stateText, hook.state))} ·{' '}
        {hook.kinds === null ? t({ fr: 'tous les changements', en: 'every change' }) : hook.kinds.join(', ')}{' '}
        ·{' '}
        {t({
          fr: `reçu jusqu’à la position ${hook.receivedTo}`,
          en: `received up to position ${hook.receivedTo}`,
        })}
        {hook.failedAttempts > 0 &&
          t({
            fr: ` · ${hook.failedAttempts} essais sans réponse`,
            en: ` · ${hook.failedAttempts} attempts without an answer`,
          })}
      </p>
      <div class="actions">
        <DoButton
          label={{ fr: 'Essayer', en: 'Test' }}
          about={hook.url}
          act={async () => {
            const outcome = await send('POST /v1/webhooks/{id}/test', { path: { id: hook.id } });
            if (outcome.ok) setTested(outcome.value);
            return outcome;
          }}
          onDone={() => {}}
        />
        <DoButton
          label={{ fr: 'Renvoyer maintenant', en: 'Resend now' }}
          about={hook.url}
          act={() => send('POST /v1/webhooks/{id}/resumption', { path: { id: hook.id } })}
          onDone={onChanged}
        />
        <DoButton
          label={{ fr: 'Changer le secret', en: 'Rotate the secret' }}
          about={hook.url}
          act={async () => {
            const outcome = await send('POST /v1/webhooks/{id}/rotation', {
              path: { id: hook.id },
              body: {},
            });
            if (outcome.ok) setTold(outcome.value);
            return outcome;
          }}
          onDone={() => {}}
        />
        <SureButton
          label={{ fr: 'Retirer', en: 'Remove' }}
          about={hook.url}
          question={{ fr: 'Retirer ce récepteur ?', en: 'Remove this receiver?' }}
          act={() => send('DELETE /v1/webhooks/{id}', { path: { id: hook.id } })}
          onDone={onChanged}
        />
      </div>
      {tested !== null && (
        <p role="status" class="notice">
          {t(testText(tested))}
        </p>
      )}
      {told !== null && <ToldOnce what={{ fr: 'Nouveau secret.', en: 'New secret.' }} value={told.secret} />}
      <Folded summary={t({ fr: 'Envois', en: 'Deliveries' })}>{() => <Attempts id={hook.id} />}</Folded>
    </li>
  );
};

/** Receivers of changes: registered, tried, followed, resumed. */
export const WebhooksSection = () => {
  const t = useText();
  const hooks = useSteadyResource('GET /v1/webhooks');
  const [url, setUrl] = useState('');
  const [told, setTold] = useState<WebhookWithSecret | null>(null);
  const add = async () => {
    const outcome = await send('POST /v1/webhooks', { body: { url } });
    if (outcome.ok) {
      setTold(outcome.value);
      setUrl('');
      hooks.retry();
    }
    return outcome;
  };
  return (
    <section aria-labelledby="webhooks">
      <h2 id="webhooks">{t({ fr: 'Webhooks', en: 'Webhooks' })}</h2>
      <AdminForm action={{ fr: 'Ajouter un récepteur', en: 'Add a receiver' }} send={add}>
        <Field
          label={{ fr: 'Adresse qui reçoit les changements', en: 'Address that receives changes' }}
          value={url}
          onChange={setUrl}
          keys="url"
        />
      </AdminForm>
      {told !== null && (
        <ToldOnce
          what={{
            fr: `Secret qui signe les envois à ${told.url}.`,
            en: `Secret that signs what is sent to ${told.url}.`,
          }}
          value={told.secret}
        />
      )}
      <Pending loaded={hooks}>
        {(list) =>
          list.length === 0 ? (
            <p>
              {t({
                fr: 'Aucun récepteur. Un autre système peut recevoir chaque changement, signé, dans l’ordre.',
                en: 'No receiver. Another system can get each change, signed, in order.',
              })}
            </p>
          ) : (
            <ul class="receivers">
              {list.map((hook) => (
                <Receiver key={hook.id} hook={hook} onChanged={hooks.retry} />
              ))}
            </ul>
          )
        }
      </Pending>
    </section>
  );
};
