/**
 * Looks at the servers of nginx that listen without TLS: each has to redirect every request to https, or to answer with no content.
 *
 * ## Why
 * A page over http can be read and changed by anyone on the path, and sends session cookies that are not Secure.
 *
 * ## Passes
 * The server has `return 301 https://...` (or `rewrite ^ https://...`), at its level or in `location /` with no other location but
 * `/.well-known/acme-challenge/`; behind another proxy a redirect by `$http_x_forwarded_proto` counts too.
 *
 * ## Fails
 * A server answers content on port 80 although the configuration has a server with TLS; or it has none, the server has a public name, and
 * no file suggests that something in front ends TLS.
 *
 * ## Unknown
 * No server has TLS, and something in front may; another port than 80; an include that is not in the project.
 * Where nginx hands every request on, an application that redirects by itself passes the line.
 *
 * ## How to fix
 * ```nginx
 * server {
 *     listen 80 default_server;
 *     return 301 https://$host$request_uri;
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type NginxServer, nginxView, unresolved } from '../../../files/nginx/nginx-view.ts';
import type { Directive } from '../../../files/nginx/parse-nginx.ts';
import { gapEvidence, shownDirective } from '../../../files/nginx/shown.ts';
import { tlsInFront } from '../../../files/tls-in-front.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Answer requests over http with a redirect only:\nserver {\n    listen 80 default_server;\n    return 301 https://$host$request_uri;\n}';

export const check: Check = {
  id: 'server/nginx-redirect',
  aspect: 'https/redirect',
  title: 'nginx redirects every request over http to https.',
  why: 'A page over http can be read and changed in transit.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const view = nginxView(subject);
  const hasTls = view.servers.some(({ listens }) => listens.some(({ isTls }) => isTls));
  const outcomes = view.servers.flatMap((server) => judge(server, hasTls, subject));
  if (outcomes.length > 0) return outcomes;
  if (view.gaps.length > 0)
    return [unknown('The configuration of nginx could not be read.', fix, gapEvidence(view))];
  const [first] = view.servers;
  return first === undefined
    ? []
    : [
        pass(
          'nginx listens with TLS only.',
          view.servers.map(({ server }) => shownDirective(server)).slice(0, 50),
        ),
      ];
}

function judge(
  { server, listens, context }: NginxServer,
  hasTls: boolean,
  subject: Subject,
): readonly Outcome[] {
  const plain = listens.filter(({ isTls, isLocal }) => !isTls && !isLocal);
  if (plain.length === 0) return [];
  const block = server.block ?? [];
  const both = listens.some(({ isTls }) => isTls);
  const answer = answerOf(block, both);
  const place = shownDirective(server);
  if (answer.kind === 'redirect')
    return [
      pass('A server of nginx redirects every request to https.', [
        place,
        ...answer.evidence.map(shownDirective),
      ]),
    ];
  if (answer.kind === 'nothing')
    return [
      pass('A server of nginx answers requests over http with no content.', [
        place,
        ...answer.evidence.map(shownDirective),
      ]),
    ];
  const missing = unresolved(context);
  if (missing !== undefined)
    return [
      unknown(
        'A server of nginx answers over http, and an include that may redirect is not in the project.',
        fix,
        [place, shownDirective(missing)],
      ),
    ];
  // Then an application that redirects by itself does it for nginx too.
  const handedOn = handsAllOn(block) ? ({ absent: true } as const) : {};
  if (!hasTls && !isPublic(block, plain, subject)) {
    const summary =
      'No server of nginx has TLS: whether something in front of it has, and redirects, is not in these files.';
    return [{ ...unknown(summary, fix, [place]), ...handedOn }];
  }
  if (answer.kind === 'condition')
    return [
      unknown('A server of nginx redirects to https under a condition.', fix, [
        place,
        ...answer.evidence.map(shownDirective),
      ]),
    ];
  if (!plain.some(({ port }) => port === 80))
    return [unknown('A server of nginx answers over http on another port than 80.', fix, [place])];
  const evidence = [place, ...answer.evidence.map(shownDirective)];
  const summary = hasTls
    ? 'A server of nginx answers content over http.'
    : 'A server of nginx answers content over http, and no server has TLS.';
  return [{ ...fail(summary, evidence, fix), ...handedOn }];
}

/** Whether browsers reach a server under its name, as far as files tell: nothing suggests that TLS ends in front of it. */
function isPublic(
  block: readonly Directive[],
  plain: readonly { readonly port: number | undefined }[],
  subject: Subject,
): boolean {
  const names = block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args);
  return (
    names.some((name) => publicName.test(name)) &&
    plain.some(({ port }) => port === 80) &&
    tlsInFront(subject) === undefined
  );
}

const publicName =
  /^(\*\.|\.)?([\w-]+\.)+(?!(local|localhost|localdomain|internal|intranet|lan|home|corp|test|svc)$)[a-z][a-z-]+$/i;

/** Whether an application behind nginx answers everything: it serves no files of its own. */
function handsAllOn(block: readonly Directive[]): boolean {
  const all = (of: readonly Directive[]): readonly Directive[] =>
    of.flatMap((one) => [one, ...all(one.block ?? [])]);
  const names = all(block).map(({ name }) => name);
  return (
    names.some((name) => /^(proxy|fastcgi|uwsgi|scgi|grpc)_pass$/.test(name)) &&
    !names.some((name) => /^(root|alias|try_files|index|autoindex)$/.test(name))
  );
}

interface Answer {
  readonly kind: 'redirect' | 'nothing' | 'condition' | 'content';
  readonly evidence: readonly Directive[];
}

/** What a server answers to requests over http. Directives of the rewrite module run in their order, before a location is chosen. */
function answerOf(block: readonly Directive[], listensBoth: boolean): Answer {
  const conditions: Directive[] = [];
  for (const directive of block) {
    if (directive.name === 'if') {
      const inner = (directive.block ?? []).map(kindOf).find((kind) => kind !== undefined);
      if (inner === undefined) continue;
      if (isHttpOnly(directive.args, listensBoth)) return { kind: inner, evidence: [directive] };
      if (inner === 'redirect') conditions.push(directive);
      continue;
    }
    const kind = kindOf(directive);
    // certbot writes a redirect under `if ($host = ...)`, and `return 404` behind it.
    if (kind !== undefined)
      return { kind: conditions.length > 0 ? 'redirect' : kind, evidence: [...conditions, directive] };
    if (directive.name === 'return') return { kind: 'content', evidence: [directive] };
  }
  const locations = block.filter(
    ({ name, args }) =>
      name === 'location' &&
      !args.some((arg) => arg.includes('.well-known/acme-challenge') || arg.startsWith('@')),
  );
  const kinds = locations.map((location) =>
    (location.block ?? []).map(kindOf).find((kind) => kind !== undefined),
  );
  const root = locations.findIndex(({ args }) => args.at(-1) === '/' && args.length === 1);
  if (root >= 0 && kinds.every((kind) => kind !== undefined))
    return { kind: kinds[root] ?? 'content', evidence: locations };
  return conditions.length > 0
    ? { kind: 'condition', evidence: conditions }
    : { kind: 'content', evidence: [] };
}

function kindOf({ name, args }: Directive): 'redirect' | 'nothing' | undefined {
  if (name === 'return') {
    const [first = '', second = ''] = args;
    if (/^https:\/\//i.test(first)) return 'redirect';
    if (/^30[1278]$/.test(first) && /^https:\/\//i.test(second)) return 'redirect';
    if (/^(4(0[034]|10|44))$/.test(first) && second === '') return 'nothing';
    return undefined;
  }
  if (name !== 'rewrite') return undefined;
  const [pattern = '', target = ''] = args;
  return /^\^?(\(?\.\*\)?)?\$?$/.test(pattern) && /^https:\/\//i.test(target) ? 'redirect' : undefined;
}

/** `if ($scheme = http)`, `if ($scheme != "https")` and what a proxy in front says. */
function isHttpOnly(args: readonly string[], listensBoth: boolean): boolean {
  const text = args
    .join(' ')
    .replace(/^\(\s*|\s*\)$/g, '')
    .replaceAll('"', '');
  if (/^\$http_x_forwarded_proto (= http|!= https)$/.test(text)) return true;
  if (/^\$scheme (= http|!= https)$/.test(text)) return true;
  return listensBoth && /^\$https (= ''|!= on|= )$/.test(text);
}
