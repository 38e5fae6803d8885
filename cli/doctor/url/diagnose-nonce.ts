import { leastLength, nonceFault } from '../../audit/live/judge/judge-nonces.ts';
import { nonceSources } from '../../audit/live/judge/page-nonces.ts';
import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { valuesOf } from './ask-url.ts';
import type { Visit, Visits } from './visit.ts';

const id = 'csp/nonce';

/**
 * Whether each answer has a nonce of its own: one that is used twice, or can be guessed, is known to an attacker before the page is
 * loaded.
 */
export function diagnoseNonce({ asked, page, again, fresh }: Visits): Diagnosis {
  const first = nonceSources(page.answer);
  const second = nonceSources(again.answer);
  const third = nonceSources(fresh.answer);
  const evidence = [...cacheHeaders(again), ...cacheHeaders(page)];
  if (asked && again.seen === undefined && fresh.seen !== undefined) {
    evidence.push(
      'the second request for the page did not reach the application, but a request that no cache can answer did',
    );
  }
  const repeated = first.find((source) => second.includes(source) || third.includes(source));
  if (repeated !== undefined) {
    const isCached = !third.includes(repeated) || evidence.length > 0;
    return wrong(
      id,
      isCached ? 'A cache serves the same nonce again.' : 'Every response has the same nonce.',
      {
        evidence: [`two responses have the nonce ${repeated.slice("'nonce-".length, -1)}`, ...evidence],
        why: 'An attacker can read the nonce from one response, and inject scripts with it into the next (CWE-330, CWE-524).',
        fix: isCached
          ? [
              'nginx: remove Cache-Control from proxy_ignore_headers, and any proxy_cache_valid for pages',
              'or give cached pages a policy of hashes: routeCsp({ directives: { "script-src": [sourceHash(...)] } })',
            ]
          : [
              'remove the header Content-Security-Policy from the proxy or the page, and use the nonce of each request: res.locals.nonce',
            ],
      },
    );
  }
  const fault = nonceFault(first, [...second, ...third]);
  if (fault !== undefined) {
    return wrong(id, 'The nonce of the policy can be guessed.', {
      evidence: [
        fault === 'short'
          ? `a nonce has less than ${leastLength} characters`
          : 'most of the nonce is the same in two responses',
        ...[...first, ...second].slice(0, 4),
      ],
      why: 'Who guesses the nonce can inject a script that runs (CWE-330).',
      fix: ['use the nonce of each request: res.locals.nonce'],
    });
  }
  if (first.length === 0) {
    const has = valuesOf(page.answer, 'content-security-policy').length > 0;
    return has
      ? ok(id, 'The policy of the page has no nonce.')
      : unknown(id, 'The page has no policy.', [], ['Name a page: --path /log-in']);
  }
  return ok(id, 'Each response has its own nonce.', evidence);
}

/** What caches write into an answer. */
function cacheHeaders({ answer }: Visit): string[] {
  const names = ['age', 'x-cache', 'x-cache-status', 'cf-cache-status', 'x-proxy-cache', 'x-varnish-cache'];
  return names.flatMap((name) =>
    valuesOf(answer, name)
      .filter((value) => /hit|stale|^[1-9]/i.test(value))
      .map((value) => `the response has ${name}: ${value}`),
  );
}
