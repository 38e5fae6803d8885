import { maxProvenPartDepth, maxProvenParts } from '../../budgets/dataflow.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { isUntainted } from '../domain/abstract.ts';
import { conjunctions } from '../domain/conjunctions.ts';
import { type Facts, provenKinds } from '../domain/facts.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../domain/kinds.ts';
import type { FunctionView } from '../view/function-view.ts';

/** Functions that build, normalise or convert a path. */
const makers: ReadonlySet<string> = new Set(
  `join joinpath resolve normalize Path PurePath PosixPath abspath normpath realpath absolute expanduser str String
  secure_filename basename`.split(/\s+/),
);

/** The kinds for which a path is harmless if all its parts are. */
const ofParts = kinds('path', 'upload');

/**
 * The kinds of sinks for which a text is harmless because facts prove that each of its tainted parts is. A part may be
 * checked after the text was built: `target = join(folder, name)`, then `if (!allowed(name)) return;`, then `save(target)`.
 */
export function provenByParts(frame: FunctionView, value: ValueId, facts: Facts, depth = 0): Kinds {
  const parts = depth < maxProvenPartDepth ? partsOf(frame, value) : [];
  if (parts.length > maxProvenParts) return noKinds;
  let clean = allKinds;
  let isOfOthers = false;
  for (const part of parts) {
    const it = frame.values[part];
    if (!it || isUntainted(it)) continue;
    isOfOthers = true;
    const own = provenKinds(facts, frame.valueNumbers[part] as number, conjunctions);
    clean = clean.intersect(own.union(provenByParts(frame, part, facts, depth + 1)));
    if (clean === noKinds) return noKinds;
  }
  if (!isOfOthers) return noKinds;
  // A part that is one of our own texts is harmless in any text.
  return clean.includes(allKinds) ? clean : clean.intersect(ofParts);
}

function partsOf(frame: FunctionView, value: ValueId): readonly ValueId[] {
  const inst = frame.inst(value);
  switch (inst.op) {
    case 'typed':
      return [inst.value];
    case 'text':
      return inst.parts;
    case 'binary':
      return inst.operator === '+' || inst.operator === '/' || inst.operator === '%'
        ? [inst.left, inst.right]
        : [];
    case 'call':
      return makers.has(nameOf(frame.inst(inst.callee))) ? operandsOfCall(frame, inst) : [];
    default:
      return [];
  }
}

function nameOf(callee: Inst): string {
  return callee.op === 'member' || callee.op === 'import' || callee.op === 'global' ? callee.name : '';
}

function operandsOfCall(
  frame: FunctionView,
  { callee, args }: Inst & { readonly op: 'call' },
): readonly ValueId[] {
  const method = frame.inst(callee);
  return method.op === 'member' ? [method.object, ...args] : args;
}
