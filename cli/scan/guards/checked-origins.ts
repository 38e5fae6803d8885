import { maxHopsToOrigin } from '../budgets/guards.ts';
import type { Check } from '../dataflow/domain/check.ts';
import { kinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Func, Inst, ValueId } from '../ir/ir.ts';
import { nameOfExtension } from './extension-checks.ts';
import { joinedPart } from './joined-part.ts';
import { urlChecks } from './url-checks.ts';

const uploads = kinds('upload');
const paths = kinds('path');
const pathKinds = kinds('path', 'upload');

/** Functions for which a check of the result also holds for the argument: they change its case, trim or convert it. */
const transparent: ReadonlySet<string> = new Set([
  'toLowerCase',
  'toUpperCase',
  'lower',
  'upper',
  'trim',
  'trimStart',
  'trimEnd',
  'strip',
  'lstrip',
  'rstrip',
  'toString',
  'casefold',
  'String',
  'str',
]);

/** The value `name` of `name || ''`: a check of the result holds for it too, or it was empty. Undefined for other phis. */
function insteadOfNothing(frame: FunctionView, inst: Inst & { op: 'phi' }): ValueId | undefined {
  if (inst.inputs.length !== 2) return undefined;
  const given = inst.inputs.filter((input) => !isNothing(frame.inst(input)));
  const [only] = given;
  if (only === undefined || given.length > 1) return undefined;
  // `flag ? name : ''` proves nothing of the name if the flag is false.
  return isAsked(frame.func, only) ? only : undefined;
}

function isAsked({ blocks }: Func, value: ValueId): boolean {
  for (const { end } of blocks) if (end.kind === 'branch' && end.test === value) return true;
  return false;
}

function isNothing(inst: Inst): boolean {
  return inst.op === 'const' && (inst.value === '' || inst.value === null || inst.value === undefined);
}

/**
 * Adds checks of the values that a checked value was computed from, if a check of the computed value holds for them too. A
 * check of `name.toLowerCase()` -> also one of `name`; a check of a URL's host -> also one of the URL. For the part of a joined
 * path, see `joinedPart`.
 */
export function withOrigins(frame: FunctionView, checks: readonly Check[]): readonly Check[] {
  if (checks.length === 0) return checks;
  const all: Check[] = [];
  for (const check of checks) {
    all.push(check);
    for (const one of urlChecks.ofHost(frame, check)) all.push(one);
    const named = !check.clean.meets(uploads) ? undefined : nameOfExtension(frame, check.value);
    if (named !== undefined) all.push({ value: named, clean: uploads });
    const part = check.clean.meets(paths) ? joinedPart(frame, check.value) : undefined;
    if (part !== undefined) all.push({ ...check, value: part, clean: check.clean.intersect(pathKinds) });
    let inst = frame.inst(check.value);
    for (let depth = 0; depth < maxHopsToOrigin; depth++) {
      if (inst.op === 'effect' || inst.op === 'await' || inst.op === 'typed' || inst.op === 'cell-store') {
        inst = frame.inst(inst.value);
        continue;
      }
      const instead = inst.op === 'phi' ? insteadOfNothing(frame, inst) : undefined;
      if (instead !== undefined) {
        all.push({ ...check, value: instead });
        inst = frame.inst(instead);
        continue;
      }
      if (inst.op !== 'call') break;
      const callee = frame.inst(inst.callee);
      const value =
        callee.op === 'member' && transparent.has(callee.name) && inst.args.length === 0
          ? callee.object
          : callee.op === 'global' && transparent.has(callee.name)
            ? inst.args[0]
            : undefined;
      if (value === undefined) break;
      all.push({ ...check, value });
      inst = frame.inst(value);
    }
  }
  return all;
}
