/**
 * Lists every call that writes to a log, and what it writes.
 *
 * ## Why
 * Logs are read by many, are kept for long and are sent to other services. A password or token in one of them is known to all of these.
 *
 * ## Passes
 * All code was read, and each call writes a constant text, numbers, errors, or single values by their names, none of which is a secret's.
 *
 * ## Fails
 * The scanner finds that a password, a token or another secret is logged (`secret/logged`), or an object is logged as a whole of which the
 * same function reads a password or its hash, all headers of a request are, or a token that the same function draws or signs, in a link too.
 *
 * ## Unknown
 * An object is logged as a whole (a user, the body or the headers of a request), what is logged could not be followed, or a file could
 * not be parsed.
 *
 * ## How to fix
 * ```js
 * logger.info({ userId: user.id, path: req.path }, 'signed in'); // not { user, headers: req.headers }
 * ```
 * `redact` of bulwark/event takes secrets out of what is logged.
 */

import type { CodeView } from '../../../../scan/code-view.ts';
import { drawnHere, secretInside } from '../../../../scan/inventory/log/logged-value.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome } from '../../../check/outcome.ts';
import { countOf } from '../judge-findings.ts';
import { judgeSites } from '../judge-sites.ts';

export const check: Check = {
  id: 'code/logged-secrets',
  aspect: 'logging/secrets',
  title: 'No place that logs writes a secret.',
  why: 'A password or token in a log is known to all who read it, and to the services that it is sent to.',
  severity: 'medium',
  cwe: [532],
  asvs: ['16.2.5'],
  async run(subject) {
    const view = await subject.code();
    if (view.files === 0) return [];
    const outcome = judgeSites(subject, view, {
      kind: 'log',
      rules: [/^secret\/logged$/],
      what: 'A secret is logged',
      does: 'logs',
      do: 'log',
      isRight: 'write constant texts or single values that are no secrets',
      fix,
    });
    return [outcome.verdict === 'unknown' ? (withSecret(view) ?? outcome) : outcome];
  },
};

const fix =
  'Log single values by name instead of whole objects, or take secrets out first: `redact` of bulwark/event.';

/** Objects in which the code itself reads a secret beside, headers of a request, and tokens that were made in the same function. */
function withSecret({ sites }: CodeView): Outcome | undefined {
  const bad = sites.filter(
    ({ kind, because }) =>
      kind === 'log' && (because.startsWith(secretInside) || because.startsWith(drawnHere)),
  );
  if (bad.length === 0) return undefined;
  const isWhole = bad.every(({ because }) => because.startsWith(secretInside));
  return fail(
    `${isWhole ? 'An object with a secret is logged as a whole' : 'A secret is logged'}: ${countOf(bad.length, 'place')}.`,
    bad.slice(0, 10).map(({ call, because, place }) => ({
      text: `${call}: ${because}`,
      path: place.path,
      line: place.line,
    })),
    fix,
  );
}
