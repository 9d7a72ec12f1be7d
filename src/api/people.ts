import type { Request, Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { verifyAudit, viewInstallation } from '../app/installation.ts';
import { endPerson, invitePerson, listPeople } from '../app/people.ts';
import { type PersonRequest, personRequestSchema } from '../app/people-views.ts';
import type { Result } from '../core/result.ts';
import { entryOf } from './access.ts';
import { checkedRole, permissionsOf, userRoles } from './permissions.ts';
import { answer, numberOf, readBody, refuse } from './respond.ts';

const readPerson = (request: Request): Result<PersonRequest> => {
  const body = readBody(personRequestSchema, request.body);
  if (!body.ok) return body;
  const role = checkedRole(body.value.role);
  return role.ok ? body : role;
};

const roles = userRoles.map((role) => ({ role, permissions: [...permissionsOf(role)] }));

/** Who may enter, what the installation is set to, and whether its log is whole. */
export const mountPeople = (api: Router, context: AppContext): void => {
  api.get('/people', (_request, response) => answer(response, listPeople(context)));
  api.post('/people', (request, response) => {
    const body = readPerson(request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, invitePerson(context, body.value, entryOf(request).name));
  });
  api.delete('/people/:id', (request, response) =>
    answer(response, endPerson(context, numberOf(request, 'id'), entryOf(request).name)),
  );
  api.get('/installation', (_request, response) => answer(response, viewInstallation(context, roles)));
  api.get('/audit/verification', (_request, response) => answer(response, verifyAudit(context)));
};
