import { z } from 'zod';

/** What a value of the claim opens: a role, in an organisation of this installation. */
export type OidcGrant = { readonly value: string; readonly role: string; readonly organisationId: number };

/** A provider of identities and what its people may do here. */
export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client, which PKCE alone protects. */
  readonly clientSecret?: string;
  /** Where the provider sends people back to: our own address with `/connexion/retour`. */
  readonly redirectUri: string;
  readonly claim: string;
  readonly grants: readonly OidcGrant[];
};

/** The path that the provider sends people back to. */
export const returnPath = '/connexion/retour';

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** An address over TLS, or of this computer. */
const isSafeAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
};

export const safeAddressSchema = z.string().max(2000).refine(isSafeAddress);

export const redirectSchema = safeAddressSchema.refine((text) => new URL(text).pathname.endsWith(returnPath));

/** `value=role` or `value=role@organisation`, with semicolons between. */
export const grantsSchema = z.string().transform((text, context): OidcGrant[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [, value, role, organisation = '1'] =
        /^(.{1,200})=(viewer|engineer|manager|administrator)(?:@([1-9]\d{0,8}))?$/.exec(part) ?? [];
      if (value !== undefined && role !== undefined)
        return [{ value: value.trim(), role, organisationId: Number(organisation) }];
      context.addIssue({ code: 'custom' });
      return [];
    }),
);
