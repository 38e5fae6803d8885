/**
 * Looks at the virtual hosts of Apache httpd with TLS: whether each sends `Strict-Transport-Security` for at least 180 days.
 *
 * ## Why
 * Without the header a browser starts with http, and anyone on the path keeps it there.
 *
 * ## Passes
 * `Header always set Strict-Transport-Security` with a `max-age` of 180 days or more stands in each virtual host with TLS, or beside them.
 *
 * ## Fails
 * It is shorter, or missing where Apache answers with files; with `Header set`, without `always`, it is missing on errors.
 *
 * ## Unknown
 * Apache sends none and forwards requests to an application, which may; the header has a condition; an include is not in the project.
 *
 * ## How to fix
 * ```apache
 * Header always set Strict-Transport-Security "max-age=31536000; includeSubDomains"
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  type ApacheHost,
  type ApacheLine,
  apacheView,
  proxiesAll,
  shownApache,
} from '../../../files/apache/apache-view.ts';
import { tlsInFront } from '../../../files/tls-in-front.ts';

const fix =
  'Add to the virtual host: `Header always set Strict-Transport-Security "max-age=31536000; includeSubDomains"`';
const leastAge = 15_552_000;
const name = 'strict-transport-security';

export const check: Check = {
  id: 'server/apache-hsts',
  aspect: 'https/hsts',
  title: 'Apache sends Strict-Transport-Security with every response.',
  why: 'Without the header a browser starts with http, and anyone on the path keeps it there.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  run(subject) {
    const { hosts } = apacheView(subject);
    const secure = hosts.filter(({ isTls, ports }) => isTls || ports.includes(443));
    if (secure.length > 0) return secure.map(judge);
    // Without TLS the header is the task of the application, unless TLS ends in front.
    if (tlsInFront(subject) !== undefined) return [];
    return hosts.filter((host) => host.ports.includes(80) && proxiesAll(host)).map(judge);
  },
};

function judge(host: ApacheHost): Outcome {
  const place = shownApache(host.section);
  const all = [...host.lines, ...host.outer];
  const sent = all.filter(names);
  const inside = host.lines.flatMap(({ block }) => block ?? []).filter(names);
  const [only] = sent;
  if (only !== undefined && sent.length === 1 && inside.length === 0) return judgeHeader(only, host);
  const places = [...sent, ...inside].map(shownApache);
  if (places.length > 0)
    return unknown(
      'Apache sends Strict-Transport-Security for some requests, or sets it more than once.',
      fix,
      [place, ...places.slice(0, 8)],
    );
  const [missing] = host.missing;
  if (missing !== undefined) {
    const summary = 'Apache sends no Strict-Transport-Security, and an include is not in the project.';
    return { ...unknown(summary, fix, [place, shownApache(missing)]), absent: 'perhaps' };
  }
  if (!proxiesAll(host)) return fail('Apache sends no Strict-Transport-Security.', [place], fix);
  const summary = 'Apache sends no Strict-Transport-Security; the application behind it may.';
  return { ...unknown(summary, fix, [place]), absent: true };
}

function names({ name: directive, args }: ApacheLine): boolean {
  return directive === 'header' && args.some((one) => one.toLowerCase() === name);
}

function judgeHeader(header: ApacheLine, { section }: ApacheHost): Outcome {
  const evidence = [shownApache(section), shownApache(header)];
  const isAlways = header.args[0]?.toLowerCase() === 'always';
  const [action = '', , value = '', condition] = isAlways ? header.args.slice(1) : header.args;
  if (/^unset$/i.test(action)) return fail('Apache removes Strict-Transport-Security.', evidence, fix);
  const isSet = /^(set|setifempty)$/i.test(action);
  const isTlsOnly = condition === undefined || /^(env=HTTPS|expr=%\{HTTPS\}\s*==\s*'on')$/i.test(condition);
  if (!isSet || !isTlsOnly || /[%$]/.test(value))
    return unknown(
      'Strict-Transport-Security is computed, or has a condition in the configuration of Apache.',
      fix,
      evidence,
    );
  const age = /(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(value)?.[1];
  if (age === undefined || Number(age) < leastAge)
    return fail('Strict-Transport-Security holds for less than 180 days.', evidence, fix);
  if (!isAlways)
    return fail('Strict-Transport-Security is missing on errors, since `always` is missing.', evidence, fix);
  return pass('Apache sends Strict-Transport-Security with every response.', evidence);
}
