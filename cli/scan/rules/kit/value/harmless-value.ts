import type { Linked } from '../../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { looksSecret } from '../sensitive/secret-text.ts';
import { nameOfCalled, objectName } from '../sensitive/sensitive-context.ts';
import { sensitiveName } from '../sensitive/sensitive-name.ts';
import { handedConstants } from './handed-constant.ts';
import { isHarmlessCall, partMethods } from './harmless-call.ts';
import { namesOf } from './names-of.ts';

const maxDepth = 6;
const maxSteps = 150;

/** A backward walk from a value, bounded in steps. It visits nothing twice. */
interface Walk {
  readonly linked: Linked;
  readonly known: Map<string, boolean>;
  steps: number;
}

/**
 * Whether a value is not a secret, even if its name suggests one: a message, a mask, a boolean, a hash, a secret's prefix,
 * a function. Results of project functions are traced. False when unknown.
 */
export function isHarmless(linked: Linked, place: Place): boolean {
  return isSo({ linked, known: new Map(), steps: maxSteps }, place, 0);
}

function isSo(walk: Walk, from: Place, depth: number): boolean {
  if (depth > maxDepth) return false;
  const key = `${from.func} ${from.value}`;
  const known = walk.known.get(key);
  if (known !== undefined) return known;
  if (walk.steps-- <= 0) return false;
  const it = look(walk, from, depth);
  walk.known.set(key, it);
  return it;
}

function look(walk: Walk, from: Place, depth: number): boolean {
  const { linked } = walk;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const all = (values: readonly ValueId[]): boolean =>
    values.length > 0 && values.every((value) => isSo(walk, { func: place.func, value }, depth + 1));
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
    case 'list':
      return inst.items.every((value) => isSo(walk, { func: place.func, value }, depth + 1));
    case 'member':
      return (
        (aside.test(inst.name) && !isSession(linked, place.func, inst.object)) ||
        isHandedConstant(walk, place.func, inst, depth)
      );
    case 'slice':
      return !isHeader(linked, { func: place.func, value: inst.object });
    case 'call':
      return isHarmlessResult(walk, place, inst, depth);
    default:
      return false;
  }
}

/** Whether every caller passes a harmless constant for an entry with an ambiguous name, such as `tokens`. */
function isHandedConstant(
  walk: Walk,
  func: number,
  { object, name }: { readonly object: ValueId; readonly name: string },
  depth: number,
): boolean {
  if (sensitiveName(name)?.sure !== 'weak') return false;
  const constants = handedConstants(walk.linked, func, object, name);
  return constants?.every((one) => isSo(walk, one, depth + 1)) === true;
}

function isHarmlessResult(
  walk: Walk,
  place: Place,
  call: Inst & { readonly op: 'call' },
  depth: number,
): boolean {
  const { linked } = walk;
  const callee = instOf(linked, { func: place.func, value: call.callee });
  const name = nameOfCalled(linked, place.func, callee);
  if (callee?.op === 'member' && partMethods.test(name))
    return !isHeader(linked, { func: place.func, value: callee.object });
  if (
    /^(getLogger|createLogger|Symbol|useRef|Field|Column|Char[Ff]ield|CharField|mapped_column|InjectionToken|useState|relationship)$/.test(
      name,
    )
  )
    return true;
  if (isHarmlessCall(name)) return true;
  // `crypto.createHash('sha256').update(token).digest('hex')` ends in another name, so its receiver counts.
  const [target, other] = linked.targets(place.func, place.value);
  if (!target || other || target.makes >= 0) return false;
  const blocks = linked.program.functions[target.func]?.func.blocks ?? [];
  const returned = blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
  return (
    returned.length > 0 && returned.every((value) => isMasked(walk, { func: target.func, value }, depth + 1))
  );
}

/** Like `isHarmless`, but a function that returns nothing is no mask. */
function isMasked(walk: Walk, place: Place, depth: number): boolean {
  const inst = instOf(walk.linked, place);
  return !(inst?.op === 'const' && inst.value == null) && isSo(walk, place, depth);
}

/**
 * Matches the names of a secret's properties that are no secrets themselves: `tokens.length`, `key.accessKeyId`, `secret.name`.
 */
const aside =
  /^(length|size|count|byteLength|id|name|path|type|message)$|([a-z](Id|Name|Path|File|Length|Count|Visible|Type|Hint)|_(id|name|path|file|length|count|visible|type|hint))$/;

/** A session ID is as sensitive as a token. */
function isSession(linked: Linked, func: number, value: ValueId): boolean {
  return /session/i.test(objectName(linked, func, value));
}

/** Whether a text may be a header such as `Bearer <token>`, a part of which is the whole token. */
function isHeader(linked: Linked, place: Place): boolean {
  for (const name of namesOf(linked, place))
    if (/auth|bearer|header|cookie|line|argv|credential/i.test(name)) return true;
  return false;
}
