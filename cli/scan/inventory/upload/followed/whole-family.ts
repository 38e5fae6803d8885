import type { Linked } from '../../../callgraph/linked.ts';
import { cellStores, instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../../ir/ir.ts';

const wild = /\\[wWsSdDbB]|\[[^\]]*\]|\?[:=!]/g;

/**
 * Whether a text or pattern names a family of types rather than one type. `image/` also accepts `image/svg+xml`, which can
 * contain script. `text/` and `application/` accept pages.
 */
function isWholeFamily(pattern: string): boolean {
  return pattern.split('|').some((one) => {
    const words = one.replace(wild, '').match(/[a-z\d]{2,}/gi) ?? [];
    return words.length === 0 || (words.length === 1 && /^(image|text|application)$/i.test(words[0] ?? ''));
  });
}

/**
 * Whether a text or regular expression accepts a whole family of content types, such as `image/`. For a list, whether one
 * of its items does.
 */
export function namesFamily(linked: Linked, place: Place): boolean {
  return patternsOf(linked, place, 0).some(isWholeFamily);
}

/**
 * Whether a check of an upload's claimed content type accepts only specific types, such as `image/png`. The call must
 * compare with literal texts or regular expressions, none of which accepts a whole family such as `image/`.
 */
export function takesTypes(linked: Linked, func: number, call: Call, receiver: ValueId): boolean {
  const patterns = [receiver, ...call.args].flatMap((value) => patternsOf(linked, { func, value }, 0));
  return patterns.length > 0 && !patterns.some(isWholeFamily);
}

/** The value of a variable that only its method calls may have changed: `PICTURE.test(type)`. */
function writtenAt(linked: Linked, place: Place): Place {
  const inst = instOf(linked, place);
  const module = linked.program.functions[place.func]?.module ?? 0;
  if (inst?.op !== 'cell-load') return place;
  const stores = cellStores(linked).get((linked.program.firstCell[module] ?? 0) + inst.cell) ?? [];
  const written = stores.filter((one) => instOf(linked, one)?.op !== 'effect');
  return written.length === 1 && written[0] ? written[0] : place;
}

function patternsOf(linked: Linked, place: Place, depth: number): readonly string[] {
  const made = writtenAt(linked, madeBy(linked, place));
  const inst = instOf(linked, made);
  const within = (values: readonly ValueId[]): readonly string[] =>
    depth > 2 ? [] : values.flatMap((value) => patternsOf(linked, { func: made.func, value }, depth + 1));
  if (inst?.op === 'const') return typeof inst.value === 'string' ? [inst.value] : [];
  if (inst?.op === 'regex') return [inst.source];
  if (inst?.op === 'list') return within(inst.items);
  const callee = inst?.op === 'call' ? instOf(linked, { func: made.func, value: inst.callee }) : undefined;
  const name =
    callee?.op === 'global' || callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
  return inst?.op === 'call' && /^(Set|RegExp|compile|set|frozenset|tuple)$/.test(name)
    ? within(inst.args)
    : [];
}
