import { administratorLink } from '../../app/access.ts';
import { isUserRole, userRoles } from '../../api/permissions.ts';
import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

const DAY_MS = 86_400_000;

export const access: Verb = {
  usage:
    'access link [--person NAME] | organisation NAME | key NAME --role viewer|engineer|manager|administrator|integration | keys | revoke NUMBER [--organisation 1] [--days 365] [--url http://127.0.0.1:8080/] [--data FOLDER] [--json]',
  summary: message(
    'qui entre : un lien d’administrateur à usage unique, les organisations, les clés des machines',
    'who may enter: a one-time administrator link, the organisations, the keys of machines',
  ),
  options: {
    data: 'string',
    role: 'string',
    organisation: 'string',
    days: 'string',
    url: 'string',
    person: 'string',
  },
  positionals: { min: 1, max: 2 },
  run: async (args, output) => {
    const [action = '', subject = ''] = args.positionals;
    const organisationId = Number(args.text('organisation') ?? 1);
    const person = args.text('person');
    const days = Number(args.text('days') ?? 365);
    const role = args.text('role') ?? 'integration';
    const wrong = (fr: string, en: string): number => {
      output.status(`stacoptim: ${output.say(message(fr, en))}\n  stacoptim ${access.usage}`);
      return EXIT.wrongUse;
    };
    if (!['link', 'organisation', 'key', 'keys', 'revoke'].includes(action))
      return wrong(`« ${action} » n’est pas une action.`, `“${action}” is not an action.`);
    if (!['link', 'keys'].includes(action) && subject === '')
      return wrong('Il manque un argument.', 'An argument is missing.');
    if (!isUserRole(role))
      return wrong(`Rôle inconnu : ${userRoles.join(', ')}.`, `Unknown role: ${userRoles.join(', ')}.`);
    if (!Number.isInteger(organisationId) || organisationId < 1 || !(days > 0 && days <= 3650))
      return wrong(
        '--organisation attend un numéro, --days de 1 à 3650.',
        '--organisation takes a number, --days 1 to 3650.',
      );
    if (person !== undefined && !/^.{1,200}$/u.test(person.trim()))
      return wrong('--person attend un nom.', '--person takes a name.');
    return withContext(args.text('data'), output, async (context) => {
      const { identities } = context.store;
      const known = (await identities.organisations()).some(({ id }) => id === organisationId);
      if (!known)
        return output.refuse({
          code: 'unknown-organisation',
          message: message(
            `Il n’y a pas d’organisation ${organisationId}.`,
            `There is no organisation ${organisationId}.`,
          ),
        });
      const store = await context.store.forOrganisation(organisationId);
      const note = (what: string, detail: object): Promise<void> =>
        store.audit.add({
          by: 'stacoptim access',
          action: what,
          subject: `organisation:${organisationId}`,
          reason: 'command line',
          detail,
        });
      if (action === 'link') {
        const link = await administratorLink(
          { ...context, store },
          args.text('url') ?? 'http://127.0.0.1:8080/',
          person,
        );
        await note('make-link', person === undefined ? {} : { person });
        return output.answer({ ok: true, value: { json: { link }, report: [link] } });
      }
      if (action === 'organisation') {
        const id = await identities.addOrganisation(subject);
        await note('add-organisation', { id, name: subject });
        return output.answer({
          ok: true,
          value: { json: { id, name: subject }, report: [`${id} ${subject}`] },
        });
      }
      if (action === 'keys') {
        const keys = await identities.keys(organisationId);
        const report = keys.map(
          ({ id, prefix, name, role: as, revokedMs }) =>
            `${id} ${prefix}… ${as} ${name}${revokedMs === undefined ? '' : ' (revoked)'}`,
        );
        return output.answer({ ok: true, value: { json: { keys }, report } });
      }
      if (action === 'revoke') {
        await identities.revokeKey(organisationId, Number.isInteger(Number(subject)) ? Number(subject) : 0);
        await note('revoke-key', { id: Number(subject) });
        return output.answer({ ok: true, value: { json: { revoked: Number(subject) }, report: [subject] } });
      }
      const made = await identities.addKey({
        organisationId,
        role,
        name: subject,
        createdBy: 'stacoptim access',
        expiresMs: context.nowMs() + days * DAY_MS,
      });
      await note('add-key', { id: made.id, name: subject, role, days });
      return output.answer({ ok: true, value: { json: made, report: [made.key] } });
    });
  },
};
