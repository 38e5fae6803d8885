/**
 * Finds routes that check a password or a code in programs that limit nowhere how often that may be tried: Express, Fastify,
 * Koa, Hono, Nest, Flask, FastAPI.
 *
 * ## Why
 * Without a limit passwords are tried by the thousand: from lists of those that leaked elsewhere, or all codes of six digits.
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
 * Where a proxy in front, or a service for log-ins, limits attempts.
 */
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { checksPassword, isForUser } from '../../rule/password-check.ts';
import { inTests } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { argument, isA, type Use } from '../../rule/use.ts';
import { constText } from '../../taint/abstract.ts';
import type { Frame } from '../../taint/frame.ts';
import { isLimiter, isLimiting, isLimitingDecorator, limitsOf } from './limiters.ts';

export const rule: UseRule = Object.freeze({
  id: 'limits/login-attempts',
  title: 'Log-in without a limit of attempts',
  severity: 'medium',
  cwe: [307, 770],
  owasp: 'A07:2025 Authentication Failures',
  advice:
    'Limit attempts by account and by address: express-rate-limit, rate-limiter-flexible, @fastify/rate-limit, Flask-Limiter, slowapi.',
  on: ['call'],
  names: /^(post|route|all|put|Post)$/,
  look,
} satisfies UseRule);

const paths =
  /(^|[/_-])(log-?in|sign-?in|authenticate|auth|session|sessions|token|otp|2fa|mfa|verify|password)([/_-]|$)/i;
const routers = [
  'express.Application',
  'express.Route',
  'fastify.Instance',
  'koa.Router',
  'hono.App',
  'flask.Flask',
  'fastapi.App',
];

function look(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  if (inst.op !== 'call' || !isRoute(use, inst)) return undefined;
  const path = constText(argument(use, inst, 0));
  if (path === undefined || !paths.test(path) || inTests(use)) return undefined;
  const { linked } = frame;
  if (limitsOf(linked) === 'all') return undefined;
  const handlers = handlersOf(use, inst);
  if (handlers.some((func) => isLimited(use, func))) return undefined;
  if (inst.args.some((value) => isLimiter(linked, { func: frame.id, value }))) return undefined;
  if (!handlers.some((func) => checksPassword(linked, func))) return undefined;
  return { message: `How often \`${path.slice(0, 60)}\` is tried has no limit`, confidence: 'medium' };
}

/** `app.post('/login', ...)`, and Nest's `@Post('login')`. */
function isRoute(use: Use, call: Call): boolean {
  const callee = use.frame.inst(call.callee);
  if (callee.op === 'import') return callee.name === 'Post' && callee.specifier === '@nestjs/common';
  return (
    callee.op === 'member' &&
    /^(post|route|all|put)$/.test(callee.name) &&
    isA(use, callee.object, ...routers)
  );
}

/** The functions that a route runs: those that are passed, or what its decorator is for. */
function handlersOf({ frame, value }: Use, call: Call): number[] {
  const passed = call.args.flatMap((arg) => frame.linked.functions(frame.id, arg));
  if (passed.length > 0) return passed;
  return (decorationsOf(frame.func).get(value) ?? []).flatMap((arg) => frame.linked.functions(frame.id, arg));
}

const known = new WeakMap<Func, ReadonlyMap<ValueId, readonly ValueId[]>>();

/** What each decorator of a function's code stands at. */
function decorationsOf(func: Func): ReadonlyMap<ValueId, readonly ValueId[]> {
  let all = known.get(func);
  if (!all) {
    const made = new Map<ValueId, ValueId[]>();
    for (const inst of func.code)
      if (inst.op === 'call' && inst.isDecorator)
        made.set(inst.callee, [...(made.get(inst.callee) ?? []), ...inst.args]);
    all = made;
    known.set(func, all);
  }
  return all;
}

/** Whether a handler counts attempts itself, a decorator of it does, or nobody gets there who has not logged in. */
function isLimited({ frame }: Use, id: number): boolean {
  const func = frame.linked.program.functions[id]?.func;
  return isLimiting(func) || (func !== undefined && isForUser(func)) || limitedIn(frame).has(id);
}

const limited = new WeakMap<Frame, ReadonlySet<number>>();

/** The functions that a limiting decorator stands at. */
function limitedIn(frame: Frame): ReadonlySet<number> {
  let all = limited.get(frame);
  if (!all) {
    const { code } = frame.func;
    const found = code.flatMap((inst) =>
      inst.op === 'call' && isLimitingDecorator(frame.func, inst)
        ? inst.args.flatMap((arg) => frame.linked.functions(frame.id, arg))
        : [],
    );
    all = new Set(found);
    limited.set(frame, all);
  }
  return all;
}
