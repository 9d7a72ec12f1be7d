import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failure, ok, type Result } from '../core/result.ts';
import { networksOf } from './settings.ts';

/**
 * Addresses that are nobody's on the public network, or that lead back inside (IANA special-purpose registries for IPv4
 * and IPv6): this host, private, shared, loopback, link-local (cloud metadata), documentation, benchmarks, multicast,
 * reserved; for IPv6 also those that carry an IPv4 address inside.
 */
const notPublicV4 = networksOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);

/** A list of its own: Node finds an IPv4 address in a network of those that IPv6 maps. */
const notPublicV6 = networksOf([
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

/** An address to connect to, and to no other, whatever the name says a moment later. */
export type CheckedAddress = { readonly url: URL; readonly address: string; readonly family: 4 | 6 };

type Resolved = { readonly address: string; readonly family: number };

const resolve = async (host: string): Promise<readonly Resolved[]> => {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await lookup(host, { all: true, verbatim: true });
  } catch {
    return [];
  }
};

/**
 * Where changes may be sent: https to a public address, or either protocol to a network that the settings allow. Every
 * address of the name must be allowed. Fails with `webhook-url`, `webhook-host-unknown`, `webhook-address-refused`.
 */
export const checkAddress = async (
  text: string,
  allowedNetworks: readonly string[],
): Promise<Result<CheckedAddress>> => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol) || url.username + url.password !== '')
    return failure(
      'webhook-url',
      'L’adresse du webhook doit être une adresse https:// sans nom d’utilisateur ni mot de passe.',
      'The address of the webhook must be an https:// address without user name or password.',
      { field: 'url' },
    );
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = await resolve(host);
  const [first] = addresses;
  if (first === undefined)
    return failure(
      'webhook-host-unknown',
      `Le nom « ${host} » n’a pas d’adresse. Vérifiez-le.`,
      `The name “${host}” has no address. Check it.`,
      { field: 'url' },
    );
  const allowed = networksOf(allowedNetworks);
  const isAllowed = ({ address, family }: Resolved): boolean => {
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    const inside = (family === 6 ? notPublicV6 : notPublicV4).check(address, kind);
    return allowed.check(address, kind) || (url.protocol === 'https:' && !inside);
  };
  if (!addresses.every(isAllowed))
    return failure(
      'webhook-address-refused',
      `« ${host} » est une adresse interne, ou n’est pas en https. L’exploitant peut l’autoriser par STACOPTIM_WEBHOOK_ALLOW.`,
      `“${host}” is an internal address, or is not https. The operator may allow it with STACOPTIM_WEBHOOK_ALLOW.`,
      { field: 'url' },
    );
  return ok({ url, address: first.address, family: first.family === 6 ? 6 : 4 });
};
