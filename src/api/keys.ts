import type { Request, Router } from 'express';
import { addKey, auditLog, listKeys, revokeKey, rotateKey } from '../app/keys.ts';
import {
  auditLogQuerySchema,
  type KeyRequest,
  keyRequestSchema,
  keyRotationSchema,
} from '../app/keys-views.ts';
import type { AppContext } from '../app/context.ts';
import { failure, type Result } from '../core/result.ts';
import { entryOf } from './access.ts';
import { linkNext } from './lists.ts';
import { checkedRole, mayRole, permissionsOf } from './permissions.ts';
import { answer, numberOf, readBody, refuse } from './respond.ts';

/** A key has a role that there is, and scopes that the role has. Fails with `bad-request`, `key-role`, `key-scope`. */
const readKey = (request: Request): Result<KeyRequest> => {
  const body = readBody(keyRequestSchema, request.body);
  if (!body.ok) return body;
  const { role, scopes = [] } = body.value;
  const known = checkedRole(role);
  if (!known.ok) return known;
  const foreign = scopes.find((scope) => !mayRole(role, scope));
  if (foreign === undefined) return body;
  return failure(
    'key-scope',
    `Le rôle ${role} ne permet pas « ${foreign} », mais : ${permissionsOf(role).join(', ')}.`,
    `The role ${role} does not allow “${foreign}”, but: ${permissionsOf(role).join(', ')}.`,
    { field: 'scopes' },
  );
};

/** The keys of machines, and the audit log. */
export const mountKeys = (api: Router, context: AppContext): void => {
  api.get('/keys', (_request, response) => answer(response, listKeys(context)));
  api.post('/keys', (request, response) => {
    const body = readKey(request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, addKey(context, body.value, entryOf(request).name));
  });
  api.post('/keys/:id/rotation', (request, response) => {
    const body = readBody(keyRotationSchema, request.body ?? {});
    if (!body.ok) return refuse(response, body.error);
    const { graceHours } = body.value;
    return answer(response, rotateKey(context, numberOf(request, 'id'), graceHours, entryOf(request).name));
  });
  api.delete('/keys/:id', (request, response) =>
    answer(response, revokeKey(context, numberOf(request, 'id'), entryOf(request).name)),
  );
  api.get('/audit', async (request, response) => {
    const query = readBody(auditLogQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    const { lines, next } = await auditLog(context, query.value);
    linkNext(request, response, next);
    response.json(lines);
  });
};
