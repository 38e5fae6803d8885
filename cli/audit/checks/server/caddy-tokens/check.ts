/**
 * Looks at the header Server of each site of a Caddyfile. Caddy sends `Server: Caddy` by itself, without a version.
 *
 * ## Why
 * The name of the software tells an attacker which known vulnerabilities to try.
 *
 * ## Passes
 * `header -Server` holds for all requests of the site.
 *
 * ## Fails
 * The site doesn't delete the header.
 *
 * ## Unknown
 * It is deleted for some requests only, or an import is not in the project.
 *
 * ## How to fix
 * ```text
 * header -Server
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { headersNamed } from '../../../files/caddy/caddy-headers.ts';
import { type CaddySite, caddyView, shownLine } from '../../../files/caddy/caddy-view.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix = 'Add to the site: `header -Server`';

export const check: Check = {
  id: 'server/caddy-tokens',
  aspect: 'server/tokens',
  title: 'Caddy does not send its name.',
  why: 'The name of the software tells an attacker which known vulnerabilities to try.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { sites, gaps } = caddyView(subject);
  if (sites.length === 0 && gaps.length > 0) return [unknown('The Caddyfile could not be read.', fix, gaps)];
  return sites.map(judge);
}

function judge(site: CaddySite): Outcome {
  const deleted = headersNamed(site, '-server');
  const place = shownLine(site.line);
  const evidence = [place, ...deleted.map(({ line }) => shownLine(line))];
  if (deleted.some(({ isPartial }) => !isPartial))
    return pass('A site of Caddy sends no header Server.', evidence);
  if (deleted.length > 0)
    return unknown('A site of Caddy deletes the header Server for some requests only.', fix, evidence);
  if (site.missing.length > 0)
    return unknown(
      'A site of Caddy sends the header Server, unless an import that is not in the project deletes it.',
      fix,
      site.missing.map(shownLine),
    );
  return fail('A site of Caddy sends `Server: Caddy`.', evidence, fix);
}
