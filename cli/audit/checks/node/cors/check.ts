/**
 * Looks at which other origins may read responses: `cors`, `@fastify/cors`, `@koa/cors`, `cors` of Hono, `enableCors` of Nest, the CORS of
 * Bulwark and of socket.io, and code that sets `Access-Control-Allow-Origin` itself.
 *
 * ## Why
 * Where any origin may read responses with the cookies of the user, every site that the user visits reads and does what the user can.
 *
 * ## Passes
 * The origins are a fixed list; or any origin may read, without credentials, in an application that has no sessions; or all code of the
 * application was read and none allows other origins, which is what browsers do by default.
 *
 * ## Fails
 * Any origin is allowed with credentials: `origin: true`, a function that allows all, `origin: '*'`, which some libraries answer with the
 * origin of the request. Or any origin may read the responses of an application with sessions.
 *
 * ## Unknown
 * A function or the environment decides, a pattern is not anchored, or a part of the code was not read.
 *
 * ## How to fix
 * ```js
 * app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt, evidenceOf, evidenceOfReading, nameOf } from '../../../node/app/evidence.ts';
import { type NodeApplication, nodeApplications } from '../../../node/app/node-application.ts';
import { type CorsUse, corsUses } from '../../../node/cors/cors-uses.ts';
import { judgeOrigin } from '../../../node/cors/judge-origin.ts';
import { scopeOf, sentOrigin } from '../../../node/cors/sent-origin.ts';
import { sitesOf } from '../../../node/headers/sites.ts';
import { whyUnknown } from '../../../node/read/value.ts';
import { foundCookies } from '../../../node/session/found-cookies.ts';

export const check: Check = {
  id: 'node/cors',
  aspect: 'cors/origins',
  title: 'Only listed origins may read responses.',
  why: 'Every site that a user visits can read and do what the user can.',
  severity: 'high',
  cwe: [942],
  asvs: ['3.4.2'],
  run: (subject) => nodeApplications(subject).flatMap(look),
};

const fix = "List the origins: `cors({ origin: ['https://app.example.com'] })`.";

function look(application: NodeApplication): readonly Outcome[] {
  const uses = corsUses(application);
  const name = nameOf(application);
  const evidence = [evidenceOfReading(application)];
  const [gap] = application.gaps;
  if (uses.length > 0) {
    const judged = uses.map((use) => judge(use, application));
    if (gap === undefined || judged.some(({ verdict }) => verdict !== 'pass')) return judged;
    const places = judged.flatMap((one) => one.evidence);
    const summary = 'What was found allows no other origin, and not all code of the application was read.';
    return [unknown(summary, fix, [{ text: gap }, ...places])];
  }
  if (gap !== undefined || application.modules.length === 0) {
    return [
      unknown(`${name} was not seen to allow other origins, and not all of its code was read.`, fix, [
        { text: gap ?? 'No module was read.' },
        ...evidence,
      ]),
    ];
  }
  if (sitesOf(application).length === 0) {
    return [unknown(`The code that sets up the application was not found.`, fix, evidence)];
  }
  const said = application.modules.find(({ text }) => /access-control-allow-origin/i.test(text));
  if (said)
    return [
      unknown('Code names Access-Control-Allow-Origin in a way that was not resolved.', fix, [
        { text: said.path, path: said.path },
      ]),
    ];
  return [pass(`${name} allows no other origin.`, evidence)];
}

function judge(use: CorsUse, application: NodeApplication): Outcome {
  const { file, node, by, credentials } = use;
  const { evaluator } = application;
  const origins =
    use.sent === undefined
      ? judgeOrigin(use.origin, evaluator)
      : sentOrigin(use.sent, scopeOf(file, evaluator));
  const evidence = [evidenceAt(file, node), ...(use.origin.spot ? [evidenceOf(use.origin, file, node)] : [])];
  if (origins.kind === 'unknown')
    return unknown(`Which origins ${by} allows is not known, because ${origins.why}.`, fix, evidence);
  if (origins.kind !== 'any')
    return pass(
      `${by} allows ${origins.kind === 'list' ? 'only listed origins' : 'no other origin'}.`,
      evidence,
    );
  if (credentials.kind === 'literal' && credentials.value === true) {
    return fail(`${by} allows any origin with credentials: ${origins.how}.`, evidence, fix);
  }
  if (credentials.kind !== 'literal') {
    return unknown(
      `${by} allows any origin, and whether it does so with credentials is not known, because ${whyUnknown(credentials)}.`,
      fix,
      evidence,
    );
  }
  const [cookie] = foundCookies(application);
  if (cookie === undefined)
    return pass(`${by} allows any origin, without credentials, and no session was found.`, evidence);
  if (by === 'Access-Control-Allow-Origin') {
    const summary = 'Some responses may be read by any origin, in an application with sessions.';
    return unknown(summary, fix, [...evidence, evidenceAt(cookie.file, cookie.node)]);
  }
  return fail(
    `${by} allows any origin to read responses of an application with sessions: ${origins.how}.`,
    [...evidence, evidenceAt(cookie.file, cookie.node)],
    fix,
  );
}
