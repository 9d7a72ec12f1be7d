import type { Caller } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { type Text, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { type AdminPart, adminHref, guideHref } from '../router.ts';
import { AuditSection } from './audit-section.tsx';
import { InstallationSection } from './installation-section.tsx';
import { JobsSection } from './jobs-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { WebhooksSection } from './webhooks-section.tsx';
import { orItself, permissionText, roleText } from './words.ts';
import './admin.css';
import { midSentence } from '../format.ts';

type Part = { readonly id: AdminPart; readonly name: Text; readonly needs: 'read' | 'administer' };

const parts: readonly Part[] = [
  { id: 'personnes', name: { fr: 'Personnes', en: 'People' }, needs: 'administer' },
  { id: 'cles', name: { fr: 'Clés', en: 'Keys' }, needs: 'administer' },
  { id: 'webhooks', name: { fr: 'Webhooks', en: 'Webhooks' }, needs: 'administer' },
  { id: 'travaux', name: { fr: 'File de travaux', en: 'Queued work' }, needs: 'read' },
  { id: 'journal', name: { fr: 'Journal', en: 'Log' }, needs: 'administer' },
  { id: 'installation', name: { fr: 'Installation', en: 'Installation' }, needs: 'administer' },
];

const Shown = ({ part, caller }: { readonly part: AdminPart; readonly caller: Caller }) => {
  if (part === 'personnes') return <PeopleSection />;
  if (part === 'cles') return <KeysSection />;
  if (part === 'webhooks') return <WebhooksSection />;
  if (part === 'journal') return <AuditSection />;
  if (part === 'installation') return <InstallationSection />;
  return <JobsSection caller={caller} />;
};

/** The part shown, so that the window, a bookmark and a screen reader tell which it is. */
const titleOf = (part: AdminPart | null): Text => {
  const name = parts.find(({ id }) => id === part)?.name;
  return name === undefined
    ? { fr: 'Administration', en: 'Administration' }
    : { fr: `Administration : ${midSentence(name.fr)}`, en: `Administration: ${midSentence(name.en)}` };
};

/** Who enters, what is queued, what is written down: each part shown to those whose role may see it. */
export const AdminPage = ({ part }: { readonly part: AdminPart | null }) => {
  const t = useText();
  const loaded = useResource('GET /v1/caller');
  return (
    <>
      <h1>{t(titleOf(part))}</h1>
      <Pending loaded={loaded}>
        {(caller) => {
          const open = parts.filter(({ needs }) => caller.permissions.includes(needs));
          const [first] = open;
          const shown = open.find(({ id }) => id === part) ?? first;
          return (
            <>
              <p>
                {t({
                  fr: `Vous êtes « ${caller.name} », rôle ${orItself(roleText, caller.role).fr}. Vous pouvez : ${caller.permissions.map((one) => orItself(permissionText, one).fr).join(', ')}.`,
                  en: `You are “${caller.name}”, role ${orItself(roleText, caller.role).en}. You may: ${caller.permissions.map((one) => orItself(permissionText, one).en).join(', ')}.`,
                })}{' '}
                <a href={guideHref}>{t({ fr: 'Premiers pas', en: 'First steps' })}</a>
              </p>
              <nav
                class="parts print-hidden"
                aria-label={t({ fr: 'Parties de l’administration', en: 'Parts of the administration' })}
              >
                {open.map(({ id, name }) => (
                  <a key={id} href={adminHref(id)} aria-current={shown?.id === id ? 'page' : undefined}>
                    {t(name)}
                  </a>
                ))}
              </nav>
              {part !== null && shown?.id !== part && (
                <p class="notice">
                  {t({
                    fr: 'Votre rôle ne montre pas cette partie : demandez-la à un administrateur.',
                    en: 'Your role does not show this part: ask an administrator.',
                  })}
                </p>
              )}
              {shown !== undefined && <Shown part={shown.id} caller={caller} />}
            </>
          );
        }}
      </Pending>
    </>
  );
};
