/**
 * Finds JSON Web Tokens (JWT) that are read without a check of their signature: verification switched off, the
 * algorithm `none`, or `decode` instead of `verify`.
 *
 * ## Why
 * Anyone can write a token. Without a valid signature, its claims are whatever the sender likes.
 *
 * ## Bad
 * ```python
 * import jwt
 *
 * jwt.decode(token, options={"verify_signature": False})
 * ```
 * ```typescript
 * import jwt from 'jsonwebtoken';
 *
 * req.user = jwt.decode(token);
 * ```
 *
 * ## Good
 * ```python
 * jwt.decode(token, key, algorithms=["HS256"])
 * ```
 * ```typescript
 * req.user = jwt.verify(token, key, { algorithms: ['HS256'] });
 * ```
 *
 * ## When not to use it
 * Reading the header to choose the key before the token is verified is not reported if both happen in one function.
 */

import { type Abstract, deepTaints } from '../../dataflow/domain/abstract.ts';
import type { Call } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argument, calleeName, given, isA, isConst, option, type Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { tellsNoIdentity } from './claims-read.ts';

export const rule: UseRule = Object.freeze({
  id: 'jwt/unverified',
  title: 'JWT signature not verified',
  severity: 'high',
  cwe: [347],
  owasp: 'A07:2025 Authentication Failures',
  advice: 'Call `jwt.verify(token, key, { algorithms: [...] })` before you use any claim.',
  pythonAdvice: 'Pass the key and `algorithms=[...]` to `jwt.decode`, and use no claim before it returns.',
  on: ['call'],
  names: /^(parse|loads)$/,
  modelled: /^use\.(JwtEncode|JwtSign|JwtVerify|JwtDecode|JwtClaims|JwtSimple|JwtUnsecured|JwsVerify)$/,
  look,
} satisfies UseRule);

const calls: ByHost<(use: Use, call: Call) => UseReport | undefined> = { javascript, python };

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return undefined;
  const report = byHand(use, inst) ?? byHost(use.language, calls)?.(use, inst);
  return report && (inTests(use) || (report.confidence === 'medium' && tellsNoIdentity(use)))
    ? { ...report, confidence: 'low' }
    : report;
}

const off: UseReport = { message: 'The signature of the token is not verified.', confidence: 'high' };
const none: UseReport = {
  message: 'The algorithm `none` needs no key, so anyone can forge a token.',
  confidence: 'high',
};

function python(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.JwtEncode')) {
    const name = given(use, call, 2, 'algorithm');
    return isNone(name) || isConst(name, null) ? none : undefined;
  }
  if (isA(use, callee, 'use.JwsVerify'))
    return isConst(given(use, call, 3, 'verify'), false) && !isVerifiedToo(use) ? off : undefined;
  if (isA(use, callee, 'use.JwtClaims'))
    return isVerifiedToo(use) ? undefined : { ...off, confidence: 'medium' };
  if (!isA(use, callee, 'use.JwtDecode')) return undefined;
  if (hasNone(given(use, call, 2, 'algorithms'))) return none;
  const check = option(given(use, call, 3, 'options'), 'verify_signature');
  const isOff = isConst(check, false) || isConst(given(use, call, -1, 'verify'), false);
  return isOff && !isVerifiedToo(use) ? off : undefined;
}

function javascript(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.JwtSign')) {
    const options =
      calleeName(use, call) === 'createSigner' ? argument(use, call, 0) : argument(use, call, 2);
    return isNone(option(options, 'algorithm')) ? none : undefined;
  }
  if (isA(use, callee, 'use.JwtVerify')) return verify(use, call);
  if (isA(use, callee, 'use.JwtSimple')) return isConst(argument(use, call, 2), true) ? off : undefined;
  if (call.isNew && isA(use, callee, 'use.JwtUnsecured')) return none;
  if (!isA(use, callee, 'use.JwtDecode') || isVerifiedToo(use) || isForHeader(use)) return undefined;
  const isTheirs = isFromRequest(argument(use, call, 0));
  // With `complete`, the header is decoded too, usually to find the key.
  if (isConst(option(argument(use, call, 1), 'complete'), true) && !isTheirs)
    return { ...off, confidence: 'low' };
  const name = calleeName(use, call);
  const isBrowser =
    /^(jwt-decode|jwtDecode|jwt_decode)$/.test(name) ||
    (name === 'decodeJwt' && !hasImport(use.frame.linked, servers));
  return {
    message: 'The token is read without verifying its signature.',
    confidence: isTheirs ? 'high' : isBrowser ? 'low' : 'medium',
  };
}

const servers = /^(express|koa|fastify|restify|@hapi\/hapi|@nestjs\/common|(node:)?http)$/;

function verify(use: Use, call: Call): UseReport | undefined {
  const isOptions = call.args.length === 1;
  const options = argument(use, call, isOptions ? 0 : 2);
  if (hasNone(option(options, 'algorithms'))) return none;
  if (isOptions || calleeName(use, call) !== 'verify') return undefined;
  return isConst(argument(use, call, 1), '', null, undefined, false) && call.args[1] !== undefined
    ? { message: 'The token is verified with an empty key.', confidence: 'high' }
    : undefined;
}

function isNone(it: Abstract | undefined): boolean {
  return isConst(it, 'none', 'None', 'NONE');
}

function hasNone(list: Abstract | undefined): boolean {
  return isNone(list) || [...(list?.fields?.values() ?? [])].some(isNone);
}

/** `JSON.parse(Buffer.from(token.split('.')[1], 'base64'))`: the payload of a token, decoded without a library. */
function byHand(use: Use, call: Call): UseReport | undefined {
  const { frame } = use;
  const callee = frame.inst(call.callee);
  if (callee.op !== 'member' || !/^(parse|loads)$/.test(callee.name) || call.args[0] === undefined)
    return undefined;
  const names = namesOf(frame.linked, { func: frame.id, value: call.args[0] });
  if (
    !names.has('split') ||
    // `scheme, token = header.split()`
    !names.has('.') ||
    ![...names].some((name) => /^(base64|base64url|atob|b64decode|urlsafe_b64decode|Buffer)$/.test(name))
  )
    return undefined;
  const isMiddle = frame.func.code.some((inst) => inst.op === 'index' && isConst(frame.values[inst.key], 1));
  const isToken =
    [...names].some((name) => /token|jwt|authorization/i.test(name)) ||
    isFromRequest(frame.values[call.args[0]]);
  if (!isMiddle || !isToken || isVerifiedToo(use)) return undefined;
  const isTheirs = isFromRequest(frame.values[call.args[0]]);
  return {
    message: 'The token is read without verifying its signature.',
    confidence: isTheirs ? 'high' : names.has('atob') ? 'low' : 'medium',
  };
}

function isFromRequest(it: Abstract | undefined): boolean {
  return (
    it !== undefined &&
    deepTaints(it).some(({ origin }) => origin.kind === 'source' && origin.source === 'remote')
  );
}

/** Whether only the header of the decoded token is read, to find the key. */
function isForHeader({ frame, value }: Use): boolean {
  const users = usersOf(frame.func);
  const all = users.of[value] ?? [];
  return (
    all.length > 0 &&
    !users.returned.has(value) &&
    all.every((user) => {
      const inst = frame.inst(user);
      return inst.op !== 'member' ? inst.op === 'unary' || inst.op === 'binary' : inst.name === 'header';
    })
  );
}

/** Whether the function also verifies a token, which it only reads beforehand. */
function isVerifiedToo(use: Use): boolean {
  const { frame, value } = use;
  return frame.func.code.some((inst, other) => {
    if (inst.op !== 'call' || other === value || frame.values[other] === undefined) return false;
    if (
      /^(verify|jwtVerify|verifyAsync|verify_token|verifyToken|compactVerify|timingSafeEqual|compare_digest)$/.test(
        calleeName(use, inst),
      )
    )
      return true;
    return byHost(use.language, verifying)?.(use, inst) ?? false;
  });
}

/** PyJWT's `jwt.decode` verifies, unless an option turns that off. */
const verifying: ByHost<(use: Use, call: Call) => boolean> = {
  python: (use, call) =>
    isA(use, call.callee, 'use.JwtDecode') &&
    !isConst(option(given(use, call, 3, 'options'), 'verify_signature'), false) &&
    !isConst(given(use, call, -1, 'verify'), false),
};
