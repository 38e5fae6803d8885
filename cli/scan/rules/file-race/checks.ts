import { blockOf } from '../../ir/block-of.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import { argumentId, calleeName, isA, type Use } from '../kit/use.ts';
import { decidingTests } from '../kit/value/deciding-tests.ts';

/** What a check of a file tests: its existence, the rights to it, or its owner. */
export type Check = 'there' | 'rights' | 'owner';

const maxSteps = 60;

/** Returns a key for a path in a function. Two paths with the same key are equal. */
export function pathKey(func: Func, path: ValueId): string {
  const value = valueNumbersOf(func)[path] ?? path;
  const inst = func.code[value];
  if (inst?.op === 'const') return `text ${String(inst.value).slice(0, 300)}`;
  return inst?.op === 'cell-load' ? `cell ${inst.cell}` : `value ${value}`;
}

/**
 * Finds an earlier check of a path whose result decides whether this use is reached. `key` is the path's `pathKey`.
 * Undefined if there is none.
 */
export function checkBefore(use: Use, key: string): Check | undefined {
  const { func } = use.frame;
  let found: Check | undefined;
  for (const { test } of decidingTests(func, blockOf(func, use.value))) {
    const check = checkIn(use, test, key);
    if (check === 'owner') return check;
    if (check && found !== 'rights') found = check;
  }
  return found;
}

/** A check within a condition: `!os.path.exists(path)`, `os.stat(path).st_uid != os.getuid()`. */
function checkIn(use: Use, test: ValueId, key: string): Check | undefined {
  const { func } = use.frame;
  let isOwner = false;
  let found: Check | undefined;
  transitive([test], maxSteps, (value) => {
    const inst = func.code[value];
    if (!inst) return [];
    if (inst.op === 'member' && /^(st_)?[ug]id$/.test(inst.name)) isOwner = true;
    if (inst.op === 'call') found ??= checkOf(use, inst, key);
    return operandsOf(inst);
  });
  return found && isOwner ? 'owner' : found;
}

function checkOf(use: Use, call: Call, key: string): Check | undefined {
  const { func } = use.frame;
  const callee = use.frame.inst(call.callee);
  const isMethod = isA(use, call.callee, 'use.CheckPath');
  if (!isMethod && !isA(use, call.callee, 'use.CheckFile')) return undefined;
  const path = isMethod && callee.op === 'member' ? callee.object : argumentId(use, call, 0, 'path');
  if (path === undefined || pathKey(func, path) !== key) return undefined;
  const name = calleeName(use, call);
  if (name === 'owner') return 'owner';
  return name === 'access' && asksToWrite(use, call) ? 'rights' : 'there';
}

/** `os.access(path, os.W_OK)`, `os.R_OK | os.W_OK` */
function asksToWrite(use: Use, call: Call): boolean {
  const mode = argumentId(use, call, 1, 'mode');
  if (mode === undefined) return false;
  const inst = use.frame.inst(mode);
  const parts = inst.op === 'binary' ? [inst.left, inst.right] : [mode];
  return parts.map((part) => use.frame.inst(part)).some(isWrite);
}

function isWrite(inst: Inst): boolean {
  return (inst.op === 'member' || inst.op === 'import') && inst.name === 'W_OK';
}
