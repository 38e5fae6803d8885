/**
 * Looks at the code of every log-in: whether it, or what it calls, writes to a log.
 *
 * ## Why
 * An attack on passwords shows in failed log-ins. Where these are not logged, nobody sees it.
 *
 * ## Passes
 * The code that answers each log-in writes to a log, or calls what does.
 *
 * ## Fails
 * The project has a log-in and code that logs, and nothing that answers a log-in or an error does.
 *
 * ## Unknown
 * No log-in was found; a library or another part of the program may log it: a handler of errors, the framework, Bulwark's events.
 *
 * ## How to fix
 * ```js
 * if (!user) logger.warn({ event: 'log-in failed', account: hash(email), address }, 'log-in failed');
 * ```
 * ```python
 * logger.warning("log-in failed for account %s from %s", account_id, address)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import type { CodeView, LogIn } from '../../../subject/code-view.ts';
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

function look(subject: Subject, view: CodeView): Outcome {
  const { logIns, sites, errorHandlers, imports } = view;
  if (logIns.length === 0)
    return unknown('No log-in was found, so that nothing shows whether failures are logged.', fix);
  const silent = logIns.filter(({ log }) => log !== 'logged');
  const gaps = gapsOf(subject, view);
  if (silent.length === 0)
    return gaps.length > 0
      ? unknown('Every log-in that was found is logged, and not all code was read.', fix, [
          ...evidenceOf(logIns),
          ...gaps,
        ])
      : pass('The code that answers each log-in writes to a log.', evidenceOf(logIns));
  const logged = sites.filter(({ kind }) => kind === 'log');
  const others = imports.filter((one) => otherLogs.test(one.package));
  const isCertain = silent.every(({ log }) => log === 'none') && logIns.length === silent.length;
  if (
    isCertain &&
    logged.length > 0 &&
    errorHandlers.length === 0 &&
    others.length === 0 &&
    gaps.length === 0
  )
    return fail('The program logs, and nothing that answers a log-in does.', evidenceOf(silent), fix);
  return unknown('Whether each failed log-in is logged could not be seen.', fix, [
    ...evidenceOf(silent),
    ...others
      .slice(0, 3)
      .map(({ package: name, path, line }) => ({ text: `\`${name}\` may log it`, path, line })),
  ]);
}

function evidenceOf(logIns: readonly LogIn[]): readonly Evidence[] {
  return logIns.slice(0, 10).map(({ name, log, place }) => ({
    text: `${name}: ${log === 'logged' ? 'writes to a log' : log === 'none' ? 'writes to no log' : 'not known'}`,
    path: place.path,
    line: place.line,
  }));
}
