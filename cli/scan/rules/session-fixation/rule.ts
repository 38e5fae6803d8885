/**
 * Finds log-ins that store the user in the existing session without a new session ID: `req.session.userId = ...`
 * without `regenerate`.
 *
 * ## Why
 * An attacker who set the visitor's session cookie before the log-in, for example from another subdomain, has a
 * logged-in session afterwards.
 *
 * ## Bad
 * ```typescript
 * import bcrypt from 'bcrypt';
 * import express from 'express';
 * import session from 'express-session';
 *
 * const app = express();
 * app.use(session({ secret: process.env.SESSION_SECRET ?? '', resave: false, saveUninitialized: false }));
 * app.post('/login', async (req, res) => {
 *   const user = await find(req.body.name);
 *   if (!(await bcrypt.compare(String(req.body.password), user.hash))) return res.sendStatus(401);
 *   req.session.userId = user.id;
 *   return res.redirect('/');
 * });
 * ```
 *
 * ## Good
 * ```typescript
 * import bcrypt from 'bcrypt';
 * import express from 'express';
 * import session from 'express-session';
 *
 * const app = express();
 * app.use(session({ secret: process.env.SESSION_SECRET ?? '', resave: false, saveUninitialized: false }));
 * app.post('/login', async (req, res, next) => {
 *   const user = await find(req.body.name);
 *   if (!(await bcrypt.compare(String(req.body.password), user.hash))) return res.sendStatus(401);
 *   req.session.regenerate((error) => {
 *     if (error) return next(error);
 *     req.session.userId = user.id;
 *     res.redirect('/');
 *   });
 * });
 * ```
 *
 * ## When not to use it
 * Sessions that are kept in the cookie itself (cookie-session, Flask's default) have no ID, and are not reported.
 */

import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { checksPassword, isForUser } from '../kit/sensitive/password-check.ts';
import { isA, type Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';

export const rule: UseRule = Object.freeze({
  id: 'session/fixation',
  title: 'Session ID not regenerated after log-in',
  severity: 'medium',
  cwe: [384],
  owasp: 'A07:2025 Authentication Failures',
  advice: 'Call `req.session.regenerate` after the password check, and write to the new session.',
  pythonAdvice: {
    django:
      'Log users in with `django.contrib.auth.login`, or call `request.session.cycle_key()` after the password check.',
    flask: 'Call `session.clear()` after the password check, before you write to the session.',
    any: 'Start a new session after the password check.',
  },
  languages: ['javascript'],
  on: ['store'],
  names:
    /^(user|userId|user_id|userid|uid|userID|username|userName|account|accountId|authenticated|isAuthenticated|loggedIn|isLoggedIn|loggedin|admin|isAdmin|email|member|memberId|customerId|auth)$/,
  look,
} satisfies UseRule);

const sessions = /^(express-session|@fastify\/session|koa-session)$/;

/** Bounds the enclosing functions, up to the route's handler. */
const maxOuter = 6;

function look(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  if (inst.op !== 'store' || inTests(use)) return undefined;
  if (!isA(use, inst.object, 'express.Session')) return undefined;
  const given = frame.inst(inst.value);
  if (given.op === 'const' && !given.value) return undefined;
  if (!hasImport(frame.linked, sessions)) return undefined;
  const around = functionsAround(frame);
  if (around.some((func) => isElse(frame, func))) return undefined;
  if (!around.some((func) => checksPassword(frame.linked, func))) return undefined;
  return {
    message: 'The session ID is not regenerated after log-in.',
    confidence: 'medium',
  };
}

function functionsAround({ linked, id, info }: FunctionView): number[] {
  const { functions, firstFunc } = linked.program;
  const first = firstFunc[info.module] ?? 0;
  const found: number[] = [];
  // The module's own code is no handler.
  for (let at = id; found.length < maxOuter && at > first; at = first + (functions[at]?.func.outer ?? 0))
    found.push(at);
  return found;
}

/** Whether a function regenerates the session, or is for users who are already logged in. */
function isElse({ linked }: FunctionView, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  return func !== undefined && renewsOrIsForUser(func);
}

const renewsOrIsForUser = memoized(
  (func: Func) =>
    isForUser(func) || func.code.some((inst) => inst.op === 'member' && isRenewal.test(inst.name)),
);
const isRenewal = /^(regenerate|regenerateId|changeSessionId)$/;
