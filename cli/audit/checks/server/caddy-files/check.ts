/**
 * Looks at `file_server` of each site of a Caddyfile: `browse` lists folders, and hidden files are served unless `hide` names them.
 *
 * ## Why
 * A listing shows backups and forgotten files; `.git` and `.env` hand out the source and the secrets.
 *
 * ## Passes
 * It has no `browse`, and `hide` names `.*` or both `.git` and `.env`.
 *
 * ## Fails
 * It has `browse`.
 *
 * ## Unknown
 * Hidden files are not hidden, and what is in the root isn't known.
 *
 * ## How to fix
 * ```text
 * file_server {
 *     hide .*
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { caddyView, linesWithin, shownLine } from '../../../files/caddy/caddy-view.ts';
import type { CaddyLine } from '../../../files/caddy/parse-caddyfile.ts';

const fix = 'Hide files whose names start with a dot:\nfile_server {\n    hide .*\n}';

export const check: Check = {
  id: 'server/caddy-files',
  aspect: 'server/hardening',
  title: 'Caddy lists no folders and serves no hidden files.',
  why: 'A listing shows forgotten files; `.git` and `.env` hand out the source and the secrets.',
  severity: 'medium',
  cwe: [548, 538],
  asvs: ['13.4.1', '13.4.3'],
  run: (subject) =>
    caddyView(subject).sites.flatMap(({ directives, line: site }) => {
      const lines = linesWithin(directives);
      const denied = lines.some(
        ({ line: { words } }) =>
          /^(respond|error|abort)$/.test(words[0] ?? '') &&
          /^\/\.\*?|^@(hidden|dot\w*|secret\w*)$/.test(words[1] ?? ''),
      );
      return lines
        .filter(({ line }) => line.words[0] === 'file_server')
        .map(({ line }) => judge(line, site, denied));
    }),
};

function judge(line: CaddyLine, site: CaddyLine, isDenied: boolean): Outcome {
  const evidence = [shownLine(site), shownLine(line)];
  const browses =
    line.words.includes('browse') || (line.block ?? []).some(({ words }) => words[0] === 'browse');
  if (browses) return fail('Caddy lists folders.', evidence, 'Remove `browse` from `file_server`.');
  const hidden = (line.block ?? [])
    .filter(({ words }) => words[0] === 'hide')
    .flatMap(({ words }) => words.slice(1));
  const isHidden =
    hidden.some((one) => /^(\.\*|\*\/\.\*)$/.test(one)) ||
    ['.git', '.env'].every((one) => hidden.some((name) => name === one || name === `${one}*`));
  if (isHidden) return pass('Caddy lists no folders and hides files whose names start with a dot.', evidence);
  const summary = isDenied
    ? 'Caddy denies hidden files by a rule that is not followed.'
    : 'Nothing hides files whose names start with a dot; whether the root has any is not in the files.';
  return unknown(summary, fix, evidence);
}
