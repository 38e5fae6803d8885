import { origin } from '../../callgraph/query/called-on.ts';
import { classMates } from '../../callgraph/query/field-stores.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { isChanged } from './changed-objects.ts';
import { isStoredAnywhere } from './deeply-changed.ts';
import { entryNamed } from './resolve-items.ts';
import { type From, resolve, type Walk } from './resolve-text.ts';
import { choice, type TextTree } from './text-tree.ts';

const maxTargets = 6;

/**
 * Resolves an entry of an object that a call of project code returns or creates, such as `text` of `build(name).text`.
 * Undefined if the value isn't such an object, or other code may change the entry.
 */
export function returnedEntry(walk: Walk, from: Place, name: string, at: From): TextTree | undefined {
  const { linked } = walk.frames;
  const place = origin(linked, from);
  const call = instOf(linked, place);
  if (call?.op !== 'call' || call.isDecorator || isStoredAnywhere(linked, name)) return undefined;
  // `Object.assign(build(name), x)`
  if (isChanged(linked, place, true)) return undefined;
  const targets = linked.targets(place.func, place.value);
  if (targets.length === 0 || targets.length > maxTargets) return undefined;
  const outer: From =
    place.func === from.func
      ? at
      : { facts: [walk.frames.factsAt(place.func, place.value)], entered: undefined, depth: at.depth };
  const found: TextTree[] = [];
  for (const { func, makes, context, job } of targets) {
    const target = linked.program.functions[func]?.func;
    if (!target || target.generator || context !== undefined || job !== undefined) return undefined;
    const entered = { func, call: place, from: outer };
    if (makes >= 0) {
      // It may be a getter, perhaps of a subclass.
      if (linked.program.functions.some((one) => one.func.name === name)) return undefined;
      // Only a single store in the constructor counts, without stores in other methods of the class.
      const stores = classMates(linked, func).flatMap((id) =>
        (linked.program.functions[id]?.func.code ?? []).flatMap((inst) =>
          inst.op === 'store' && inst.name === name ? [{ func: id, value: inst.value }] : [],
        ),
      );
      const [only] = stores;
      if (stores.length !== 1 || only?.func !== func) return undefined;
      found.push(resolve(walk, only, { facts: [], entered, depth: at.depth + 1 }));
      continue;
    }
    for (const [block, { end }] of target.blocks.entries()) {
      if (end.kind !== 'return') continue;
      const facts = [walk.frames.factsBehind(func, block)];
      found.push(
        entryNamed(walk, { func, value: end.value }, name, func, { facts, entered, depth: at.depth + 1 }),
      );
    }
  }
  return found.length === 0 ? undefined : choice(found);
}
