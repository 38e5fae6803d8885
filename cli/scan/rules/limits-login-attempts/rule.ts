/**
 * Finds routes that check a password or a code in programs without any rate limit: Express, Fastify, Koa, Hono, Nest,
 * Flask, Flask-RESTful, Flask-HTTPAuth, FastAPI, Django and Django's own log-in views.
 *
 * ## Why
 * Without a limit an attacker tries thousands of passwords: leaked ones (credential stuffing), or every six-digit code
 * (brute force).
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * from werkzeug.security import check_password_hash
 *
 * app = Flask(__name__)
 *
 * @app.post("/login")
 * def login():
 *     return {"ok": check_password_hash(stored_hash(request.form["name"]), request.form["password"])}
 * ```
 * ```typescript
 * import bcrypt from 'bcrypt';
 * import express from 'express';
 *
 * const app = express();
 * app.post('/login', async (req, res) => {
 *   res.sendStatus((await bcrypt.compare(String(req.body.password), await storedHash(req.body.name))) ? 204 : 401);
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * from flask_limiter import Limiter
 * from flask_limiter.util import get_remote_address
 * from werkzeug.security import check_password_hash
 *
 * app = Flask(__name__)
 * limiter = Limiter(get_remote_address, app=app)
 *
 * @app.post("/login")
 * @limiter.limit("5/minute")
 * def login():
 *     return {"ok": check_password_hash(stored_hash(request.form["name"]), request.form["password"])}
 * ```
 * ```typescript
 * import bcrypt from 'bcrypt';
 * import express from 'express';
 * import { rateLimit } from 'express-rate-limit';
 *
 * const app = express();
 * app.post('/login', rateLimit({ windowMs: 60_000, limit: 5 }), async (req, res) => {
 *   res.sendStatus((await bcrypt.compare(String(req.body.password), await storedHash(req.body.name))) ? 204 : 401);
 * });
 * ```
 *
 * ## When not to use it
 * If a proxy in front of the application, or a log-in service, limits attempts.
 */

import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { checksPassword, isForUser } from '../kit/sensitive/password-check.ts';
import type { Use } from '../kit/use.ts';
import { countsAttempts } from './counted-attempts.ts';
import { limitedIn } from './decorated.ts';
import { fileRoute, hasFileRoutes } from './file-routes.ts';
import { isLimitedClass, isLimiter, isLimiting, limitsOf } from './limiters.ts';
import { guardedIn, isPasswordStrategy } from './password-strategy.ts';
import { chainOf } from './route-chain.ts';
import { routeNames, routeOf } from './routes.ts';

export const rule: UseRule = Object.freeze({
  id: 'limits/login-attempts',
  title: 'Missing rate limit on log-in',
  severity: 'medium',
  cwe: [307, 770],
  owasp: 'A07:2025 Authentication Failures',
  isHardening: true,
  advice:
    'Limit attempts per account and per address, with express-rate-limit, rate-limiter-flexible or @fastify/rate-limit.',
  pythonAdvice: {
    django: 'Limit attempts per account and per address, with django-axes or django-ratelimit.',
    flask: 'Limit attempts per account and per address, with Flask-Limiter.',
    fastapi: 'Limit attempts per account and per address, with slowapi.',
    any: 'Limit attempts per account and per client address.',
  },
  on: ['call', 'func'],
  names: routeNames,
  modelled: noState,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  if (inst.op === 'func')
    return hasFileRoutes(frame.linked) && !inTests(use) ? lookAtFunction(use) : undefined;
  const route = inst.op === 'call' && !inTests(use) ? routeOf(use, inst) : undefined;
  if (inst.op !== 'call' || !route) return undefined;
  const { linked } = frame;
  if (limitsOf(linked) === 'all') return undefined;
  if (route.handlers.some((func) => isLimited(use, func))) return undefined;
  if (route.classes.some((one) => isLimitedClass(linked, one) || limitedIn(linked).classes.has(one)))
    return undefined;
  const passed = chainOf(use, inst).flatMap(({ args }) => args);
  if (passed.some((value) => isLimiter(linked, { func: frame.id, value }))) return undefined;
  const isAsked =
    route.isReady === true ||
    route.handlers.some((func) => checksPassword(linked, func)) ||
    passed.some((value) => isPasswordStrategy(linked, { func: frame.id, value })) ||
    route.handlers.some((func) => guardedIn(linked).has(func));
  if (!isAsked) return undefined;
  return report(route.path);
}

function report(name: string): UseReport {
  return { message: `Log-in attempts at \`${name.slice(0, 60)}\` have no rate limit.`, confidence: 'medium' };
}

/** `export async function POST(request) { ... }` in `app/login/route.ts`: no call says that it is one. */
function lookAtFunction(use: Use): UseReport | undefined {
  const { linked, id } = use.frame;
  for (const func of linked.functions(id, use.value)) {
    const name = fileRoute(linked, func);
    if (name === undefined || limitsOf(linked) === 'all' || isLimited(use, func)) continue;
    if (checksPassword(linked, func)) return report(name);
  }
  return undefined;
}

/** Whether a handler counts attempts, itself or with a decorator, or is only for users who are already logged in. */
function isLimited({ frame }: Use, id: number): boolean {
  const func = frame.linked.program.functions[id]?.func;
  return (
    isLimiting(func) ||
    (func !== undefined && isForUser(func)) ||
    limitedIn(frame.linked).functions.has(id) ||
    countsAttempts(frame.linked, id)
  );
}
