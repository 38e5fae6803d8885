import type { ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Use } from '../kit/use.ts';

/** A test of a request's path. */
export interface PathTest {
  readonly request: ValueId;
  /** What the path is compared with: a text, a list of texts, or a regular expression. */
  readonly by: ValueId;
  readonly isExpression: boolean;
  /** Whether a true result means that the path matches: true for `==`, false for `!=`. */
  readonly isTrue: boolean;
}

export function testedPath(use: Use): PathTest | undefined {
  const { frame, inst } = use;
  if (inst.op === 'binary') return ofComparison(use, inst.left, inst.right, inst.operator === '==');
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const [first] = inst.args;
  if (callee.op !== 'member' || first === undefined) return undefined;
  if (/^(test|exec|match)$/.test(callee.name)) {
    const [text, by] = callee.name === 'match' ? [callee.object, first] : [first, callee.object];
    return made(use, text, by, true, true);
  }
  // `['/admin', '/reports'].includes(req.path)`
  if (callee.name === 'includes')
    return made(use, callee.object, first, false, true) ?? made(use, first, callee.object, false, true);
  return callee.name === 'startsWith' ? made(use, callee.object, first, false, true) : undefined;
}

/** `req.path === '/admin'`, `req.path.indexOf('/admin') === 0` */
function ofComparison(use: Use, left: ValueId, right: ValueId, isTrue: boolean): PathTest | undefined {
  const call = use.frame.inst(left);
  const start = use.frame.inst(right);
  if (call.op === 'call' && start.op === 'const' && start.value === 0) {
    const callee = use.frame.inst(call.callee);
    const [text] = call.args;
    if (callee.op !== 'member' || callee.name !== 'indexOf' || text === undefined) return undefined;
    return made(use, callee.object, text, false, isTrue);
  }
  return made(use, left, right, false, isTrue) ?? made(use, right, left, false, isTrue);
}

function made(
  use: Use,
  text: ValueId,
  by: ValueId,
  isExpression: boolean,
  isTrue: boolean,
): PathTest | undefined {
  const inst = use.frame.inst(behind(use, text));
  if (inst.op !== 'member' || !/^(path|url|originalUrl)$/.test(inst.name)) return undefined;
  // If the same path is also tested in lower case, the case doesn't matter.
  const isLowered = (usersOf(use.frame.func).of[text] ?? []).some((user) => {
    const one = use.frame.inst(user);
    return one.op === 'member' && /^toLo(wer|cale)/.test(one.name);
  });
  return isLowered ? undefined : { request: inst.object, by, isExpression, isTrue };
}

function behind(use: Use, value: ValueId): ValueId {
  let at = value;
  for (let hop = 0; hop < 6; hop++) {
    const inst = use.frame.inst(at);
    if (inst.op !== 'effect' && inst.op !== 'typed') break;
    at = inst.value;
  }
  return at;
}
