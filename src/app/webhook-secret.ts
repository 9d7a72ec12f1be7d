import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const sealMark = 'sealed:';
const secretMark = 'whsec_';

/** A new secret, in the form of Standard Webhooks: 256 random bits in base64 behind a mark. */
export const newWebhookSecret = (): string => `${secretMark}${randomBytes(32).toString('base64')}`;

const keyBytes = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Seals a secret that must be read again (AES-256-GCM), where the installation has a key; without one it stays as it is. */
export const seal = (secret: string, key: string | undefined): string => {
  if (key === undefined) return secret;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyBytes(key), iv);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${sealMark}${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')}`;
};

/** Opens what `seal` made; undefined where the key is another one or missing. */
export const unseal = (kept: string, key: string | undefined): string | undefined => {
  if (!kept.startsWith(sealMark)) return kept;
  if (key === undefined) return undefined;
  const bytes = Buffer.from(kept.slice(sealMark.length), 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyBytes(key), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

/**
 * The signature header of Standard Webhooks (standardwebhooks.com, 1.0.0): HMAC-SHA256 of `id.timestamp.body` with the
 * bytes of each secret, `v1,` before each, a space between; `timestamp` in seconds.
 */
export const signatures = (secrets: readonly string[], id: string, timestamp: number, body: string): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(secretMark.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    })
    .join(' ');
