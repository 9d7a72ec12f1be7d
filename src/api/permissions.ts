import type { z } from 'zod';
import { failure, ok, type Result } from '../core/result.ts';

/** What an operation asks of its caller; each is declared beside the operation in the table of operations. */
export type Permission = 'read' | 'personal' | 'ingest' | 'work' | 'decide' | 'administer';

const all: readonly Permission[] = ['read', 'personal', 'ingest', 'work', 'decide', 'administer'];

const permissions = {
  viewer: ['read'],
  engineer: ['read', 'ingest', 'work'],
  manager: ['read', 'ingest', 'work', 'decide'],
  administrator: all,
  /** A machine that feeds the stock and reads it. */
  integration: ['read', 'ingest', 'work'],
} as const satisfies Record<string, readonly Permission[]>;

type UserRole = keyof typeof permissions;

export const userRoles = Object.keys(permissions) as UserRole[];

/** Whether a role is one that keys, links and sign-ins may give. */
export const isUserRole = (role: string): role is UserRole => Object.hasOwn(permissions, role);

/** Fails with `key-role` for a role that there is not. */
export const checkedRole = (role: string): Result<UserRole> =>
  isUserRole(role)
    ? ok(role)
    : failure(
        'key-role',
        `Le rôle est l’un de : ${userRoles.join(', ')}.`,
        `The role is one of: ${userRoles.join(', ')}.`,
        { field: 'role' },
      );

/** What a role allows; nothing for one that there is not. */
export const permissionsOf = (role: string): readonly Permission[] =>
  isUserRole(role) ? permissions[role] : [];

/** What an operation needs of its caller: without more, a get reads and the rest is work. */
export const neededFor = (
  method: string,
  operation: { readonly allow?: Permission } | undefined,
): Permission => operation?.allow ?? (['get', 'head'].includes(method.toLowerCase()) ? 'read' : 'work');

/** An unknown role may do nothing. */
export const mayRole = (role: string, permission: string): boolean =>
  permissionsOf(role).some((one) => one === permission);

/** What a caller may do: what the role allows, and of that, with a key that has scopes, those alone. */
export const may = (
  { role, scopes }: { readonly role: string; readonly scopes?: readonly string[] },
  permission: Permission,
): boolean => mayRole(role, permission) && (scopes === undefined || scopes.includes(permission));

/** The body of a decision as a caller may send it: `by` is filled in with the caller's name. */
export const signed = (schema: z.ZodObject): z.ZodObject => schema.partial({ by: true });
