import type { Inst, ValueId } from '../../ir/ir.ts';
import { isOfNobody } from '../domain/abstract.ts';
import { type Facts, provenClean } from '../domain/facts.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../domain/kinds.ts';
import { wholes } from '../domain/wholes.ts';
import type { FunctionView } from '../view/function-view.ts';

/** What puts a path together, or gives it another form. */
const makers: ReadonlySet<string> = new Set(
  `join joinpath resolve normalize Path PurePath PosixPath abspath normpath realpath absolute expanduser str String
  secure_filename basename`.split(/\s+/),
);

/** What holds of a path if it holds of all that it is made of. */
const ofParts = kinds('path', 'upload');

/** A path of paths of paths, and parts of one. */
const maxDepth = 4;
const maxParts = 12;

/**
 * For what a path is harmless as its parts were checked when it was made already: `target = join(folder, name)`, then
 * `if (!allowed(name)) return;`, then `save(target)`.
 */
export function provenByParts(frame: FunctionView, value: ValueId, facts: Facts, depth = 0): Kinds {
  const parts = depth < maxDepth ? partsOf(frame, value) : [];
  if (parts.length > maxParts) return noKinds;
  let clean = allKinds;
  let isOfOthers = false;
  for (const part of parts) {
    const it = frame.values[part];
    if (!it || isOfNobody(it)) continue;
    isOfOthers = true;
    const own = provenClean(facts, frame.canonical[part] as number, wholes);
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
      return makers.has(nameOf(frame.inst(inst.callee))) ? givenTo(frame, inst) : [];
    default:
      return [];
  }
}

function nameOf(callee: Inst): string {
  return callee.op === 'member' || callee.op === 'import' || callee.op === 'global' ? callee.name : '';
}

function givenTo(frame: FunctionView, { callee, args }: Inst & { readonly op: 'call' }): readonly ValueId[] {
  const method = frame.inst(callee);
  return method.op === 'member' ? [method.object, ...args] : args;
}
