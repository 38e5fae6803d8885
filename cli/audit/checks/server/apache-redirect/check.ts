/**
 * Looks at the virtual hosts of Apache httpd that answer over http: whether each only redirects to https.
 *
 * ## Why
 * A page over http can be read and changed by anyone on the path.
 *
 * ## Passes
 * Each virtual host without TLS has `Redirect ... / https://...`, or a `RewriteRule` for all addresses to https whose conditions only ask
 * for the scheme.
 *
 * ## Fails
 * A virtual host of port 80 answers content.
 *
 * ## Unknown
 * Something in front may end TLS; the redirect has other conditions; an include is not in the project.
 *
 * ## How to fix
 * ```apache
 * <VirtualHost *:80>
 *     ServerName shop.example.com
 *     Redirect permanent / https://shop.example.com/
 * </VirtualHost>
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  type ApacheHost,
  type ApacheLine,
  apacheView,
  proxiesAll,
  shownApache,
} from '../../../files/apache/apache-view.ts';
import { tlsInFront } from '../../../files/tls-in-front.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Let the virtual host of port 80 only redirect: `Redirect permanent / https://shop.example.com/`.';

export const check: Check = {
  id: 'server/apache-redirect',
  aspect: 'https/redirect',
  title: 'Apache redirects requests over http to https.',
  why: 'A page over http can be read and changed in transit.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run(subject) {
    const { hosts, gaps } = apacheView(subject);
    const plain = hosts.filter(({ isTls, ports }) => !isTls && !ports.every((port) => port === 443));
    const hasTls = plain.length < hosts.length;
    const outcomes = plain.map((host) => judge(host, hasTls, subject));
    const unread = gaps.map((gap) => unknown('A configuration of Apache could not be read.', fix, [gap]));
    return [...outcomes, ...unread];
  },
};

function judge(host: ApacheHost, hasTls: boolean, subject: Subject): Outcome {
  const place = shownApache(host.section);
  const redirect = [...host.lines, ...host.outer].find(redirectsAll);
  // Apache proxies a request before it applies `Redirect`.
  const proxied = host.lines.find(({ name, args }) => name === 'proxypass' && args[1] !== '!');
  if (redirect !== undefined && proxied !== undefined)
    return unknown('A virtual host of Apache redirects to https, and hands a part of the requests on.', fix, [
      place,
      ...[redirect, proxied].map(shownApache),
    ]);
  if (redirect !== undefined)
    return pass('A virtual host of Apache redirects every request to https.', [place, shownApache(redirect)]);
  const rewritten = rewrite(host.lines);
  if (rewritten?.isWhole)
    return pass('A virtual host of Apache redirects every request to https.', [
      place,
      shownApache(rewritten.rule),
    ]);
  if (rewritten !== undefined)
    return unknown('A virtual host of Apache redirects to https under a condition.', fix, [
      place,
      shownApache(rewritten.rule),
    ]);
  const [missing] = host.missing;
  if (missing !== undefined) {
    const summary = 'A virtual host of Apache answers over http, and an include is not in the project.';
    return { ...unknown(summary, fix, [place, shownApache(missing)]), absent: 'perhaps' };
  }
  const handedOn = proxiesAll(host) ? ({ absent: true } as const) : {};
  const front: Evidence | undefined = hasTls ? undefined : tlsInFront(subject);
  if (front !== undefined || !host.ports.includes(80)) {
    const summary =
      'No virtual host of Apache has TLS: whether something in front has, and redirects, is not in these files.';
    return { ...unknown(summary, fix, [place, ...(front ? [front] : [])]), ...handedOn };
  }
  return { ...fail('A virtual host of Apache answers content over http.', [place], fix), ...handedOn };
}

function redirectsAll({ name, args }: ApacheLine): boolean {
  const target = args.at(-1) ?? '';
  if (!target.startsWith('https://')) return false;
  if (name === 'redirect') return args.at(-2) === '/';
  if (name === 'redirectpermanent' || name === 'redirecttemp') return args[0] === '/';
  return name === 'redirectmatch' && /^\^?\/?\(?\.\*\)?\$?$/.test(args.at(-2) ?? '');
}

/** A rule that sends all addresses to https, and whether nothing but the scheme decides. */
function rewrite(
  lines: readonly ApacheLine[],
): { readonly rule: ApacheLine; readonly isWhole: boolean } | undefined {
  const isOn = lines.some(({ name, args }) => name === 'rewriteengine' && /^on$/i.test(args[0] ?? ''));
  let conditions: ApacheLine[] = [];
  let isFirst = true;
  for (const one of isOn ? lines : []) {
    if (one.name === 'rewritecond') conditions.push(one);
    if (one.name !== 'rewriterule') continue;
    const [pattern = '', target = '', flags = ''] = one.args;
    const isAll = /^(\^|\.\*|\^?\/?\(?\.\*\)?\$?|\^\/?\(\.\*\)\$?|\^\.\*\$)$/.test(pattern);
    if (isAll && target.startsWith('https://'))
      return { rule: one, isWhole: isFirst && /\bR\b/.test(flags) && conditions.every(isAboutScheme) };
    conditions = [];
    isFirst = false;
  }
  return undefined;
}

function isAboutScheme({ args: [subject = '', test = '', flags = ''] }: ApacheLine): boolean {
  if (/OR/.test(flags)) return false;
  // The folder of tokens for certificates has to be answered over http.
  if (/^%\{(REQUEST_URI)\}$/.test(subject)) return /^!\^?\/?\\?\.well-known\//.test(test);
  if (subject === '%{HTTPS}') return /^(!=?"?on"?|!\^?on\$?|=?"?off"?|\^?off\$?)$/i.test(test);
  return subject === '%{SERVER_PORT}' && /^(=?80|\^80\$|!=?443|!\^443\$)$/.test(test);
}
