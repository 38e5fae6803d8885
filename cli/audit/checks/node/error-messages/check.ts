/**
 * Looks at what Fastify answers to an error that nothing handles: its own handler sends the message of the error, also of those that are
 * answered with 500.
 *
 * ## Why
 * Messages of databases and libraries hold statements, paths and data (CWE-209).
 *
 * ## Passes
 * The application sets an error handler of its own, or uses `bulwark()`, which does. What the handler sends is judged by other checks.
 *
 * ## Fails
 * Neither is there.
 *
 * ## Unknown
 * The error handler is set in a part of the application only, or behind a condition.
 *
 * ## How to fix
 * ```js
 * app.setErrorHandler((error, request, reply) => {
 *   request.log.error(error);
 *   const status = error.statusCode ?? 500;
 *   reply.code(status).send({ error: status < 500 ? error.message : 'Something went wrong.' });
 * });
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt, evidenceOfReading } from '../../../node/app/evidence.ts';
import { allSites, type Site } from '../../../node/headers/sites.ts';

export const check: Check = {
  id: 'node/error-messages',
  aspect: 'errors/handler',
  weight: 'part',
  title: 'Fastify does not send the messages of errors.',
  why: 'Messages of databases and libraries hold statements, paths and data.',
  severity: 'medium',
  cwe: [209],
  asvs: ['16.5.1'],
  run: (subject) =>
    allSites(subject).flatMap(({ sites }) =>
      sites.filter(({ framework }) => framework === 'fastify').map(look),
    ),
};

const fix =
  'Set a handler that sends a general sentence for status 500 and above: `app.setErrorHandler(...)`, or register `bulwark`.';

function look({ server, guards, evidence, application }: Site): Outcome {
  const guard = guards.find(({ package: name, path }) => name === 'bulwark' && path.at(-1) === 'bulwark');
  const calls = server?.calls.filter(({ method }) => method === 'setErrorHandler') ?? [];
  const sure = calls.find(({ reach, isInner }) => reach.state === 'always' && !isInner);
  if (guard?.covers === 'all')
    return pass('bulwark() answers errors without their messages.', [evidenceAt(guard.file, guard.node)]);
  if (sure)
    return pass('An error handler stands in place of that of Fastify.', [evidenceAt(sure.file, sure.node)]);
  const [partly] = calls;
  if (partly || guard) {
    return unknown(
      'An error handler is set, but not known to be the one of all routes.',
      fix,
      partly ? [evidenceAt(partly.file, partly.node)] : [evidence],
    );
  }
  if (application.gaps.length > 0)
    return unknown('No error handler was found, and not all code was read.', fix, [
      evidence,
      ...application.gaps.slice(0, 2).map((text) => ({ text })),
    ]);
  return fail(
    'Fastify sends the message of every error that nothing handles.',
    [evidence, evidenceOfReading(application)],
    fix,
  );
}
