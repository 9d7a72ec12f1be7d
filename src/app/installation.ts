import { message, type Message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { AuditVerification, Installation } from './people-views.ts';
import { defaultRetentionDays, fewestDwellings, leastReporting } from './privacy.ts';
import { defaultSettings, settingsSummary } from './settings.ts';
import { programVersion } from './version.ts';

const meanings: Readonly<Record<string, Message>> = {
  DATABASE_URL: message('où sont les données', 'where the data are'),
  LOG_LEVEL: message('ce que le journal du serveur écrit', 'what the log of the server writes'),
  STACOPTIM_RETENTION_DAYS: message(
    'jours de conservation des relevés de logements',
    'days that readings of dwellings are kept',
  ),
  STACOPTIM_WEBHOOK_ALLOW: message(
    'réseaux privés où des changements peuvent être envoyés',
    'private networks that changes may be sent to',
  ),
  STACOPTIM_SECRET_KEY: message(
    'ce qui scelle les secrets des webhooks dans la base',
    'what seals the secrets of webhooks in the database',
  ),
  STACOPTIM_METRICS_TOKEN: message('ce qui protège /metrics', 'what guards /metrics'),
  STACOPTIM_JOBS: message(
    'si le serveur fait lui-même les travaux en file',
    'whether the server does the queued work itself',
  ),
  STACOPTIM_NIGHT: message(
    'heure à laquelle le serveur fait la nuit du parc',
    'when the server does the night of the stock',
  ),
  STACOPTIM_REQUESTS_PER_MINUTE: message(
    'demandes d’une même adresse, au plus, en une minute',
    'most requests of one address in a minute',
  ),
  STACOPTIM_OIDC_ISSUER: message('où les personnes se connectent', 'where people sign in'),
  STACOPTIM_OIDC_CLIENT_ID: message(
    'le nom de cette installation chez le service d’identité',
    'the name of this installation at the identity provider',
  ),
  STACOPTIM_OIDC_CLIENT_SECRET: message(
    'ce qui la prouve au service d’identité',
    'what proves it to the identity provider',
  ),
  STACOPTIM_OIDC_REDIRECT: message('où la connexion revient', 'where signing in comes back to'),
  STACOPTIM_OIDC_CLAIM: message('ce qui donne les rôles', 'what gives the roles'),
  STACOPTIM_OIDC_ROLES: message('quel groupe donne quel rôle', 'which group gives which role'),
  OTEL_EXPORTER_OTLP_ENDPOINT: message('où vont les traces', 'where the traces go'),
};

/**
 * What this installation is set to, without a secret. The roles are those of the door, which knows them. Never fails.
 */
export const viewInstallation = async (
  { store, settings = defaultSettings }: AppContext,
  roles: Installation['roles'],
): Promise<Result<Installation>> => {
  const organisations = await store.identities.organisations();
  return ok({
    version: programVersion,
    organisation: organisations.find(({ id }) => id === store.organisationId)?.name ?? '',
    settings: settingsSummary(settings).map((line) => {
      const [name = '', ...value] = line.split('=');
      return { name, value: value.join('='), meaning: meanings[name] ?? message('', '') };
    }),
    retentionDays: settings.retentionDays ?? defaultRetentionDays,
    displayGroup: { fewestDwellings, leastReporting },
    roles,
  });
};

/**
 * Computes the chain of the organisation's audit log again. Never fails: where the chain is broken is in the answer.
 */
export const verifyAudit = async ({ store }: AppContext): Promise<Result<AuditVerification>> => {
  const { lines, head, brokenAt } = await store.audit.verify();
  return ok({ lines, head, brokenAt: brokenAt ?? null });
};
