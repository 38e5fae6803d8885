/**
 * Looks for the redirect from http to https in the application: `express-enforces-ssl`, `express-sslify`, `koa-sslify` and their like, or a
 * middleware of its own that asks for `req.secure` or `x-forwarded-proto`.
 *
 * ## Why
 * What is sent over http can be read and changed on its way.
 *
 * ## Passes
 * A middleware before all routes redirects every request over http.
 *
 * ## Fails
 * Never: a server in front may redirect.
 *
 * ## Unknown
 * The application does not redirect, or only under other conditions. The configuration of nginx or Caddy, if it is in the project, is
 * judged by other checks.
 *
 * ## How to fix
 * Redirect at the server in front. Without one:
 * ```js
 * app.set('trust proxy', 1);
 * app.use((req, res, next) => (req.secure ? next() : res.redirect(308, `https://shop.example.com${req.originalUrl}`)));
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt, evidenceOfReading, nameOf } from '../../../node/app/evidence.ts';
import { noSite } from '../../../node/headers/no-site.ts';
import { allSites, type Site } from '../../../node/headers/sites.ts';
import { httpsRedirect } from '../../../node/redirect/https-redirect.ts';

export const check: Check = {
  id: 'node/https-redirect',
  aspect: 'https/redirect',
  title: 'Every request over http is redirected to https.',
  why: 'A request over http can be read and changed on its way.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run: (subject) =>
    allSites(subject).flatMap(({ application, sites }) =>
      sites.length === 0
        ? [{ ...noSite(application, 'a redirect', fix), absent: 'perhaps' }]
        : sites.map(look),
    ),
};

const fix = 'Redirect port 80 to https in the server in front, or in a middleware before all routes.';
const libraries =
  /^(?:express-enforces-ssl|express-sslify|express-force-ssl|express-http-to-https|express-to-https|heroku-ssl-redirect|koa-sslify|koa-force-ssl|fastify-https-redirect)$/;

function look({ guards, application, evidence }: Site): Outcome {
  const name = nameOf(application);
  for (const { package: library, covers, file, node, value } of guards) {
    const isLibrary = library !== undefined && libraries.test(library);
    const own =
      value.kind === 'function' ? httpsRedirect(value.file, value.node, application.evaluator) : undefined;
    if (!isLibrary && own === undefined) continue;
    const places = [
      evidenceAt(file, node),
      ...(own && value.kind === 'function' ? [evidenceAt(value.file, own.node)] : []),
    ];
    const why = own?.dependsOn ?? (covers === 'all' ? undefined : covers.why);
    if (why !== undefined)
      return {
        ...unknown(
          `${name} redirects to https, but not known to do so for every request: ${why}.`,
          fix,
          places,
        ),
        absent: 'perhaps',
      };
    return pass(`${name} redirects every request over http to https.`, places);
  }
  const summary = `${name} does not redirect to https; a server in front may.`;
  return { ...unknown(summary, fix, [evidence, evidenceOfReading(application)]), absent: true };
}
