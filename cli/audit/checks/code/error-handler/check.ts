/**
 * Looks at how errors are answered: handlers of errors, the default of the framework, and every place where the message or the stack of
 * an error reaches an answer.
 *
 * ## Why
 * Details of errors tell an attacker paths, versions, tables and how far an attempt got.
 *
 * ## Passes
 * No details of an error reach an answer, and errors are answered by a handler, or by a framework whose default shows none in
 * production: Flask, Django, FastAPI, Starlette, Tornado, aiohttp, Koa, Hono, Nest, Next.
 *
 * ## Fails
 * The scanner finds that the message or stack of an error is sent to the client (`error/leak`).
 *
 * ## Unknown
 * No handler was found, and the default of the framework shows details: Express without `NODE_ENV=production` sends the stack, Fastify
 * the message, and so do Apollo and tRPC without a formatter that replaces the messages of errors that nobody foresaw. Or not all code was read or followed.
 *
 * ## How to fix
 * ```js
 * import { bulwarkErrors } from 'bulwark/express';
 *
 * app.use(bulwarkErrors({ onError: (error, requestId) => console.error(requestId, error) }));
 * ```
 * ```python
 * @app.errorhandler(500)
 * def failed(error):
 *     return render_template("500.html"), 500
 * ```
 */

import type { CodeView } from '../../../../scan/code-view.ts';
import { answersNotFollowed } from '../../../../scan/inventory/answer/answers-not-followed.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import type { Framework } from '../../../subject/stacks.ts';
import type { Subject } from '../../../subject/subject.ts';
import { judgeFindings } from '../judge-findings.ts';
import { gapsOf } from '../judge-sites.ts';

const fix =
  'Answer errors by a handler that sends a general message and an id, and logs the details under that id.';

export const check: Check = {
  id: 'code/error-handler',
  aspect: 'errors/handler',
  title: 'Errors are answered without their details.',
  why: 'Details of errors tell an attacker paths, versions, tables and how far an attempt got.',
  severity: 'medium',
  cwe: [209],
  asvs: ['16.5.1', '16.5.4'],
  async run(subject) {
    const view = await subject.code();
    return view.files === 0 ? [] : [look(subject, view)];
  },
};

/** What these answer by default shows no details, once debug mode is off. */
const safe: ReadonlySet<Framework> = new Set<Framework>([
  'flask',
  'django',
  'fastapi',
  'starlette',
  'tornado',
  'aiohttp',
  'koa',
  'hono',
  'nest',
  'next',
]);

function look(subject: Subject, view: CodeView): Outcome {
  const found = judgeFindings(view, [/^error\/leak$/], 'Details of errors are sent to the client');
  if (found) return found;
  const gaps = [
    ...gapsOf(subject, view),
    ...view.gaps.filter((gap) => gap.startsWith(answersNotFollowed)).map((text) => ({ text })),
  ];
  if (gaps.length > 0)
    return unknown('Not all code was read or followed, so that details of errors may be sent.', fix, gaps);
  if (view.bareApps.length > 0)
    return unknown(
      'An application has no handler of errors that was found, and its framework may show details by default.',
      fix,
      view.bareApps
        .slice(0, 10)
        .map(({ framework, place }) => ({ text: framework, path: place.path, line: place.line })),
    );
  const handlers = view.errorHandlers.map(
    ({ call, place }): Evidence => ({
      text: `errors are answered by \`${call}\``,
      path: place.path,
      line: place.line,
    }),
  );
  const bare = subject.stacks.filter(({ framework }) => !safe.has(framework));
  const defaults = subject.stacks
    .filter(({ framework }) => safe.has(framework))
    .map(({ framework, path }): Evidence => ({ text: `${framework} shows no details by default`, path }));
  if (handlers.length === 0 && (bare.length > 0 || subject.stacks.length === 0))
    return unknown(
      bare.length > 0
        ? `No handler of errors was found, and ${bare[0]?.framework} may show details by default.`
        : 'Neither a handler of errors nor a known framework was found.',
      fix,
      bare.map(({ framework, path }) => ({ text: framework, path })),
    );
  return pass(
    'No details of an error were seen to reach an answer, and errors have a handler or a safe default.',
    [
      ...handlers.slice(0, 8),
      ...defaults.slice(0, 4),
      { text: `${view.files} files of code followed, 0 findings of error/leak` },
    ],
  );
}
