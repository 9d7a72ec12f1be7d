import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { pino } from 'pino';
import type { AppContext } from '../app/context.ts';
import { ngsiContext } from '../app/ngsi-ld/context.ts';
import { openSignIn } from '../app/oidc/sign-in.ts';
import { defaultSettings } from '../app/settings.ts';
import { finite } from '../core/finite-json.ts';
import { failure } from '../core/result.ts';
import { type Access, enter, entryOf, gate } from './access.ts';
import { isCareful, writeCarefully } from './careful-writes.ts';
import { contextPath, ngsiRoutes } from './ngsi-ld.ts';
import { createMetrics, type Metrics, serveMetrics } from './metrics.ts';
import { createRoutes } from './routes.ts';
import { traceRequests } from './traced.ts';
import { tellVersions } from './versions.ts';
import { signInRoutes } from './sign-in.ts';
import { stopGently } from './stop.ts';
import { refuse, refuseTold } from './respond.ts';

const pageFolder = fileURLToPath(new URL('../../dist/web', import.meta.url));

/**
 * The page as it was built. Its first file is asked for anew each time, else a browser would hold the page of the version before and ask for
 * parts that are gone; the parts have their content in their name.
 */
const pageFiles = (): express.Handler =>
  express.static(pageFolder, {
    index: 'index.html',
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable',
      );
    },
  });

const tooMany = failure(
  'too-many-requests',
  'Trop de demandes en une minute. RateLimit-Policy dit combien sont permises : recommencez après le délai que dit Retry-After.',
  'Too many requests in a minute. RateLimit-Policy says how many are allowed: try again after the delay that Retry-After says.',
).error;

/** Headers that keep other sites' content out of the page. TLS is the proxy's, which may also ask browsers for it. */
const guardHeaders = (): express.Handler =>
  helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });

/** What a supervisor asks, in no organisation's name. */
const mountProbes = (app: express.Express, context: AppContext, isStopping: () => boolean): void => {
  // Lives: whoever restarts what does not live must not do so because the database is away.
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  // Ready: may be sent requests.
  app.get('/readyz', async (_request, response) => {
    const status = isStopping() ? 'stopping' : (await context.store.ping()) ? 'ok' : 'database-unreachable';
    response.status(status === 'ok' ? 200 : 503).json({ status });
  });
};

/** The doors of the page: one-time links, and the organisation's identity provider where there is one. */
const mountSignIn = (app: express.Express, context: AppContext, { identities }: Access): void => {
  if (identities === undefined) return;
  app.get('/entrer', enter(identities));
  const oidc = context.settings?.oidc;
  app.use(signInRoutes(identities, oidc === undefined ? undefined : openSignIn(context, oidc)));
};

type Own = { readonly context: AppContext; readonly routes: Router; readonly ngsi: Router };

/** The routes of each organisation, made when it is first asked for; what could not be made is tried again. */
const routesByOrganisation = (
  context: AppContext,
  metrics: Metrics,
): ((organisationId: number) => Promise<Own>) => {
  const routes = new Map<number, Promise<Own>>();
  return (organisationId) => {
    const known = routes.get(organisationId);
    if (known !== undefined) return known;
    const made = context.store.forOrganisation(organisationId).then((store) => ({
      context: { ...context, store },
      routes: createRoutes({ ...context, store }, metrics.readings),
      ngsi: ngsiRoutes({ ...context, store }),
    }));
    routes.set(organisationId, made);
    made.catch(() => routes.delete(organisationId));
    return made;
  };
};

/** The two APIs, each request answered by the routes of the caller's organisation. */
const mountApis = (app: express.Express, context: AppContext, access: Access, metrics: Metrics): void => {
  const routesOf = routesByOrganisation(context, metrics);
  const answerBy =
    (of: (own: Own) => Router, create: (own: AppContext) => Router) =>
    async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      const own = await routesOf(entryOf(request).organisationId);
      if (isCareful(request)) return writeCarefully(own.context, create, request, response, next);
      of(own)(request, response, next);
      return undefined;
    };
  // One for both: a caller's requests are counted together.
  const limited = rateLimit({
    windowMs: 60_000,
    limit: (context.settings ?? defaultSettings).requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => refuse(response, tooMany),
  });
  app.get(contextPath, (_request, response) => {
    response
      .type('application/ld+json')
      .set('Access-Control-Allow-Origin', '*')
      .send(JSON.stringify(ngsiContext));
  });
  app.use(
    '/v1',
    limited,
    gate(access),
    answerBy(
      (own) => own.routes,
      (own) => createRoutes(own, metrics.readings),
    ),
  );
  app.use(
    '/ngsi-ld/v1',
    limited,
    gate(access),
    answerBy((own) => own.ngsi, ngsiRoutes),
  );
};

/** Answers what no route has answered: the database away, a body that cannot be read, or a bug, which the log describes. */
const answerErrors = (): express.ErrorRequestHandler => {
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' }, pino.destination(2));
  return (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    if (refuseTold(response, error)) return undefined;
    log.error(error);
    return refuse(
      response,
      {
        code: 'internal',
        message: {
          fr: 'Une erreur interne est survenue ; rien n’a été modifié. Le journal du serveur la décrit.',
          en: 'An internal error occurred; nothing was changed. The server’s log describes it.',
        },
      },
      500,
    );
  };
};

/** The REST API and the page on one Express application; every route is one use case of `app`. */
const createApp = (context: AppContext, access: Access, isStopping: () => boolean): express.Express => {
  const app = express();
  const metrics = createMetrics(context);
  app.disable('x-powered-by');
  app.set('json replacer', finite);
  app.set('etag', 'strong');
  app.use(guardHeaders());
  app.use(metrics.watch);
  app.use(traceRequests(context.traces));
  app.use(tellVersions);
  app.use(compression());
  mountProbes(app, context, isStopping);
  app.get('/metrics', serveMetrics(metrics, context.settings?.metricsToken));
  mountSignIn(app, context, access);
  mountApis(app, context, access, metrics);
  if (existsSync(pageFolder)) app.use(pageFiles());
  app.use(answerErrors());
  return app;
};

export type Listening = {
  readonly server: Server;
  readonly url: string;
  /** Answers what has been asked, for `graceMs` at most, and stops. */
  readonly stop: (graceMs: number) => Promise<void>;
};

/** Listens; port 0 takes a free one. */
export const listen = (context: AppContext, host: string, port: number, access: Access): Promise<Listening> =>
  new Promise((resolve, reject) => {
    let stopping = false;
    const server = createServer(
      { connectionsCheckingInterval: 5000 },
      createApp(context, access, () => stopping),
    );
    // Longer than clients and proxies keep a connection that is idle: who ends it first must not be us, under a request on its way.
    server.keepAliveTimeout = 65_000;
    // A head that comes letter by letter, and a body of a gigabyte on a slow line.
    server.headersTimeout = 20_000;
    server.requestTimeout = 600_000;
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve({
        server,
        url: `http://${host}:${address.port}/`,
        stop: (graceMs) => {
          stopping = true;
          return stopGently(server, graceMs);
        },
      });
    });
  });
