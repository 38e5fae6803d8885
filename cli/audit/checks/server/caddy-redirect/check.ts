/**
 * Looks at the addresses of each site of a Caddyfile. Caddy answers a host over https and redirects http to it by itself.
 *
 * ## Why
 * A page over http can be read and changed by anyone on the path.
 *
 * ## Passes
 * Each site has a host, and neither `http://` nor port 80; or it only redirects to https.
 *
 * ## Fails
 * A site is given with `http://` or `:80` and answers content beside one with https; or `auto_https disable_redirects` is set and no site
 * redirects.
 *
 * ## Unknown
 * No site has https, so that something in front of Caddy may end TLS; an address comes from the environment; or a site over http has an
 * import that is not in the project.
 *
 * ## How to fix
 * ```text
 * example.com {
 *     reverse_proxy app:8000
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  type CaddySite,
  caddyView,
  type Scheme,
  schemeOf,
  shownLine,
} from '../../../files/caddy/caddy-view.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Write the host alone as the address of the site (`example.com {`), and remove `auto_https`: Caddy then redirects by itself.';

export const check: Check = {
  id: 'server/caddy-redirect',
  aspect: 'https/redirect',
  title: 'Caddy answers over https, and redirects http to it.',
  why: 'A page over http can be read and changed in transit.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { sites, gaps } = caddyView(subject);
  if (sites.length === 0)
    return gaps.length > 0 ? [unknown('The Caddyfile could not be read.', fix, gaps)] : [];
  const judged = sites.map((site) => ({
    site,
    schemes: site.addresses.map((address) => schemeOf(address, site.options)),
  }));
  const hasHttps = judged.some(({ schemes }) => schemes.includes('https'));
  const outcomes = judged.map(({ site, schemes }) =>
    judge(site, schemes, hasHttps, redirectsFor(site, sites)),
  );
  return gaps.length > 0
    ? [...outcomes, unknown('A part of the Caddyfile is not in the project.', fix, gaps)]
    : outcomes;
}

/** The `redir` of a site that sends every request to https. */
function redirectOf({ directives }: CaddySite): CaddySite['directives'][number] | undefined {
  const found = directives.find(
    ({ words }) =>
      words[0] === 'redir' && /^https:\/\//.test(words.find((word) => word.includes('://')) ?? ''),
  );
  return found !== undefined && !/^[@/]/.test(found.words[1] ?? '') ? found : undefined;
}

/** What redirects the hosts of a site on port 80 in sites of their own; none if a host is left out. */
function redirectsFor({ addresses }: CaddySite, sites: readonly CaddySite[]): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const address of addresses) {
    const host = address.replace(/^https:\/\//, '').replace(/:443$/, '');
    const plain = new Set([`http://${host}`, `${host}:80`, `http://${host}:80`, 'http://', ':80']);
    const site = sites.find((one) => redirectOf(one) && one.addresses.some((other) => plain.has(other)));
    const redirect = site && redirectOf(site);
    if (!redirect) return [];
    found.push(shownLine(redirect));
  }
  return found;
}

function judge(
  site: CaddySite,
  schemes: readonly Scheme[],
  hasHttps: boolean,
  redirected: readonly Evidence[],
): Outcome {
  const evidence: Evidence[] = [shownLine(site.line)];
  const redirects = redirectOf(site);
  if (redirects !== undefined)
    return pass('A site of Caddy redirects every request to https.', [...evidence, shownLine(redirects)]);
  const mode = site.options.find(({ words: [name] }) => name === 'auto_https');
  if (schemes.includes('unknown'))
    return unknown(
      'Whether a site of Caddy answers over https depends on what is not in the files.',
      fix,
      evidence,
    );
  if (schemes.includes('http')) {
    // What is imported may redirect.
    if (site.missing.length > 0)
      return {
        ...unknown('A site of Caddy answers over http, and an import is not in the project.', fix, [
          ...evidence,
          ...site.missing.map(shownLine),
        ]),
        absent: 'perhaps',
      };
    if (!hasHttps)
      return unknown(
        'No site of Caddy has https: whether something in front of it has, and redirects, is not in these files.',
        fix,
        [...evidence, ...(mode ? [shownLine(mode)] : [])],
      );
    const isPort80 = site.addresses.some((address) => /^http:\/\/[^:]*$|:80$/.test(address));
    if (!isPort80)
      return unknown('A site of Caddy answers over http on another port than 80.', fix, evidence);
    return fail('A site of Caddy answers content over http.', evidence, fix);
  }
  if (mode !== undefined && /^(off|disable_redirects)$/.test(mode.words[1] ?? '')) {
    if (redirected.length > 0)
      return pass('A site of Caddy answers over https, and another one redirects its hosts to it.', [
        ...evidence,
        ...redirected,
      ]);
    return fail(
      'Caddy does not redirect http to https: `auto_https` is switched off.',
      [...evidence, shownLine(mode)],
      fix,
    );
  }
  // With certificates from files (`tls cert.pem key.pem`) Caddy gets none itself, and still redirects: nothing in a site changes that.
  return pass('A site of Caddy answers over https, and Caddy redirects http to it.', evidence);
}
