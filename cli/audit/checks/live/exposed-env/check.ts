/**
 * Looks at `/.env`. Only its content counts: single-page applications answer 200 to everything. Values are never shown.
 *
 * ## Why
 * The file holds passwords of databases and keys of services.
 *
 * ## Passes
 * It is not there.
 *
 * ## Fails
 * It is a list of variables.
 *
 * ## Unknown
 * The site had no answer, or answered with content that is not recognised.
 *
 * ## How to fix
 * ```nginx
 * location ~ /\. { deny all; }
 * ```
 * Replace every secret in the file: it must be taken as known.
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { judgePaths } from '../../../live/judge/probed-path.ts';

export const check: Check = liveCheck({
  id: 'live/exposed-env',
  aspect: 'server/hardening',
  title: 'The file `.env` is not served.',
  why: 'It holds passwords of databases and keys of services.',
  weight: 'part',
  severity: 'critical',
  cwe: [538, 200],
  asvs: ['13.4.7'],
  judge: (site) =>
    judgePaths(site, {
      paths: ['/.env'],
      passes: '`/.env` is not served.',
      fix: 'Keep the file out of the folder that is served, refuse paths with a dot (nginx: `location ~ /\\. { deny all; }`), and replace every secret in it.',
      recognise,
    }),
});

function recognise({ body }: Answer): ReturnType<Parameters<typeof judgePaths>[1]['recognise']> {
  const lines = body
    .slice(0, 50_000)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const names = lines.flatMap((line) => /^(?:export\s+)?([A-Za-z_][\w.]{0,80})\s*=/.exec(line)?.[1] ?? []);
  // Values of several lines, such as keys, have no names.
  if (
    names.length === 0 ||
    (names.length < lines.length / 2 && !names.some((name) => /^[A-Z_\d]{3,}$/.test(name))) ||
    /^\s*</.test(body)
  )
    return undefined;
  return {
    what: 'is a list of variables',
    evidence: {
      text: names
        .slice(0, 10)
        .map((name) => `${name}=***`)
        .join(' '),
    },
  };
}
