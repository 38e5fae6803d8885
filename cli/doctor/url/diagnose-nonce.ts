import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { noncesOf } from '../page/policy.ts';
import { valuesOf } from './ask-url.ts';
import type { Visit, Visits } from './visit.ts';

const id = 'csp/nonce';

/** Whether each answer has a nonce of its own: one that is used twice is known to an attacker before the page is loaded. */
export function diagnoseNonce({ asked, page, again, fresh }: Visits): Diagnosis {
  const first = noncesIn(page);
  const second = noncesIn(again);
  const third = noncesIn(fresh);
  const evidence = [...cacheHeaders(again), ...cacheHeaders(page)];
  if (asked && again.seen === undefined && fresh.seen !== undefined) {
    evidence.push(
      'the second request for the page did not reach the application, but a request that no cache can answer did',
    );
  }
  const repeated = [...first].find((nonce) => second.has(nonce) || third.has(nonce));
  if (repeated !== undefined) {
    const isCached = !third.has(repeated) || evidence.length > 0;
    return wrong(
      id,
      isCached ? 'A cache serves the same nonce again.' : 'Every response has the same nonce.',
      {
        evidence: [`two responses have the nonce ${repeated}`, ...evidence],
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
  if (first.size === 0) {
    const has = valuesOf(page.answer, 'content-security-policy').length > 0;
    return has
      ? ok(id, 'The policy of the page has no nonce.')
      : unknown(id, 'The page has no policy.', [], ['Name a page: --path /log-in']);
  }
  return ok(id, 'Each response has its own nonce.', evidence);
}

function noncesIn({ answer }: Visit): ReadonlySet<string> {
  return new Set(valuesOf(answer, 'content-security-policy').flatMap(noncesOf));
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
