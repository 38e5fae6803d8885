/**
 * Looks at the policy that the application sends with its pages: of `bulwark()`, helmet and its versions for Koa and Fastify,
 * `secureHeaders()` of Hono, a middleware of its own, `headers()` in `next.config`, and the proxy or middleware of Next.
 *
 * ## Why
 * Where escaping was forgotten, a policy without `'unsafe-inline'` for scripts stops most injected scripts.
 *
 * ## Passes
 * Every response has a policy that limits scripts to named places, nonces or hashes. The defaults of Bulwark and of helmet 4 and later
 * do: `script-src 'self'`.
 *
 * ## Fails
 * The policy allows inline scripts (`'unsafe-inline'` without a nonce), any host (`*`, `https:`) or has a nonce that never changes; it
 * only reports; it is switched off; or the application sends pages and nothing sets a policy. A server in front may send one instead.
 *
 * ## Unknown
 * The policy is computed or read from the environment, it is set for some responses only, or the application sends data and no pages.
 *
 * ## How to fix
 * ```js
 * app.use(helmet()); // or app.use(bulwark()), which adds a fresh nonce
 * ```
 * In Next, set the header in `proxy.ts` with a nonce, or use `bulwark/next/proxy`.
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Evidence, type Outcome, unknown } from '../../../check/outcome.ts';
import { evidenceOfReading, nameOf } from '../../../node/app/evidence.ts';
import { judgeHeader } from '../../../node/headers/judge-header.ts';
import { judgePolicy } from '../../../node/headers/judge-policy.ts';
import { metaPolicy } from '../../../node/headers/meta-policy.ts';
import { noSite } from '../../../node/headers/no-site.ts';
import { pagesOf } from '../../../node/headers/serves-pages.ts';
import { allSites, type Site } from '../../../node/headers/sites.ts';

export const check: Check = {
  id: 'node/content-security-policy',
  aspect: 'csp/policy',
  title: 'Pages are sent with a policy that stops inline scripts.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [1021, 79],
  asvs: ['3.4.3'],
  run: (subject) =>
    allSites(subject).flatMap(({ application, sites }) =>
      sites.length === 0 ? [noSite(application, 'a policy', fix)] : sites.map(look),
    ),
};

const fix =
  'Send a policy with every page: `app.use(helmet())`, or `app.use(bulwark())`, without `unsafe-inline` for scripts.';

function look(site: Site): Outcome {
  const found = judgeHeader(site, {
    header: 'content-security-policy',
    name: 'The policy',
    passes: 'Every response has a policy that stops inline scripts.',
    fix,
    judge: judgePolicy,
  });
  const pages = pagesOf(site);
  const name = nameOf(site.application);
  if (found !== undefined) {
    const isOff = found.absent === true && pages === undefined;
    if (!isOff) return found;
    return leftOpen(name, found.evidence);
  }
  const evidence = [site.evidence, evidenceOfReading(site.application)];
  if (pages === undefined) return leftOpen(name, evidence);
  const [gap] = site.application.gaps;
  if (gap !== undefined) {
    return unknown(
      `No policy was found in ${name.replace(/^T/, 't')}, and not all of its code was read.`,
      fix,
      [{ text: gap }, ...evidence],
    );
  }
  const meta = metaPolicy(site.application);
  if (meta) return unknown('The policy stands in a page, where it does not hold for all pages.', fix, [meta]);
  return absent(`${name} sends pages, and nothing in it sets a policy.`, [pages, ...evidence], fix);
}

/** The pages may come from a server in front, with its policy. */
function leftOpen(name: string, evidence: readonly Evidence[]): Outcome {
  return {
    ...unknown(`${name} sends no policy, and was not seen to send pages.`, fix, evidence),
    absent: 'perhaps',
  };
}
