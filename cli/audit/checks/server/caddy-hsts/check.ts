/**
 * Looks at the header Strict-Transport-Security of each site of a Caddyfile with https. Caddy sends none by itself.
 *
 * ## Why
 * Without the header a browser starts with http when somebody types the name, and anyone on the path keeps it there.
 *
 * ## Passes
 * `header Strict-Transport-Security "max-age=..."` holds for all requests of the site, for at least 15552000 seconds (180 days).
 *
 * ## Fails
 * It is shorter or deleted; or a site answers with files or text of its own without it.
 *
 * ## Unknown
 * It holds for some requests only, the site forwards requests to an application, which may send it, or an import is not in the project.
 *
 * ## How to fix
 * ```text
 * header Strict-Transport-Security "max-age=31536000; includeSubDomains"
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { headersNamed } from '../../../files/caddy/caddy-headers.ts';
import {
  type CaddySite,
  caddyView,
  linesWithin,
  schemeOf,
  shownLine,
} from '../../../files/caddy/caddy-view.ts';

const fix = 'Add to the site: `header Strict-Transport-Security "max-age=31536000; includeSubDomains"`';
const leastAge = 15_552_000;

export const check: Check = {
  id: 'server/caddy-hsts',
  aspect: 'https/hsts',
  title: 'Caddy sends Strict-Transport-Security with every response.',
  why: 'Without the header a browser starts with http, and anyone on the path keeps it there.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  run: (subject) => caddyView(subject).sites.flatMap(judge),
};

function judge(site: CaddySite): readonly Outcome[] {
  const isPlain = site.addresses.every((address) => schemeOf(address, site.options) === 'http');
  const sent = headersNamed(site, 'strict-transport-security');
  const place = shownLine(site.line);
  const deleted = headersNamed(site, '-strict-transport-security');
  if (deleted.length > 0)
    return [
      fail(
        'Caddy deletes Strict-Transport-Security.',
        deleted.map(({ line }) => shownLine(line)),
        fix,
      ),
    ];
  if (sent.length === 0 && isPlain) return [];
  if (
    site.directives.length > 0 &&
    site.directives.every(({ words: [name] }) => name === 'redir' || name === 'tls' || name === 'log')
  )
    return [];
  const whole = sent.find(({ isPartial }) => !isPartial);
  const [first] = sent;
  if (sent.length > 1 || (first !== undefined && whole === undefined)) {
    return [
      unknown('Caddy sends Strict-Transport-Security for some requests, or sets it more than once.', fix, [
        place,
        ...sent.map(({ line }) => shownLine(line)),
      ]),
    ];
  }
  if (whole !== undefined) return [judgeValue(whole.value, [place, shownLine(whole.line)])];
  if (site.missing.length > 0)
    return [
      {
        ...unknown(
          'A site of Caddy sends no Strict-Transport-Security, and an import is not in the project.',
          fix,
          site.missing.map(shownLine),
        ),
        absent: 'perhaps',
      },
    ];
  const proxied = linesWithin(site.directives).find(({ line }) =>
    /^(reverse_proxy|php_fastcgi)$/.test(line.words[0] ?? ''),
  );
  if (proxied !== undefined) {
    const summary = 'Caddy sends no Strict-Transport-Security; the application behind it may.';
    return [{ ...unknown(summary, fix, [place, shownLine(proxied.line)]), absent: true }];
  }
  return [fail('A site of Caddy sends no Strict-Transport-Security.', [place], fix)];
}

function judgeValue(value: string, evidence: Parameters<typeof pass>[1]): Outcome {
  if (value.includes('{'))
    return unknown('The value of Strict-Transport-Security is computed.', fix, evidence);
  const age = /(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(value)?.[1];
  if (age === undefined || Number(age) < leastAge)
    return fail('Strict-Transport-Security holds for less than 180 days.', evidence, fix);
  return pass('Caddy sends Strict-Transport-Security with every response of a site.', evidence);
}
