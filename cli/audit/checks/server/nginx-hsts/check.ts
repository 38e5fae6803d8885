/**
 * Looks at `add_header Strict-Transport-Security` of nginx in each server with TLS and each location in it. A block that has an
 * `add_header` of its own inherits none (unless `add_header_inherit merge`, nginx 1.29.3, says so); without `always` the header is
 * missing on errors.
 *
 * ## Why
 * Without the header a browser starts with http when somebody types the name, and anyone on the path keeps it there.
 *
 * ## Passes
 * The header is sent with `always` and a `max-age` of at least 15552000 (180 days) wherever the server answers. Locations that refuse all
 * requests need none.
 *
 * ## Fails
 * It is shorter, lost in a location, sent without `always`, or missing where nginx answers with files of its own.
 *
 * ## Unknown
 * nginx sends none and forwards requests to an application, which may; the value is computed; an include is not in the project.
 *
 * ## How to fix
 * ```nginx
 * add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
 * ```
 * Repeat it in each location that has an `add_header` of its own.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  type NginxContext,
  type NginxServer,
  nginxView,
  unresolved,
} from '../../../files/nginx/nginx-view.ts';
import type { Directive } from '../../../files/nginx/parse-nginx.ts';
import { headerOf, headersOf } from '../../../files/nginx/response-headers.ts';
import { contextName, gapEvidence, shownContext, shownDirective } from '../../../files/nginx/shown.ts';
import { tlsInFront } from '../../../files/tls-in-front.ts';
import type { Subject } from '../../../subject/subject.ts';

const name = 'strict-transport-security';
const line = 'add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;';
const fix = `Add to the server, and to each location that has an add_header of its own:\n${line}`;
const passes = /^(proxy|fastcgi|uwsgi|scgi|grpc)_pass$/;
const leastAge = 15_552_000;

export const check: Check = {
  id: 'server/nginx-hsts',
  aspect: 'https/hsts',
  title: 'nginx sends Strict-Transport-Security with every response.',
  why: 'Without the header a browser starts with http, and anyone on the path keeps it there.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const view = nginxView(subject);
  const secure = view.servers.filter(({ listens }) => listens.some(({ isTls }) => isTls));
  // Behind a proxy that ends TLS no server has it.
  const judged =
    secure.length > 0
      ? secure
      : view.servers.filter(({ contexts }) =>
          contexts.some((context) => headerOf(context, name) !== undefined),
        );
  const outcomes =
    judged.length > 0 ? judged.flatMap(judge) : view.servers.flatMap((one) => bare(one, subject));
  if (outcomes.length > 0) return outcomes;
  return view.gaps.length > 0
    ? [unknown('The configuration of nginx could not be read.', fix, gapEvidence(view))]
    : [];
}

/** A server without TLS that hands requests on: then the header is the task of the application, unless TLS ends in front. */
function bare({ context, listens, server }: NginxServer, subject: Subject): readonly Outcome[] {
  const isPlain = listens.some(({ port, isLocal }) => port === 80 && !isLocal);
  if (!isPlain || !hasPass(context) || tlsInFront(subject) !== undefined) return [];
  const summary = 'nginx has no TLS and sends no Strict-Transport-Security; the application behind it may.';
  return [{ ...unknown(summary, fix, [shownDirective(server)]), absent: true }];
}

function judge({ contexts, server }: NginxServer): readonly Outcome[] {
  const answering = contexts.filter((context, index) => isAnswering(context, index, contexts));
  const isSent = contexts.some((context) => headerOf(context, name) !== undefined);
  const outcomes = answering.map((context) => inContext(context, isSent));
  const worse = outcomes.filter(({ verdict }) => verdict !== 'pass');
  if (worse.length > 0) return worse.slice(0, 20);
  const evidence = answering.flatMap((context) => headerOf(context, name) ?? []);
  if (evidence.length === 0) return [];
  return [
    pass(
      'nginx sends Strict-Transport-Security with every response of a server.',
      [server, ...new Set(evidence)].map(shownDirective),
    ),
  ];
}

/** Whether a request can end in this context with an answer that a browser keeps the header of. */
function isAnswering({ levels, chain }: NginxContext, index: number, all: readonly NginxContext[]): boolean {
  const own = levels.at(-1) ?? [];
  if (own.some(({ name: one }) => one === 'internal')) return false;
  if (refusesAll(own)) return false;
  const last = chain.at(-1);
  if (last?.name === 'limit_except') return false;
  // A server whose location `/` takes all that no other takes answers nothing itself.
  const isCovered =
    index === 0 &&
    all.some(
      ({ chain: other }) =>
        other.length === chain.length + 1 &&
        other.at(-1)?.name === 'location' &&
        other.at(-1)?.args.join(' ') === '/',
    );
  return !isCovered;
}

/** `deny all;` or `return 404;`: there is nothing to protect. */
function refusesAll(own: readonly Directive[]): boolean {
  const denies = own.some(({ name: one, args }) => one === 'deny' && args[0] === 'all');
  const mayAllow = own.some(({ name: one }) => /^(allow|satisfy|if|error_page|auth_\w+)$/.test(one));
  const [last] = own.filter(({ name: one }) => one === 'return' || one === 'if');
  const isReturned =
    last?.name === 'return' && last.args.length === 1 && /^4(0[034]|10|44)$/.test(last.args[0] ?? '');
  return (denies && !mayAllow) || isReturned;
}

function inContext(context: NginxContext, isSentElsewhere: boolean): Outcome {
  const where = contextName(context);
  const sent = headerOf(context, name);
  if (sent !== undefined) return judgeValue(sent, where);
  const own = context.levels.at(-1) ?? [];
  const missing = unresolved(context);
  if (missing !== undefined)
    return {
      ...unknown(
        `nginx sends no Strict-Transport-Security in ${where}, and an include is not in the project.`,
        fix,
        [shownDirective(missing)],
      ),
      absent: 'perhaps',
    };
  const [lost] = headersOf(context);
  if (isSentElsewhere && lost !== undefined)
    return fail(
      `nginx loses Strict-Transport-Security in ${where}, which has an add_header of its own.`,
      [shownContext(context), shownDirective(lost)],
      fix,
    );
  const proxied = own.find(({ name: one }) => passes.test(one));
  if (proxied !== undefined || (!isSentElsewhere && hasPass(context))) {
    const summary = `nginx sends no Strict-Transport-Security in ${where}; the application behind it may.`;
    const evidence = [shownContext(context), ...(proxied === undefined ? [] : [shownDirective(proxied)])];
    return { ...unknown(summary, fix, evidence), absent: true };
  }
  return fail(`nginx sends no Strict-Transport-Security in ${where}.`, [shownContext(context)], fix);
}

/** Some location of the server forwards requests, so that the header may be the application's task. */
function hasPass({ chain }: NginxContext): boolean {
  const server = chain.find((one) => one.name === 'server');
  const all = (block: readonly Directive[]): readonly Directive[] =>
    block.flatMap((one) => [one, ...all(one.block ?? [])]);
  return all(server?.block ?? []).some((one) => passes.test(one.name));
}

function judgeValue(header: Directive, where: string): Outcome {
  const [, value = '', always] = header.args;
  const evidence = [shownDirective(header)];
  if (value.includes('$'))
    return unknown(`The value of Strict-Transport-Security is computed in ${where}.`, fix, evidence);
  const age = /(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(value)?.[1];
  if (age === undefined || Number(age) < leastAge)
    return fail(`Strict-Transport-Security holds for less than 180 days in ${where}.`, evidence, fix);
  if (always !== 'always')
    return fail(
      `Strict-Transport-Security is missing on errors in ${where}, since \`always\` is missing.`,
      evidence,
      fix,
    );
  return pass(`nginx sends Strict-Transport-Security in ${where}.`, evidence);
}
