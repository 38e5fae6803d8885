import { maxNestedConcatenations } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { Place } from '../../callgraph/query/called-on.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Abstract } from '../domain/abstract.ts';

/** The known suffix of a string. Empty if it is unknown. */
export function endOf(it: Abstract): string {
  const text = it.consts?.length === 1 ? it.consts[0] : it.textTemplate;
  return typeof text === 'string' ? text.slice(text.lastIndexOf('\0') + 1) : '';
}

/** Whether a string ends with one of these suffixes, ignoring case. */
export function endsSo(text: string, ends: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return ends.some((end) => lower.endsWith(end));
}

/**
 * The known suffix of a string, which other functions may have built: `path.join(folder, 'visits.log')` -> `visits.log`.
 * Empty if it is unknown.
 */
export function writtenEnd(linked: Linked, from: Place): string {
  let place = madeBy(linked, from);
  for (let hop = 0; hop < maxNestedConcatenations; hop++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'const') return typeof inst.value === 'string' ? inst.value : '';
    let last: number | undefined;
    if (inst?.op === 'text') last = inst.parts.at(-1);
    else if (inst?.op === 'binary' && (inst.operator === '+' || inst.operator === '/')) last = inst.right;
    else if (inst?.op === 'effect') last = inst.value;
    else if (inst?.op === 'call') {
      const callee = instOf(linked, { func: place.func, value: inst.callee });
      const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
      if (name === 'join' || name === 'resolve') last = inst.args.at(-1);
    }
    if (last === undefined) return '';
    place = madeBy(linked, { func: place.func, value: last });
  }
  return '';
}
