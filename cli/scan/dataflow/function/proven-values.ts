import type { ValueId } from '../../ir/ir.ts';
import { type Abstract, cleaned, isUntainted } from '../domain/abstract.ts';
import { conjunctions } from '../domain/conjunctions.ts';
import { type Facts, provenKinds } from '../domain/facts.ts';
import { noKinds } from '../domain/kinds.ts';
import type { FunctionView } from '../view/function-view.ts';
import { provenByParts } from './proven-parts.ts';

/**
 * A copy of `it`, the abstract value of `value`, sanitised for the kinds of sinks for which the facts prove it harmless. If
 * `value` was read from an object, facts about that object count too: what is proven about a parsed URL also holds for its
 * parts.
 */
export function proven(
  frame: FunctionView,
  it: Abstract,
  value: ValueId,
  facts: Facts | undefined,
): Abstract {
  if (!facts || isUntainted(it)) return it;
  let clean = provenKinds(facts, frame.valueNumbers[value] as number, conjunctions);
  let inst = frame.inst(value);
  for (let depth = 0; depth < 3 && (inst.op === 'member' || inst.op === 'index'); depth++) {
    clean = clean.union(provenKinds(facts, frame.valueNumbers[inst.object] as number, conjunctions));
    inst = frame.inst(inst.object);
  }
  clean = clean.union(provenByParts(frame, value, facts));
  return clean === noKinds ? it : cleaned(it, clean);
}
