import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import {
  grantsSchema,
  type OidcSettings,
  redirectSchema,
  returnPath,
  safeAddressSchema,
} from './oidc/settings.ts';

/** A network as `10.0.0.0/8`, `fd00::/8` or one address. */
const networkSchema = z.string().refine((text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
});

const listSchema = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(z.array(networkSchema));

/** `name=value,name=value`, values as in an address (OpenTelemetry, environment variables). */
const headersSchema = z
  .string()
  .regex(/^\s*[\w-]+=[^,]*(,\s*[\w-]+=[^,]*)*$/)
  .transform((text, issues) => {
    try {
      return Object.fromEntries(
        text.split(',').map((part): [string, string] => {
          const at = part.indexOf('=');
          return [part.slice(0, at).trim(), decodeURIComponent(part.slice(at + 1).trim())];
        }),
      );
    } catch {
      issues.addIssue({ code: 'custom' });
      return z.NEVER;
    }
  });

/** A time of day, as hour and minute. */
const timeOfDaySchema = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/)
  .transform((text): readonly [hour: number, minute: number] => {
    const [hour, minute] = text.split(':').map(Number);
    return [hour ?? 0, minute ?? 0];
  });

/** What the environment may set; empty is as good as absent. */
const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  STACOPTIM_LANG: z.enum(['fr', 'en']).optional(),
  STACOPTIM_RETENTION_DAYS: z.coerce.number().int().min(1).optional(),
  STACOPTIM_WEBHOOK_ALLOW: listSchema.optional(),
  STACOPTIM_SECRET_KEY: z.string().min(32).optional(),
  STACOPTIM_METRICS_TOKEN: z.string().min(20).optional(),
  STACOPTIM_JOBS: z.enum(['on', 'off']).optional(),
  STACOPTIM_NIGHT: timeOfDaySchema.optional(),
  STACOPTIM_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  STACOPTIM_OIDC_ISSUER: safeAddressSchema.optional(),
  STACOPTIM_OIDC_CLIENT_ID: z.string().max(500).optional(),
  STACOPTIM_OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
  STACOPTIM_OIDC_REDIRECT: redirectSchema.optional(),
  STACOPTIM_OIDC_CLAIM: z.string().max(200).optional(),
  STACOPTIM_OIDC_ROLES: grantsSchema.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headersSchema.optional(),
  OTEL_SERVICE_NAME: z.string().max(200).optional(),
});

const expected: Readonly<Record<keyof z.infer<typeof environmentSchema>, { fr: string; en: string }>> = {
  DATABASE_URL: { fr: 'une adresse postgres://…', en: 'an address postgres://…' },
  STACOPTIM_NIGHT: { fr: 'une heure du jour (02:15)', en: 'a time of day (02:15)' },
  LOG_LEVEL: { fr: 'un niveau (warn, info…)', en: 'a level (warn, info…)' },
  STACOPTIM_LANG: { fr: 'fr ou en', en: 'fr or en' },
  STACOPTIM_RETENTION_DAYS: { fr: 'un nombre entier de jours', en: 'a whole number of days' },
  STACOPTIM_WEBHOOK_ALLOW: {
    fr: 'des réseaux séparés par des virgules (10.0.0.0/8,192.168.1.7)',
    en: 'networks with commas between (10.0.0.0/8,192.168.1.7)',
  },
  STACOPTIM_SECRET_KEY: { fr: 'au moins 32 caractères', en: 'at least 32 characters' },
  STACOPTIM_METRICS_TOKEN: { fr: 'au moins 20 caractères', en: 'at least 20 characters' },
  STACOPTIM_JOBS: { fr: 'on ou off', en: 'on or off' },
  OTEL_EXPORTER_OTLP_ENDPOINT: { fr: 'une adresse http(s)://…', en: 'an address http(s)://…' },
  OTEL_EXPORTER_OTLP_HEADERS: { fr: 'nom=valeur,nom=valeur', en: 'name=value,name=value' },
  OTEL_SERVICE_NAME: { fr: 'un nom', en: 'a name' },
  STACOPTIM_REQUESTS_PER_MINUTE: { fr: 'un nombre entier de demandes', en: 'a whole number of requests' },
  STACOPTIM_OIDC_ISSUER: {
    fr: 'l’adresse https du service d’identité (http sur cet ordinateur)',
    en: 'the https address of the identity provider (http on this computer)',
  },
  STACOPTIM_OIDC_CLIENT_ID: { fr: 'au plus 500 caractères', en: 'at most 500 characters' },
  STACOPTIM_OIDC_CLIENT_SECRET: { fr: 'au plus 2 000 caractères', en: 'at most 2,000 characters' },
  STACOPTIM_OIDC_REDIRECT: {
    fr: `l’adresse https de cette installation, suivie de ${returnPath}`,
    en: `the https address of this installation, then ${returnPath}`,
  },
  STACOPTIM_OIDC_CLAIM: { fr: 'au plus 200 caractères', en: 'at most 200 characters' },
  STACOPTIM_OIDC_ROLES: {
    fr: 'valeur=role;valeur=role@organisation (rôles : viewer, engineer, manager, administrator)',
    en: 'value=role;value=role@organisation (roles: viewer, engineer, manager, administrator)',
  },
};

/** Where traces are sent, and under which name. */
export type TraceSettings = {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
};

/** What an installation is set to, checked once at the start. */
export type Settings = {
  readonly databaseUrl?: string;
  readonly logLevel: string;
  readonly retentionDays?: number;
  /** Networks to which changes may be sent although they are not public. */
  readonly webhookNetworks: readonly string[];
  /** What secrets that must be read again are sealed with in the database. */
  readonly secretKey?: string;
  readonly metricsToken?: string;
  /** Whether the server works off jobs by itself, or leaves them to `stacoptim work`. */
  readonly runsJobs: boolean;
  /** When the night is put into the queue each day, local to this computer; left to cron without it. */
  readonly nightAt?: readonly [hour: number, minute: number];
  /** Most requests of one address in a minute. */
  readonly requestsPerMinute: number;
  /** Where people sign in; by links alone without it. */
  readonly oidc?: OidcSettings;
  readonly traces?: TraceSettings;
};

export const defaultSettings: Settings = {
  logLevel: 'warn',
  webhookNetworks: [],
  runsJobs: true,
  requestsPerMinute: 6000,
};

/** Sign-in is set whole or not at all. Fails with `setting-invalid`. */
const oidcOf = (read: z.infer<typeof environmentSchema>): Result<OidcSettings | undefined> => {
  const needed = {
    STACOPTIM_OIDC_ISSUER: read.STACOPTIM_OIDC_ISSUER,
    STACOPTIM_OIDC_CLIENT_ID: read.STACOPTIM_OIDC_CLIENT_ID,
    STACOPTIM_OIDC_REDIRECT: read.STACOPTIM_OIDC_REDIRECT,
    STACOPTIM_OIDC_ROLES: read.STACOPTIM_OIDC_ROLES,
  };
  if (Object.values(needed).every((value) => value === undefined)) return ok(undefined);
  const { STACOPTIM_OIDC_ISSUER: issuer, STACOPTIM_OIDC_CLIENT_ID: clientId } = needed;
  const { STACOPTIM_OIDC_REDIRECT: redirectUri, STACOPTIM_OIDC_ROLES: grants } = needed;
  if (issuer === undefined || clientId === undefined || redirectUri === undefined || grants === undefined) {
    const missing = Object.entries(needed).find(([, value]) => value === undefined)?.[0] ?? '';
    return failure(
      'setting-missing',
      `La connexion par un service d’identité demande aussi la variable d’environnement ${missing}.`,
      `Signing in at an identity provider needs the environment variable ${missing} too.`,
      { field: missing },
    );
  }
  const secret = read.STACOPTIM_OIDC_CLIENT_SECRET;
  return ok({
    issuer,
    clientId,
    redirectUri,
    grants,
    claim: read.STACOPTIM_OIDC_CLAIM ?? 'groups',
    ...(secret === undefined ? {} : { clientSecret: secret }),
  });
};

/** Reads the settings of an environment. Fails with `setting-missing` and `setting-invalid`, whose sentence never repeats the value. */
export const settingsOf = (environment: NodeJS.ProcessEnv): Result<Settings> => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '') as keyof typeof expected;
    return failure(
      'setting-invalid',
      `La variable d’environnement ${name} attend ${expected[name].fr}.`,
      `The environment variable ${name} takes ${expected[name].en}.`,
      { field: name },
    );
  }
  const read = parsed.data;
  const oidc = oidcOf(read);
  if (!oidc.ok) return oidc;
  return ok({
    logLevel: read.LOG_LEVEL ?? defaultSettings.logLevel,
    webhookNetworks: read.STACOPTIM_WEBHOOK_ALLOW ?? [],
    runsJobs: read.STACOPTIM_JOBS !== 'off',
    ...(read.STACOPTIM_NIGHT === undefined ? {} : { nightAt: read.STACOPTIM_NIGHT }),
    ...(read.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? {}
      : {
          traces: {
            endpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
            headers: read.OTEL_EXPORTER_OTLP_HEADERS ?? {},
            service: read.OTEL_SERVICE_NAME ?? 'stacoptim',
          },
        }),
    requestsPerMinute: read.STACOPTIM_REQUESTS_PER_MINUTE ?? defaultSettings.requestsPerMinute,
    ...(read.DATABASE_URL === undefined ? {} : { databaseUrl: read.DATABASE_URL }),
    ...(read.STACOPTIM_RETENTION_DAYS === undefined ? {} : { retentionDays: read.STACOPTIM_RETENTION_DAYS }),
    ...(read.STACOPTIM_SECRET_KEY === undefined ? {} : { secretKey: read.STACOPTIM_SECRET_KEY }),
    ...(read.STACOPTIM_METRICS_TOKEN === undefined ? {} : { metricsToken: read.STACOPTIM_METRICS_TOKEN }),
    ...(oidc.value === undefined ? {} : { oidc: oidc.value }),
  });
};

const shownAddress = (url: string): string => {
  const { protocol, hostname, port, pathname } = new URL(url);
  return `${protocol}//${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
};

/** The settings in force, a line each, with whether a secret is set and never the secret. */
export const settingsSummary = (settings: Settings): readonly string[] => {
  const secret = (value: string | undefined): string => (value === undefined ? '-' : '***');
  return [
    `DATABASE_URL=${settings.databaseUrl === undefined ? '- (embedded)' : shownAddress(settings.databaseUrl)}`,
    `LOG_LEVEL=${settings.logLevel}`,
    `STACOPTIM_RETENTION_DAYS=${settings.retentionDays ?? '-'}`,
    `STACOPTIM_WEBHOOK_ALLOW=${settings.webhookNetworks.join(',') || '-'}`,
    `STACOPTIM_SECRET_KEY=${secret(settings.secretKey)}`,
    `STACOPTIM_METRICS_TOKEN=${secret(settings.metricsToken)}`,
    `STACOPTIM_JOBS=${settings.runsJobs ? 'on' : 'off'}`,
    `STACOPTIM_NIGHT=${settings.nightAt?.map((part) => String(part).padStart(2, '0')).join(':') ?? '- (cron)'}`,
    `STACOPTIM_REQUESTS_PER_MINUTE=${settings.requestsPerMinute}`,
    `STACOPTIM_OIDC_ISSUER=${settings.oidc?.issuer ?? '-'}`,
    ...(settings.oidc === undefined
      ? []
      : [
          `STACOPTIM_OIDC_CLIENT_ID=${settings.oidc.clientId}`,
          `STACOPTIM_OIDC_CLIENT_SECRET=${secret(settings.oidc.clientSecret)}`,
          `STACOPTIM_OIDC_REDIRECT=${settings.oidc.redirectUri}`,
          `STACOPTIM_OIDC_CLAIM=${settings.oidc.claim}`,
          `STACOPTIM_OIDC_ROLES=${settings.oidc.grants.map((one) => `${one.value}=${one.role}@${one.organisationId}`).join(';')}`,
        ]),
    `OTEL_EXPORTER_OTLP_ENDPOINT=${settings.traces === undefined ? '-' : shownAddress(settings.traces.endpoint)}`,
  ];
};

/** Variables of ours that the environment holds for something else than an installation: the command line and the client. */
const elsewhere = [
  'STACOPTIM_MQTT_USERNAME',
  'STACOPTIM_MQTT_PASSWORD',
  'STACOPTIM_URL',
  'STACOPTIM_KEY',
  'STACOPTIM_ADMIN_KEY',
];

/** A sentence for each variable that begins as ours do and sets nothing: a misspelt setting would be passed over in silence. */
export const unknownSettings = (environment: Readonly<Record<string, string | undefined>>): Message[] => {
  const known = [...Object.keys(environmentSchema.shape), ...elsewhere];
  return Object.keys(environment)
    .filter((name) => name.startsWith('STACOPTIM_') && !known.includes(name))
    .toSorted()
    .map((name) =>
      message(
        `Attention : ${name} n’est pas un réglage et ne change rien. Les réglages : docs/operation.md.`,
        `Warning: ${name} is no setting and changes nothing. The settings: docs/operation.md.`,
      ),
    );
};

/** A list of networks to look addresses up in. */
export const networksOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
};
