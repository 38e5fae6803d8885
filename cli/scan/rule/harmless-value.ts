import type { Inst, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { isHarmlessCall, partMethods } from './harmless-call.ts';
import { instOf, madeBy, type Place } from './made-by.ts';
import { namesOf } from './names-of.ts';
import { looksSecret } from './secret-text.ts';

const maxDepth = 6;

/**
 * Whether a value that has the name of a secret is none: a message, a mask, a truth value, a hash, the first signs of a
 * secret, a function; what a helper makes of it too.
 */
export function isHarmless(linked: Linked, from: Place, depth = 0): boolean {
  if (depth > maxDepth) return false;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const all = (values: readonly ValueId[]): boolean =>
    values.length > 0 && values.every((value) => isHarmless(linked, { func: place.func, value }, depth + 1));
  switch (inst?.op) {
    case 'const':
      return typeof inst.value !== 'string' || !looksSecret(inst.value, 'password');
    case 'func':
    case 'class':
    case 'regex':
      return true;
    case 'import':
      return inst.name === '*';
    case 'unary':
      return true;
    case 'binary':
      return inst.operator === '+' || inst.operator === '%'
        ? all([inst.left, inst.right])
        : !/[-*/|&^]/.test(inst.operator);
    case 'text':
      return all(inst.parts);
    case 'phi':
      return all(inst.inputs);
    case 'slice':
      return !isHeader(linked, { func: place.func, value: inst.object });
    case 'call':
      return isHarmlessResult(linked, place, inst, depth);
    default:
      return false;
  }
}

function isHarmlessResult(
  linked: Linked,
  place: Place,
  call: Inst & { readonly op: 'call' },
  depth: number,
): boolean {
  const callee = instOf(linked, { func: place.func, value: call.callee });
  const name = callee?.op === 'cell-load' ? cellName(linked, place.func, callee.cell) : nameOf(callee);
  if (callee?.op === 'member' && partMethods.test(name))
    return !isHeader(linked, { func: place.func, value: callee.object });
  if (
    /^(getLogger|createLogger|Symbol|useRef|Field|Column|Char[Ff]ield|CharField|mapped_column|InjectionToken|useState|relationship)$/.test(
      name,
    )
  )
    return true;
  if (isHarmlessCall(name)) return true;
  // `crypto.createHash('sha256').update(token).digest('hex')` has another name: what it is called on counts.
  const [target, other] = linked.targets(place.func, place.value);
  if (!target || other || target.makes >= 0) return false;
  const blocks = linked.program.functions[target.func]?.func.blocks ?? [];
  const returned = blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
  return (
    returned.length > 0 &&
    returned.every((value) => isMasked(linked, { func: target.func, value }, depth + 1))
  );
}

/** As `isHarmless`; a function that returns nothing tells of no mask. */
function isMasked(linked: Linked, place: Place, depth: number): boolean {
  const inst = instOf(linked, place);
  return !(inst?.op === 'const' && inst.value == null) && isHarmless(linked, place, depth);
}

/** `Bearer <token>`, of which what follows the first word is the token whole. */
function isHeader(linked: Linked, place: Place): boolean {
  for (const name of namesOf(linked, place))
    if (/auth|bearer|header|cookie|line|argv|credential/i.test(name)) return true;
  return false;
}

function nameOf(inst: Inst | undefined): string {
  return inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
}

function cellName(linked: Linked, func: number, cell: number): string {
  return linked.program.modules[linked.program.functions[func]?.module ?? 0]?.cells[cell]?.name ?? '';
}
