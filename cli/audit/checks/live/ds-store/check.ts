/**
 * Looks at `/.DS_Store`, which macOS writes into folders. Only its content counts.
 *
 * ## Why
 * It lists the names of all files of a folder, also of those that no page links to.
 *
 * ## Passes
 * It is not there.
 *
 * ## Fails
 * It has the content of such a file.
 *
 * ## Unknown
 * The site had no answer, or answered with content that is not recognised.
 *
 * ## How to fix
 * ```sh
 * find public -name .DS_Store -delete
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { judgePaths } from '../../../live/judge/probed-path.ts';

export const check: Check = liveCheck({
  id: 'live/ds-store',
  aspect: 'server/hardening',
  title: 'The file `.DS_Store` is not served.',
  why: 'It lists the names of all files of a folder.',
  weight: 'part',
  severity: 'low',
  cwe: [538],
  asvs: ['13.4.7'],
  judge: (site) =>
    judgePaths(site, {
      paths: ['/.DS_Store'],
      passes: '`/.DS_Store` is not served.',
      fix: 'Delete the file, and refuse paths with a dot (nginx: `location ~ /\\. { deny all; }`).',
      recognise: ({ body }) =>
        body.slice(0, 64).includes('\0\0\0\u0001Bud1') ? { what: 'lists the files of a folder' } : undefined,
    }),
});
