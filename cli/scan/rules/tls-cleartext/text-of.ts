import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { ValueId } from '../../ir/ir.ts';
import { known, type Use } from '../kit/use.ts';

/**
 * Returns the text of a value, with a NUL for each unknown part: `http://host/\0.exe`. Undefined if nothing is known.
 */
export function textOf(use: Use, value: ValueId | undefined): string | undefined {
  if (value === undefined) return undefined;
  return known(use, value)?.textTemplate?.slice(0, maxLength) ?? textAt(use, { func: use.frame.id, value });
}

interface Walk {
  readonly linked: Linked;
  left: number;
}

const maxSteps = 100;
const maxDepth = 6;
/** The rest of a longer text is ignored. */
const maxLength = 4000;

/**
 * The same as `textOf`, for a value of any function, even of one that was not analysed. Undefined if nothing is known.
 */
export function textAt(use: Use, from: Place | undefined): string | undefined {
  return from && read({ linked: use.frame.linked, left: maxSteps }, from, 0);
}

function read(walk: Walk, from: Place, depth: number): string | undefined {
  if (walk.left-- <= 0 || depth > maxDepth) return undefined;
  const place = madeBy(walk.linked, from);
  const inst = instOf(walk.linked, place);
  const at = (value: ValueId): string => read(walk, { func: place.func, value }, depth + 1) ?? '\0';
  switch (inst?.op) {
    case 'const':
      return typeof inst.value === 'string' ? inst.value.slice(0, maxLength) : undefined;
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
