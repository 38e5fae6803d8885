/**
 * Looks at whether errors are shown with their stack. Express does so unless `NODE_ENV` is `production`: the check looks for where the start
 * command, a Dockerfile, compose, Kubernetes, systemd or an `.env` file sets it, and for an error handler that stands in its place. Koa,
 * Fastify, Hono and Nest never show a stack by themselves, and Next only in development.
 *
 * ## Why
 * A stack names files, libraries and versions, and the message often holds data.
 *
 * ## Passes
 * Production runs with `NODE_ENV=production`, or the last middleware of Express answers errors itself, or the framework shows no stack.
 *
 * ## Fails
 * The code answers the stack of an error, an option of Apollo or tRPC does, `NODE_ENV` is set to something else, the package `errorhandler` is used in production, or `next dev` is what production starts.
 *
 * ## Unknown
 * Nothing in the project sets `NODE_ENV`, and no error handler was seen to answer all errors. Or the code answers a stack under a condition
 * of which the value in production is not known, such as `NODE_ENV` that nothing sets. Or Apollo or tRPC shows it unless `NODE_ENV`, which
 * nothing sets, is `production`.
 *
 * ## How to fix
 * ```dockerfile
 * ENV NODE_ENV=production
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt, evidenceOfReading } from '../../../node/app/evidence.ts';
import { nodeEnvOf } from '../../../node/app/node-env.ts';
import { packageUses } from '../../../node/app/package-uses.ts';
import { expressErrorHandler } from '../../../node/errors/error-handlers.ts';
import { shownStacks } from '../../../node/errors/shown-stacks.ts';
import { noSite } from '../../../node/headers/no-site.ts';
import { allSites, type Site } from '../../../node/headers/sites.ts';

export const check: Check = {
  id: 'node/debug',
  aspect: 'errors/debug',
  title: 'Errors are not shown with their stack in production.',
  why: 'A stack names files, libraries and versions, and the message often holds data.',
  severity: 'medium',
  cwe: [209, 489],
  asvs: ['13.4.2', '16.5.1'],
  run: (subject) =>
    allSites(subject).flatMap(({ application, sites }) =>
      sites.length === 0 ? [noSite(application, 'a debug mode', fix)] : sites.map(look),
    ),
};

const fix =
  'Set NODE_ENV=production where the program is started: `ENV NODE_ENV=production` in the Dockerfile, or in the start script.';

function look(site: Site): Outcome {
  const { application, framework, evidence } = site;
  const handler = packageUses(application).find(({ package: name }) => name === 'errorhandler');
  if (handler)
    return fail(
      'errorhandler shows the stack of every error.',
      [evidenceAt(handler.file, handler.node)],
      'Use errorhandler in development only: `if (process.env.NODE_ENV === "development")`.',
    );
  const own = framework === 'next' ? undefined : (ofOwnCode(site) ?? ofApi(site));
  if (own) return own;
  if (framework === 'express') return ofExpress(site);
  if (framework === 'next') return ofNext(site);
  return pass(`${shown[framework] ?? framework} shows no stack by itself.`, [evidence]);
}

/** What the code answers by itself, whatever its framework does. */
function ofOwnCode({ application }: Site): Outcome | undefined {
  const stacks = shownStacks(application);
  const places = stacks.slice(0, 5).map(({ file, node }) => evidenceAt(file, node));
  if (stacks.length === 0) return undefined;
  const mend = 'Log the stack, and answer a general message with the id of the request.';
  if (stacks.some(({ runs }) => runs === 'always'))
    return fail('The code answers errors with their stack.', places, mend);
  const [why] = stacks.flatMap(({ runs }) => (runs === 'always' ? [] : [runs.why]));
  return unknown(
    `The code answers errors with their stack under a condition of which the value in production is not known: ${why}.`,
    mend,
    places,
  );
}

/** Apollo and tRPC answer stacks by themselves, unless an option or `NODE_ENV` says otherwise. */
const options: readonly (readonly [pattern: RegExp, made: RegExp, option: string, name: string])[] = [
  [/^@apollo\/server$/, /^ApolloServer$/, 'includeStacktraceInErrorResponses', 'Apollo'],
  [/^apollo-server(-\w+)?$/, /^ApolloServer$/, 'debug', 'Apollo'],
  [/^@trpc\/server$/, /^(create|initTRPC|context|meta)$/, 'isDev', 'tRPC'],
];

function ofApi({ application, evidence }: Site): Outcome | undefined {
  for (const use of packageUses(application)) {
    const known = options.find(
      ([pattern, made]) => pattern.test(use.package) && made.test(use.path.at(-1) ?? ''),
    );
    if (!known) continue;
    const [, , option, name] = known;
    const [given] = use.args;
    const value = given && application.evaluator.member(given, option);
    const place = evidenceAt(use.file, use.node);
    const written = value?.kind === 'literal' && value.spot ? value.spot.file.shown(value.spot.node) : '';
    if (written === 'false') continue;
    if (written === 'true')
      return fail(`${name} answers errors with their stack.`, [place], `Remove \`${option}: true\`.`);
    const isMeant =
      given === undefined ||
      (value?.kind === 'literal' && (value.value === undefined || value.value === false));
    const env = nodeEnvOf(application);
    if (isMeant && env?.value === 'production') continue;
    return unknown(
      `${name} shows stacks unless \`${option}\` is false or NODE_ENV is production, which was not seen.`,
      `Set \`${option}: false\`, or NODE_ENV=production where the program is started.`,
      [place, ...(env?.evidence ?? []), evidence],
    );
  }
  return undefined;
}

const shown: Readonly<Record<string, string>> = {
  koa: 'Koa',
  fastify: 'Fastify',
  hono: 'Hono',
  nest: 'Nest',
};

function ofExpress({ application, server, evidence }: Site): Outcome {
  const handler = server && expressErrorHandler(server);
  if (handler && handler.doubt === undefined) {
    return pass('An error handler answers errors in place of Express.', [
      evidenceAt(handler.call.file, handler.call.node),
    ]);
  }
  const env = nodeEnvOf(application);
  if (env?.value === 'production')
    return pass('NODE_ENV is production, so that Express shows no stack.', [...env.evidence, evidence]);
  if (env?.value !== undefined && env.value !== '') {
    return fail(
      `NODE_ENV is ${JSON.stringify(env.value.slice(0, 40))}, with which Express shows stacks.`,
      env.evidence,
      fix,
    );
  }
  const handled = handler?.doubt === undefined ? 'no error handler was found' : handler.doubt;
  return unknown(
    `Express shows stacks unless NODE_ENV is production, which nothing in the project sets, and ${handled}.`,
    fix,
    [
      ...(env?.evidence ?? []),
      ...(handler ? [evidenceAt(handler.call.file, handler.call.node)] : []),
      evidence,
    ],
  );
}

function ofNext({ application, evidence }: Site): Outcome {
  const { development, frameworks, command } = application.entries;
  if (development)
    return fail(
      'Production starts Next in development mode, which shows stacks and sources.',
      [development],
      'Build with `next build`, and start with `next start`.',
    );
  if (frameworks.has('next') && command) return pass('`next start` shows no stack.', [command]);
  const own = packageUses(application).find(
    ({ package: name, path }) => name === 'next' && path.length === 0,
  );
  if (own === undefined)
    return unknown('How production starts Next was not found.', 'Start it with `next start`.', [
      evidence,
      evidenceOfReading(application),
    ]);
  const [options] = own.args;
  const dev = options && application.evaluator.member(options, 'dev');
  const place = evidenceAt(own.file, own.node);
  if (dev?.kind !== 'literal')
    return unknown(
      'Whether Next runs in development mode is computed.',
      "Pass `dev: process.env.NODE_ENV !== 'production'`.",
      [place],
    );
  if (dev.value) return fail('Next runs in development mode.', [place], 'Pass `dev: false`.');
  const isFixed = dev.value === false && dev.spot && /^false$/.test(dev.spot.file.shown(dev.spot.node));
  const env = nodeEnvOf(application);
  if (isFixed || dev.value === undefined || env?.value === 'production')
    return pass('Next does not run in development mode.', [place, ...(env?.evidence ?? [])]);
  return unknown(
    'Next runs in development mode unless NODE_ENV is production, which nothing in the project sets.',
    fix,
    [place, ...(env?.evidence ?? [])],
  );
}
