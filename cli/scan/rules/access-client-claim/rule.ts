/**
 * Finds access decisions that rely on what the client says about itself: an `isAdmin` cookie, an `X-Role` header, a
 * query parameter, the address in `X-Forwarded-For`, or an owner ID in a cookie that is compared with the one in the
 * path.
 *
 * ## Why
 * The client controls everything in a request, cookies and headers included. With one `curl` command, anyone can be an
 * administrator or connect from `127.0.0.1`.
 *
 * ## Bad
 * ```python
 * from flask import Flask, abort, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/users/<int:key>/delete")
 * def delete(key):
 *     if request.cookies.get("is_admin") != "true":
 *         abort(403)
 *     return remove_user(key)
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.delete('/users/:id', (req, res) => {
 *   if (req.get('X-Role') !== 'admin') return res.sendStatus(403);
 *   return res.json(removeUser(req.params.id));
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, abort, request, session
 *
 * app = Flask(__name__)
 *
 * @app.post("/users/<int:key>/delete")
 * def delete(key):
 *     if not session.get("is_admin"):
 *         abort(403)
 *     return remove_user(key)
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.delete('/users/:id', (req, res) => {
 *   if (req.session.role !== 'admin') return res.sendStatus(403);
 *   return res.json(removeUser(req.params.id));
 * });
 * ```
 *
 * ## When not to use it
 * If a reverse proxy removes these headers from incoming requests and sets them itself. In that case the server must
 * not be reachable in any other way. Signed cookies, sessions and comparisons of secrets, such as CSRF tokens, are not
 * reported.
 */

import type { Call, Constant, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { nameOfCalled } from '../kit/sensitive/sensitive-context.ts';
import { calleeName, known, type Use } from '../kit/use.ts';
import { conditionTests } from '../kit/value/condition-names.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { type Claim, claimOf } from './claim.ts';
import { decisionOf } from './decision.ts';
import { isAddress, isAllowList, isFlag, isOwnRole, mayBeFlag, mayMean, meaningOf } from './rights.ts';
import { askedRight, listedRole, rightsOfRole, sameRole } from './role-tests.ts';
import { sameRequest } from './two-claims.ts';

export const rule: UseRule = Object.freeze({
  id: 'access/client-claim',
  title: 'Access control based on client-supplied data',
  severity: 'high',
  cwe: [807, 290, 302],
  owasp: 'A01:2025 Broken Access Control',
  advice:
    'Use `req.session.role`, a verified token or a database row to decide, and `req.socket.remoteAddress` for the address.',
  pythonAdvice:
    'Decide by what the server knows: the session, a signed token, a database row, or the peer address of the connection.',
  on: ['binary', 'call', 'member', 'index'],
  operators: ['==', '!=', 'in', 'not in'],
  names:
    /^(includes|has|indexOf|startsWith|startswith|get|header|cookie|getCookie|get_cookie|check|can|may|allows?|permits?|is_?(allowed|permitted|granted)|has_?(permission|right|access|privilege)|role_?(can|may|allows|has)\w*|check_?(permission|access|right))$/i,
  members: mayBeFlag,
  isOfData: true,
  look,
} satisfies UseRule);

/** A test of a client's claim. `isTrue`: whether the client claims the right if the test is true. */
interface Test {
  readonly claim: Claim;
  readonly isTrue: boolean;
  /** The claim alone does not show that the test is about rights. It counts only if a refusal or an action depends on it. */
  readonly isOpen?: true;
  /**
   * The claim is compared with another value of the same request. `kept`: one of them is a cookie or a header, where programs
   * store an identity.
   */
  readonly isCompared?: 'kept' | 'sent';
}

function look(use: Use): UseReport | undefined {
  // A function in the constant pass has no untrusted data, and so no claim.
  const test = use.frame.isConstantPass ? undefined : testOf(use);
  if (!test || inTests(use)) return undefined;
  const { claim } = test;
  const { linked, id } = use.frame;
  const means = claim.kind === 'address' || test.isCompared ? 'returns' : 'rights';
  const decision = decisionOf(linked, { func: id, value: use.value }, test.isTrue, means);
  const isOwn = claim.kind === 'query' || claim.kind === 'body';
  if (decision === 'nothing' && (isOwn || test.isOpen || claim.kind === 'address')) return undefined;
  if (isAskedElsewhere(use, claim)) return undefined;
  const what =
    claim.kind === 'address'
      ? 'the address of its sender'
      : test.isCompared
        ? 'the identity of its sender'
        : 'the rights of its sender';
  return {
    message: `The request itself states ${what} in \`${claim.name.slice(0, 40)}\`, and this check trusts it.`,
    confidence: decision === 'nothing' || test.isCompared === 'sent' ? 'low' : 'medium',
  };
}

function testOf(use: Use): Test | undefined {
  const { inst } = use;
  switch (inst.op) {
    case 'binary':
      if (inst.operator === '==' || inst.operator === '!=')
        return (
          compared(use, inst.left, inst.right, inst.operator === '==') ??
          compared(use, inst.right, inst.left, inst.operator === '==') ??
          twoOfOne(use, inst.left, inst.right, inst.operator === '==')
        );
      return listed(use, inst.left, inst.right, inst.operator === 'in');
    case 'call':
      return ofCall(use, inst) ?? alone(use, claimName(use, inst));
    case 'member':
      return alone(use, inst.name);
    case 'index':
      return alone(use, textOf(use, inst.key));
    default:
      return undefined;
  }
}

/** `req.cookies.role === 'admin'` */
function compared(use: Use, value: ValueId, other: ValueId, isSame: boolean): Test | undefined {
  const text = constantOf(use, other);
  if (use.frame.inst(value).op === 'const') return undefined;
  if (text === undefined) return open(sameRole(use, value, other), isSame);
  const isIp = isAddress(text.value);
  if (!isIp && !mayMean(text.value) && !namesRole(use.frame.func)) return undefined;
  const claim = claimOf(use.frame, value);
  if (!claim) return undefined;
  if (claim.kind === 'address') return isIp ? { claim, isTrue: isSame } : undefined;
  const isIdentity = claim.kind === 'cookie' || claim.kind === 'header';
  const meaning = meaningOf(claim.name, text.value, isIdentity);
  if (!meaning && isIdentity && isOwnRole(claim.name, text.value))
    return { claim, isTrue: isSame, isOpen: true };
  return meaning && { claim, isTrue: isSame === (meaning === 'has') };
}

/** Whether a function names a role at all. The result is cached, as each comparison with a text needs it. */
const namesRole = memoized((func: Func) =>
  func.code.some((inst) => {
    const name = inst.op === 'const' ? inst.value : inst.op === 'member' ? inst.name : undefined;
    return typeof name === 'string' && name.length < 60 && /role|privilege/i.test(name);
  }),
);

/** `req.cookies.userId === req.params.id` */
function twoOfOne(use: Use, left: ValueId, right: ValueId, isSame: boolean): Test | undefined {
  const it = sameRequest(use, left, right);
  return it && { claim: it.claim, isTrue: isSame, isOpen: true, isCompared: it.isKept ? 'kept' : 'sent' };
}

/** `ip in ALLOWED`, `allowed.includes(ip)`, `ip.startsWith('10.')` */
function ofCall(use: Use, call: Call): Test | undefined {
  const callee = use.frame.inst(call.callee);
  const [given] = call.args;
  const asked = open(askedRight(use, nameOfCalled(use.frame.linked, use.frame.id, callee), call), true);
  if (asked) return asked;
  if (callee.op !== 'member' || given === undefined || call.args.length > 1) return undefined;
  if (/^(includes|has|check)$/.test(callee.name)) return listed(use, given, callee.object, true);
  if (!/^starts[wW]ith$/.test(callee.name)) return undefined;
  const text = constantOf(use, given);
  if (!text || !isAddress(text.value)) return undefined;
  const claim = claimOf(use.frame, callee.object);
  return claim?.kind === 'address' ? { claim, isTrue: true } : undefined;
}

function listed(use: Use, value: ValueId, list: ValueId, isIn: boolean): Test | undefined {
  const rights = open(rightsOfRole(use, list), isIn);
  if (rights) return rights;
  if (constantOf(use, value)) return undefined;
  const claim = isListOfAllowed(use, list) ? claimOf(use.frame, value) : undefined;
  if (claim?.kind === 'address') return { claim, isTrue: isIn };
  return open(listedRole(use, value, list), isIn);
}

function open(claim: Claim | undefined, isTrue: boolean): Test | undefined {
  return claim && { claim, isTrue, isOpen: true };
}

function isListOfAllowed(use: Use, list: ValueId): boolean {
  const names = [...namesOf(use.frame.linked, { func: use.frame.id, value: list })];
  if (names.some((name) => /block|deny|denied|ban|black/i.test(name))) return false;
  if (names.some(isAllowList)) return true;
  const items = [...(known(use, list)?.fields?.values() ?? [])];
  return items.length > 0 && items.every(({ consts }) => consts?.every(isAddress) === true);
}

function claimName(use: Use, call: Call): string | undefined {
  const name = calleeName(use, call);
  return textOf(use, call.args[name === 'getCookie' && call.args.length > 1 ? 1 : 0]);
}

/** `if (req.cookies.isAdmin)` */
function alone(use: Use, name: string | undefined): Test | undefined {
  if (name === undefined || !isFlag(name)) return undefined;
  const claim = claimOf(use.frame, use.value);
  return claim && claim.kind !== 'address' && claim.kind !== 'body' && claim.name === name
    ? { claim, isTrue: true }
    : undefined;
}

function constantOf(use: Use, value: ValueId): { readonly value: Constant } | undefined {
  const { consts, shape } = known(use, value) ?? {};
  if (consts?.length !== 1 || shape === 'unknown') return undefined;
  return { value: consts[0] };
}

function textOf(use: Use, value: ValueId | undefined): string | undefined {
  const inst: Inst | undefined = value === undefined ? undefined : use.frame.inst(value);
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

const ownNames = /user|session|admin|role|permi|allowed|staff|can[A-Z_]|has_|auth/i;

/** Whether another condition on the path checks what the server itself knows of the client: its user, session or role. */
function isAskedElsewhere(use: Use, claim: Claim): boolean {
  const { func, linked, id } = use.frame;
  return conditionTests(func, use.value).some((test) => {
    if (test === use.value || partsOf(func.code[test], test).some((part) => claimOf(use.frame, part)))
      return false;
    const names = [...namesOf(linked, { func: id, value: test })];
    return names.some((name) => ownNames.test(name) && name !== claim.name);
  });
}

/** Both sides of a comparison, the negated value, or else the test itself. */
function partsOf(inst: Inst | undefined, test: ValueId): readonly ValueId[] {
  if (inst?.op === 'binary') return [inst.left, inst.right];
  return [inst?.op === 'unary' ? inst.value : test];
}
