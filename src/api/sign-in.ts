import express, { type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Identities } from '../app/access.ts';
import { readReturned, signInMs, type SignIn } from '../app/oidc/sign-in.ts';
import type { Failure } from '../core/result.ts';
import { cookieOf, endSession, isForeign, openSession } from './access.ts';
import { refuse } from './respond.ts';

const signInCookie = 'stacoptim_connexion';

/** A session opened at a provider ends with the day: who leaves the organisation does not stay in for long. */
const sessionMs = 12 * 3_600_000;

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

/** A person, not a program, reads why they could not enter. */
const tell = (response: Response, { code, message }: Failure): void => {
  const status = code === 'oidc-provider-away' ? 502 : code === 'oidc-no-access' ? 403 : 401;
  response.status(status).set('Cache-Control', 'no-store').type('html');
  response.send(`<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Stacoptim</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}</style>
<main><h1>Stacoptim</h1><p role="alert">${escaped(message.fr)}</p><p lang="en">${escaped(message.en)}</p>
<p><a href="/connexion">Se connecter</a> · <a href="/connexion" lang="en">Sign in</a></p></main></html>`);
};

/** Behind a proxy all people may come from one address. */
const mostSignIns = 600;

const limited = (): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: mostSignIns,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      refuse(response, {
        code: 'too-many-requests',
        message: {
          fr: `Trop de connexions en une minute (${mostSignIns}). Recommencez après le délai que dit Retry-After.`,
          en: `Too many sign-ins in a minute (${mostSignIns}). Try again after the delay that Retry-After says.`,
        },
      }),
  });

/** How people come and go: at a provider of identities where one is set, and out in any case. */
export const signInRoutes = (identities: Identities, signIn: SignIn | undefined): Router => {
  const routes = express.Router();
  const begin: RequestHandler = async (request, response) => {
    const begun = await signIn?.begin();
    if (begun === undefined) return response.redirect(303, '/');
    if (!begun.ok) return tell(response, begun.error);
    // Lax: it must come back with a person whom the provider sends here.
    response.cookie(signInCookie, begun.value.secret, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.secure,
      maxAge: signInMs,
      path: '/connexion',
    });
    response.set('Cache-Control', 'no-store');
    return response.redirect(303, begun.value.url);
  };
  const end: RequestHandler = async (request, response) => {
    if (signIn === undefined) return response.redirect(303, '/');
    response.clearCookie(signInCookie, { path: '/connexion' });
    const entry = await signIn.end(cookieOf(request, signInCookie), readReturned(request.query));
    if (!entry.ok) return tell(response, entry.error);
    await openSession(identities, entry.value, sessionMs, request, response);
    return response.redirect(303, '/');
  };
  const leave: RequestHandler = async (request, response) => {
    if (isForeign(request))
      return refuse(response, {
        code: 'cross-site',
        message: {
          fr: 'Cette demande vient d’un autre site : elle est refusée. Agissez depuis la page de Stacoptim.',
          en: 'This request comes from another site and is refused. Act from the page of Stacoptim.',
        },
      });
    await endSession(identities, request, response);
    const home = `${request.protocol}://${request.get('host') ?? ''}/`;
    response.json({ to: (await signIn?.leave(home)) ?? '/' });
    return undefined;
  };
  routes.get('/connexion', limited(), begin);
  routes.get('/connexion/retour', limited(), end);
  routes.get('/connexion/moyens', (_request, response) => {
    response.json({ provider: signIn !== undefined });
  });
  routes.post('/deconnexion', leave);
  return routes;
};
