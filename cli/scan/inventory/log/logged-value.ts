import type { Linked } from '../../callgraph/linked.ts';
import { callsOf, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import type { Call, Func, Inst, TypeName, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { objectName } from '../../rules/kit/sensitive/sensitive-context.ts';
import { sensitiveValue, trueInputs } from '../../rules/kit/sensitive/sensitive-value.ts';
import { isHarmless } from '../../rules/kit/value/harmless-value.ts';
import { textParts } from '../../rules/kit/value/text-parts.ts';
import { hasOtherCallers } from '../resolve/resolve-param.ts';
import type { SiteFrames } from '../site-frames.ts';
import { type SiteState, worstState } from '../site-search.ts';
import { leafState, named, whole, writtenText } from './logged-name.ts';
import { drawnWithin, requestWhole, secretWithin } from './logged-whole.ts';

/** The first words of the reason for a logged value that is certainly a whole object with a secret in it. */
export const secretInside = 'an object is logged as a whole, with ';

/** The first words of the reason for a logged value that certainly contains a secret which the program has just made. */
export const drawnHere = 'it writes a secret that was made here, ';

const maxDepth = 8;
const maxSteps = 300;
const maxCalls = 16;
const maxTargets = 6;

interface Walk {
  readonly frames: SiteFrames;
  steps: number;
}

/** A function that the walk entered, and the call that led there. */
interface Entered {
  readonly func: number;
  readonly call: Place;
  readonly up: Entered | undefined;
}

interface At {
  readonly name: string | undefined;
  /** It is formatted into a text. In JavaScript, an object only shows its class there. */
  readonly isInText: boolean;
  /** Its entries are spread, so each of them must be known. */
  readonly isSpread: boolean;
  readonly entered: Entered | undefined;
  readonly depth: number;
}

/**
 * The audit state of one logged value. It is `unresolved` unless all parts of the value are known: literal texts, and
 * single values whose name or type shows that they are no secrets.
 */
export function loggedValue(frames: SiteFrames, place: Place, name: string | undefined): SiteState {
  const walk = { frames, steps: maxSteps };
  return stateOf(walk, place, { name, isInText: false, isSpread: false, entered: undefined, depth: 0 });
}

function stateOf(walk: Walk, place: Place, at: At): SiteState {
  const { frames } = walk;
  const { linked } = frames;
  const { func } = place;
  const info = linked.program.functions[func];
  const inst = instOf(linked, place);
  if (!info || !inst || at.depth > maxDepth || walk.steps-- <= 0)
    return { state: 'unresolved', because: 'it has too many parts' };
  if (inst.op === 'const') return writtenText;
  const { language } = frames.of(func);
  const secret =
    (at.isInText || !language.logsShowMembers ? undefined : secretWithin(frames, place)) ??
    (at.isInText && !language.textsShowMembers && inst.op === 'member'
      ? undefined
      : requestWhole(frames, place)) ??
    writtenInto(inst).flatMap((value) =>
      info.func.code[value]?.op === 'call' ? (requestWhole(frames, { func, value }) ?? []) : [],
    )[0];
  const drawn = at.depth > 2 ? undefined : drawnWithin(frames, place);
  if (drawn !== undefined) return { state: 'unresolved', because: `${drawnHere}\`${drawn}\`` };
  if (secret !== undefined) return { state: 'unresolved', because: `${secretInside}\`${secret}\` in it` };
  if (inst.op !== 'caught' && sensitiveValue(linked, place) && !isHarmless(linked, place))
    return { state: 'unresolved', because: 'it may be a secret' };
  const inner = (value: ValueId, change: Partial<At> = {}): SiteState =>
    stateOf(walk, { func, value }, { ...at, depth: at.depth + 1, ...change });
  if (inst.op === 'object') {
    if (inst.keys.some((key) => typeof key === 'number')) return whole('an object');
    return worst(
      inst.values.map((value, i) => {
        const key = inst.keys[i];
        return typeof key === 'string'
          ? inner(value, { name: key, isSpread: false })
          : inner(value, { name: undefined, isSpread: true, isInText: false });
      }),
    );
  }
  if (!at.isSpread) {
    if (inst.op === 'text' || inst.op === 'binary' || isFormatted(info.func.code, inst)) {
      const parts = textParts(info.func, place.value).filter((one) => one !== place.value);
      if (parts.length > 0 || inst.op === 'text')
        return worst(parts.map((value) => inner(value, { name: undefined, isInText: true })));
    }
    const leaf = leafState(frames, place, inst, at.name, at.isInText);
    if (leaf.state !== 'unresolved') return leaf;
    return madeOf(walk, place, inst, at) ?? leaf;
  }
  return madeOf(walk, place, inst, at) ?? whole('what an object is made of');
}

/** `JSON.stringify(req.body)` in a text. */
function writtenInto(inst: Inst): readonly ValueId[] {
  return inst.op === 'text' ? inst.parts : inst.op === 'binary' ? [inst.left, inst.right] : [];
}

/** The state of a value by its parts, if its name is not enough. Undefined if they can't be traced. */
function madeOf(walk: Walk, place: Place, inst: Inst, at: At): SiteState | undefined {
  const { linked } = walk.frames;
  const { func, value } = place;
  const info = linked.program.functions[func];
  if (!info) return undefined;
  const next = { ...at, name: undefined, depth: at.depth + 1 };
  const inner = (one: ValueId): SiteState => stateOf(walk, { func, value: one }, next);
  switch (inst.op) {
    case 'typed':
      return isPlain(inst.type) && !at.isSpread ? named('a value of a plain type') : inner(inst.value);
    case 'await':
      return inner(inst.value);
    case 'effect':
      // Calls do not change a number.
      return !at.isSpread && isPlainParam(info.func, inst.value)
        ? named('a value of a plain type')
        : undefined;
    case 'phi':
      if (inst.inputs.includes(value)) return undefined;
      if (!at.isSpread && isPlainParam(info.func, value)) return named('a value of a plain type');
      // A choice between values. An input that is falsy reveals nothing.
      return worst(trueInputs(info.func, value, inst.inputs).map(inner));
    case 'unary':
      return at.isSpread ? undefined : named('a truth value or a number');
    case 'binary':
      return at.isSpread || /^[+%*|&]$/.test(inst.operator) ? undefined : named('a comparison or a number');
    case 'slice':
      return at.isSpread ? undefined : inner(inst.object);
    case 'list':
      return at.isSpread || inst.spread.length > 0 ? undefined : worst(inst.items.map(inner));
    case 'param':
      return ofParam(walk, place, inst.index, at);
    case 'cell-load':
    case 'import': {
      const made = madeBy(linked, place);
      return made.func === func && made.value === value
        ? undefined
        : stateOf(walk, made, { ...next, entered: undefined });
    }
    case 'index': {
      // `text.split('?')[0]`
      const key = info.func.code[inst.key];
      const object = info.func.code[inst.object];
      const callee = object?.op === 'call' ? info.func.code[object.callee] : undefined;
      return key?.op === 'const' &&
        typeof key.value === 'number' &&
        callee?.op === 'member' &&
        callee.name === 'split' &&
        !at.isSpread
        ? inner(callee.object)
        : undefined;
    }
    case 'call':
      return ofCall(walk, place, inst, at);
    default:
      return undefined;
  }
}

/** Methods of texts that keep the content. */
const ofTexts =
  /^(trim|trimStart|trimEnd|slice|substring|lower|upper|toLowerCase|toUpperCase|toLocaleLowerCase|strip|rstrip|lstrip|replace|replaceAll|padStart|padEnd|title|capitalize|casefold|normalize)$/;

function ofCall(walk: Walk, { func, value }: Place, call: Inst & Call, at: At): SiteState | undefined {
  const { linked } = walk.frames;
  const targets = linked.targets(func, value);
  const next = { ...at, name: undefined, depth: at.depth + 1 };
  if (targets.length === 0) {
    const callee = instOf(linked, { func, value: call.callee });
    if (isColour(linked, func, callee) && !at.isSpread)
      return worst(call.args.map((one) => stateOf(walk, { func, value: one }, next)));
    const isOfText = callee?.op === 'member' && ofTexts.test(callee.name) && !at.isSpread;
    // The inserted value must be known too: `link.replace(':token', token)`.
    return isOfText
      ? worst([callee.object, ...call.args].map((one) => stateOf(walk, { func, value: one }, next)))
      : undefined;
  }
  if (
    targets.length > maxTargets ||
    targets.some(({ makes, context }) => makes >= 0 || context !== undefined)
  )
    return undefined;
  const returned: SiteState[] = [];
  for (const { func: one } of targets) {
    const target = linked.program.functions[one]?.func;
    if (!target || target.generator || isEntered(at.entered, one)) return undefined;
    const entered = { func: one, call: { func, value }, up: at.entered };
    for (const { end } of target.blocks)
      if (end.kind === 'return')
        returned.push(stateOf(walk, { func: one, value: end.value }, { ...next, entered }));
  }
  return returned.length === 0 ? undefined : worst(returned);
}

/** `chalk.red(text)`, `click.style(text)`, which return the text in another colour, and `gettext(text)`. */
function isColour(linked: Linked, func: number, callee: Inst | undefined): boolean {
  if (callee?.op !== 'member') return callee?.op === 'import' && /^(gettext|ngettext|_)$/.test(callee.name);
  const object = objectName(linked, func, callee.object);
  return (
    /^(chalk|colors|picocolors|pc|kleur|ansis)$/.test(object) ||
    (object === 'click' && callee.name === 'style')
  );
}

function isEntered(entered: Entered | undefined, func: number): boolean {
  for (let one = entered; one; one = one.up) if (one.func === func) return true;
  return false;
}

/** Types whose values hold a single datum. */
const plainTypes =
  /^(number|bigint|boolean|int|float|bool|Decimal|date|datetime|timedelta|Date|UUID|URL|Enum)$/;

/** A parameter of such a type, also after calls that received it, or with a FastAPI default. */
function isPlainParam(func: Func, value: ValueId): boolean {
  let inst = func.code[value];
  for (let hop = 0; hop < maxHops && (inst?.op === 'effect' || inst?.op === 'typed'); hop++) {
    if (inst.op === 'typed' && isPlain(inst.type)) return true;
    inst = func.code[inst.value];
  }
  if (inst?.op === 'param') return isPlain(func.params[inst.index]?.type);
  return (
    inst?.op === 'phi' &&
    inst.inputs.some((one) => func.code[one]?.op === 'param') &&
    inst.inputs.every((one) => {
      const input = func.code[one];
      if (input?.op === 'param') return isPlain(func.params[input.index]?.type);
      const callee = input?.op === 'call' ? func.code[input.callee] : undefined;
      return (
        callee?.op === 'import' && /^(Depends|Security|Query|Path|Form|Header|Cookie)$/.test(callee.name)
      );
    })
  );
}

const maxHops = 20;

function isPlain(type: TypeName | undefined): boolean {
  const name = type && ('name' in type ? type.name : 'path' in type ? type.path.at(-1) : undefined);
  return name !== undefined && plainTypes.test(name);
}

/**
 * The state of a parameter, by the argument of the call that the walk entered by, or of all calls. Undefined if a caller is
 * unknown.
 */
function ofParam(walk: Walk, { func }: Place, index: number, at: At): SiteState | undefined {
  const { frames } = walk;
  const { linked } = frames;
  const param = linked.program.functions[func]?.func.params[index];
  if (!param || param.rest) return undefined;
  if (isPlain(param.type) && !at.isSpread) return named(param.name);
  const isBack = at.entered?.func === func;
  if (!isBack && (frames.isPublic(func) || hasOtherCallers(linked, func) || decorated(linked).has(func)))
    return undefined;
  const calls = isBack && at.entered ? [at.entered.call] : callsOf(linked, func);
  if (calls.length === 0 || calls.length > maxCalls) return undefined;
  const entered = isBack ? at.entered?.up : undefined;
  const states: SiteState[] = [];
  for (const call of calls) {
    const inst = instOf(linked, call);
    if (inst?.op !== 'call' || inst.spread || inst.isDecorator) return undefined;
    const values = passedFor(linked, call, func, index);
    // Where no argument can be left out, a call without it is not a call of this function.
    if (values.length === 0 && !frames.of(func).language.argumentsMayBeLeftOut) return undefined;
    for (const value of values)
      states.push(stateOf(walk, { func: call.func, value }, { ...at, entered, depth: at.depth + 1 }));
  }
  return worst(states);
}

/** The functions that decorators receive. A decorator may call them with any arguments. */
const decorated = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  linked.program.instructions.each('call', ({ isDecorator, args }, { id }) => {
    if (isDecorator) for (const arg of args) for (const one of linked.functions(id, arg)) found.add(one);
  });
  return found;
});

function worst(states: readonly SiteState[]): SiteState {
  return states.length === 0 ? writtenText : worstState(states);
}

function isFormatted(code: readonly Inst[], inst: Inst): boolean {
  const callee = inst.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && callee.name === 'format';
}
