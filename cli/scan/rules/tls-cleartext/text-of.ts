import type { ValueId } from '../../ir/ir.ts';
import { instOf, madeBy, type Place } from '../../rule/made-by.ts';
import { known, type Use } from '../../rule/use.ts';

/** A text with a NUL for each part that is not known: `http://host/\0.exe`. */
export function textOf(use: Use, value: ValueId | undefined): string | undefined {
  if (value === undefined) return undefined;
  return known(use, value)?.skeleton ?? textAt(use, { func: use.frame.id, value });
}

/** The same of a value in another function, by what is written there. */
export function textAt(use: Use, from: Place | undefined): string | undefined {
  return from && read(use, from, 0);
}

function read(use: Use, from: Place, depth: number): string | undefined {
  const { linked } = use.frame;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const at = (value: ValueId): string => read(use, { func: place.func, value }, depth + 1) ?? '\0';
  if (depth > 6) return undefined;
  switch (inst?.op) {
    case 'const':
      return typeof inst.value === 'string' ? inst.value : undefined;
    case 'text':
      return inst.parts.slice(0, 20).map(at).join('');
    case 'binary':
      return inst.operator === '+' ? at(inst.left) + at(inst.right) : undefined;
    case 'list':
      return inst.items[0] === undefined ? undefined : at(inst.items[0]);
    default:
      return undefined;
  }
}

/** An entry of an object that is written out, in another file perhaps. */
export function entryAt(use: Use, from: Place | undefined, ...names: readonly string[]): Place | undefined {
  if (!from) return undefined;
  const place = madeBy(use.frame.linked, from);
  const inst = instOf(use.frame.linked, place);
  if (inst?.op !== 'object') return undefined;
  for (const name of names) {
    const value = inst.values[inst.keys.indexOf(name)];
    if (value !== undefined) return { func: place.func, value };
  }
  return undefined;
}
