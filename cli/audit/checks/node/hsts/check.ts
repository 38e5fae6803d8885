/**
 * Looks at the header `Strict-Transport-Security` of the application: of `bulwark()`, helmet and its versions for Koa and Fastify,
 * `secureHeaders()` of Hono, a middleware of its own, and the configuration or the proxy of Next.
 *
 * ## Why
 * Without it a browser asks over http first, and whoever is on the path can keep it there.
 *
 * ## Passes
 * Every response has the header, for at least 180 days. Bulwark and helmet 8 send a year, helmet 3 to 7 and Hono 180 days.
 *
 * ## Fails
 * It is switched off (`hsts: false`, `maxAge: 0`), or its age is shorter. A server in front may send it instead.
 *
 * ## Unknown
 * Nothing in the application sets it: a server in front may. Or its age is computed.
 *
 * ## How to fix
 * ```js
 * app.use(helmet({ strictTransportSecurity: { maxAge: 31536000, includeSubDomains: true } }));
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Outcome, unknown } from '../../../check/outcome.ts';
import { evidenceOfReading, nameOf } from '../../../node/app/evidence.ts';
import { judgeHeader } from '../../../node/headers/judge-header.ts';
import type { JudgedPolicy } from '../../../node/headers/judge-policy.ts';
import { noSite } from '../../../node/headers/no-site.ts';
import { allSites, type Site } from '../../../node/headers/sites.ts';

export const check: Check = {
  id: 'node/hsts',
  aspect: 'https/hsts',
  title: 'Responses carry Strict-Transport-Security for at least 180 days.',
  why: 'A browser that asks over http can be kept there by whoever is on the path.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  run: (subject) =>
    allSites(subject).flatMap(({ application, sites }) =>
      sites.length === 0
        ? [{ ...noSite(application, 'this header', fix), absent: 'perhaps' }]
        : sites.map(look),
    ),
};

const fix =
  'Send the header with every response: `app.use(helmet())` sends it for a year, `app.use(bulwark())` too.';
const shortest = 15_552_000;

function look(site: Site): Outcome {
  const found = judgeHeader(site, {
    header: 'strict-transport-security',
    name: 'Strict-Transport-Security',
    passes: 'Every response has Strict-Transport-Security for at least 180 days.',
    fix,
    judge,
  });
  if (found?.verdict === 'fail') return absent(found.summary, found.evidence, found.fix);
  if (found) return found;
  const summary = `${nameOf(site.application)} does not set Strict-Transport-Security; a server in front may.`;
  return {
    ...unknown(summary, fix, [site.evidence, evidenceOfReading(site.application)]),
    absent: true,
  };
}

function judge(text: string): JudgedPolicy {
  const [, digits] = /(?:^|[;\s])max-age\s*=\s*"?([^;"\s]*)/i.exec(text) ?? [];
  if (digits === undefined) return { verdict: 'fail', why: 'has no max-age' };
  if (!/^\d+(?:\.\d+)?$/.test(digits)) return { verdict: 'unknown', why: 'has an age that is computed' };
  const age = Number(digits);
  if (age === 0) return { verdict: 'fail', why: 'is switched off by max-age=0' };
  return age >= shortest
    ? { verdict: 'pass' }
    : { verdict: 'fail', why: `holds for ${Math.floor(age / 86_400)} days only` };
}
