/**
 * Looks at the code of every log-in: whether the branch that only a failed check of the password takes writes to a log. What is logged
 * before the check, or of a success, says nothing of failures.
 *
 * ## Why
 * An attack on passwords shows in failed log-ins. Where these are not logged, nobody sees it.
 *
 * ## Passes
 * At each log-in the branch of failures writes to a log, or calls what does; or Django checks, and a receiver of its
 * `user_login_failed` logs.
 *
 * ## Fails
 * The project has code that logs, and a log-in whose branch of failures answers without logging; or requests are logged alone, and a
 * failure is answered with the status of any other.
 *
 * ## Unknown
 * No log-in was found; only some failures are logged; or another part of the program may log them: a handler of errors or a signal, the
 * log of requests, the framework, Bulwark's events.
 *
 * ## How to fix
 * ```js
 * if (!user) logger.warn({ event: 'log-in failed', account: hash(email), address }, 'log-in failed');
 * ```
 * ```python
 * logger.warning("log-in failed for account %s from %s", account_id, address)
 * ```
 */

import type { CodeView, LogIn } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import type { Subject } from '../../../subject/subject.ts';
import { gapsOf } from '../judge-sites.ts';

const fix = 'Log each failed log-in with the account and the address, and never with the password.';

export const check: Check = {
  id: 'code/security-events',
  aspect: 'logging/events',
  title: 'Failed log-ins are logged.',
  why: 'An attack on passwords shows in failed log-ins, and nobody sees it where these are not logged.',
  severity: 'low',
  cwe: [778],
  asvs: ['16.3.1'],
  async run(subject) {
    const view = await subject.code();
    return view.files === 0 ? [] : [look(subject, view)];
  },
};

/** What writes a line for each request, its status among it, or tells of refusals. */
const otherLogs =
  /^(morgan|pino-http|express-winston|koa-logger|koa-pino-logger|hono-pino|bulwark|axes|defender|django_structlog|asgi_correlation_id)$/;

/** Of these, what writes the status of an answer, and nothing else of a failure. */
const requestLogs = /^(morgan|pino-http|express-winston|koa-logger|koa-pino-logger|hono-pino)$/;

function look(subject: Subject, view: CodeView): Outcome {
  const { logIns, sites, imports } = view;
  if (logIns.length === 0)
    return unknown('No log-in was found, so that nothing shows whether failures are logged.', fix);
  const open = logIns.filter(({ log }) => log !== 'logged');
  const gaps = gapsOf(subject, view);
  if (open.length === 0)
    return gaps.length > 0
      ? unknown('Every failed log-in that was found is logged, and not all code was read.', fix, [
          ...evidenceOf(logIns),
          ...gaps,
        ])
      : pass('Every failed log-in writes to a log.', evidenceOf(logIns));
  const unseen = logIns.filter(({ log }) => log === 'unseen');
  const silent = logIns.filter(({ log }) => log === 'none' || log === 'unseen');
  const others = imports.filter((one) => otherLogs.test(one.package));
  const isLogging = sites.some(({ kind }) => kind === 'log');
  if (silent.length > 0 && isLogging && others.length === 0 && gaps.length === 0)
    return fail('The program logs, and failed log-ins are not logged.', evidenceOf(silent), fix);
  const isBlind = others.every((one) => requestLogs.test(one.package));
  if (unseen.length > 0 && others.length > 0 && isBlind && gaps.length === 0)
    return fail(
      'Requests are logged, and failed log-ins are answered as any other, so that no log tells of them.',
      evidenceOf(unseen),
      fix,
    );
  return unknown('Whether each failed log-in is logged could not be seen.', fix, [
    ...evidenceOf(open),
    ...others
      .slice(0, 3)
      .map(({ package: name, path, line }) => ({ text: `\`${name}\` may log it`, path, line })),
  ]);
}

function evidenceOf(logIns: readonly LogIn[]): readonly Evidence[] {
  return logIns.slice(0, 10).map(({ name, log, place }) => ({
    text: `${name}: ${log === 'logged' ? 'a failure is logged' : log === 'unresolved' ? 'not known' : 'a failure is not logged'}`,
    path: place.path,
    line: place.line,
  }));
}
