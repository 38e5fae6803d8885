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
 * The scanner finds that a password, a token or another secret is logged (`secret/logged`).
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
import type { Check } from '../../../check/check.ts';
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
    return [
      judgeSites(subject, view, {
        kind: 'log',
        rules: [/^secret\/logged$/],
        what: 'A secret is logged',
        does: 'logs',
        do: 'log',
        isRight: 'write constant texts or single values that are no secrets',
        fix: 'Log single values by name instead of whole objects, or take secrets out first: `redact` of bulwark/event.',
      }),
    ];
  },
};
