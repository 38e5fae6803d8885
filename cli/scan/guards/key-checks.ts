import { type Abstract, onlyConst } from '../dataflow/domain/abstract.ts';
import { both, type Check, none } from '../dataflow/domain/check.ts';
import type { Conjunct } from '../dataflow/domain/facts.ts';
import { type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import { isKeyOf } from '../dataflow/query/is-key-of.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { ownKeyTest } from '../ir/query/own-key-test.ts';
import { patternOf } from '../semantics/pattern/pattern-of.ts';

/** The kinds for which a key is sanitised by a test for own properties. A test that also finds inherited ones is not enough. */
export const ownKinds: Kinds = kinds('prototype', 'reflection');
function halfOf(name: unknown): Conjunct | undefined {
  if (name === '__proto__') return 'not-proto';
  return name === 'constructor' || name === 'prototype' ? 'not-constructor' : undefined;
}

function refusedName(value: ValueId, name: unknown): readonly Check[] {
  const conjunct = halfOf(name);
  return conjunct ? [{ value, clean: noKinds, conjunct }] : none;
}

function refused(value: ValueId, names: readonly unknown[]): Check[] {
  const halves = new Set(names.map(halfOf));
  halves.delete(undefined);
  return [...halves].map((conjunct) => ({ value, clean: noKinds, conjunct: conjunct as Conjunct }));
}

/**
 * What a comparison or `in` test proves of a key by excluding names such as `__proto__`. Examples are a false `key ===
 * '__proto__'` and a false `key in REFUSED`.
 */
export function keyComparison(
  frame: FunctionView,
  inst: Inst & { op: 'binary' },
  isTrue: boolean,
): readonly Check[] {
  const { operator, left, right } = inst;
  if ((operator === '==' || operator === '!=') && (operator === '==') !== isTrue) {
    const names = [onlyConst(frame.values[left])?.value, onlyConst(frame.values[right])?.value];
    return both(refusedName(left, names[1]), refusedName(right, names[0]));
  }
  if (operator === 'in' && !isTrue)
    return refused(left, isAnyPrototype(frame, right) ? inheritedNames : namesIn(frame.values[right], true));
  // `keys.indexOf('__proto__') === -1`, `< 0`
  const call = frame.inst(left);
  if (call.op !== 'call') return none;
  const bound = onlyConst(frame.values[right])?.value;
  const absent =
    ((operator === '==' || operator === '!=') && bound === -1 && (operator === '==') === isTrue) ||
    (operator === '<' && bound === 0 && isTrue) ||
    (operator === '>=' && bound === 0 && !isTrue) ||
    (operator === '>' && bound === -1 && !isTrue);
  return absent && nameOf(frame, call) === 'indexOf' ? notContained(frame, call) : [];
}

const inheritedNames = ['__proto__', 'constructor'];

/** `Object.prototype`, or a new object: it has each name that all objects inherit. */
function isAnyPrototype(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(value);
  if (inst.op === 'object') return inst.keys.length === 0;
  const owner = inst.op === 'member' && inst.name === 'prototype' ? frame.inst(inst.object) : undefined;
  return owner?.op === 'global' && /^(?:Object|Function)$/.test(owner.name);
}

function nameOf(frame: FunctionView, inst: Inst & { op: 'call' }): string {
  const callee = frame.inst(inst.callee);
  return callee.op === 'member' || callee.op === 'global' || callee.op === 'import' ? callee.name : '';
}

/** The constants in a list or set. With `keys`, the keys of an object instead. */
function namesIn(it: Abstract | undefined, keys: boolean): readonly unknown[] {
  if (!it?.fields) return [];
  const names = [...it.fields.values()].map((item) => onlyConst(item)?.value);
  return keys && it.shape === 'object' ? [...it.fields.keys()] : names;
}

const contains: ReadonlySet<string> = new Set(['includes', 'has', 'contains']);

/**
 * What a call proves of the key, or of the list of keys, that it tests. The test may be for an own property, for a name in
 * a denylist, or for a prefix.
 */
export function keyCall(frame: FunctionView, inst: Inst & { op: 'call' }, isTrue: boolean): readonly Check[] {
  const name = nameOf(frame, inst);
  const [first] = inst.args;
  const callee = frame.inst(inst.callee);
  if (first === undefined) return [];
  if (isTrue) {
    const test = ownKeyTest(frame.func.code, inst);
    // A parsed object may have a property of its own that is called `__proto__`.
    if (test) return isKeyOf(frame, test.key, test.object) ? [] : [{ value: test.key, clean: ownKinds }];
    if (name === 'hasOwnProperty') return [{ value: first, clean: ownKinds }];
  }
  if (callee.op !== 'member') return [];
  const begins = isTrue ? beginning(frame, inst, callee.object, name) : undefined;
  if (begins) return begun(begins.value, begins.text);
  if (name === 'every' && isTrue) return provenOfAll(frame, callee.object, first, 'truthy');
  if (isTrue) return [];
  if (name === 'some') return provenOfAll(frame, callee.object, first, 'falsy');
  if (contains.has(name)) return notContained(frame, inst);
  const pattern =
    name === 'test'
      ? patternOf(frame, callee.object)
      : name === 'match'
        ? patternOf(frame, first)
        : undefined;
  const tested = name === 'test' ? first : callee.object;
  return pattern ? refused(tested, pattern.source.match(/__proto__|constructor|prototype/g) ?? []) : [];
}

/**
 * What a test for an item proves if it is false. `REFUSED.includes(key)`: the key is none of these names.
 * `keys.includes('__proto__')`: no key has this name.
 */
function notContained(frame: FunctionView, inst: Inst & { op: 'call' }): readonly Check[] {
  const callee = frame.inst(inst.callee);
  const [first] = inst.args;
  if (callee.op !== 'member' || first === undefined) return [];
  return both(
    refused(first, namesIn(frame.values[callee.object], false)),
    refusedName(callee.object, onlyConst(frame.values[first])?.value),
  );
}

/** What a false `keys.some(isBad)` or a true `keys.every(isGood)` proves: that which the callback proves, for each key. */
function provenOfAll(
  frame: FunctionView,
  list: ValueId,
  test: ValueId,
  how: 'truthy' | 'falsy',
): readonly Check[] {
  let clean: Kinds | undefined;
  for (const func of frame.linked.functions(frame.id, test)) {
    const proven = frame.engine.proofs(func)?.[how].get('0') ?? noKinds;
    clean = clean === undefined ? proven : clean.intersect(proven);
  }
  if (clean === undefined || clean === noKinds) return [];
  const proven = clean;
  // For `[a, b].every(isGood)` it holds for each variable.
  const made = frame.inst(frame.valueNumbers[list] ?? list);
  const items = made.op === 'list' ? made.items : [];
  return [list, ...items].map((value) => ({ value, clean: proven }));
}

/** For a prefix test, `name.startsWith('on_')` or `/^on_/.test(name)`: the tested value and the prefix. Undefined otherwise. */
function beginning(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  object: ValueId,
  name: string,
): { readonly value: ValueId; readonly text: string } | undefined {
  const [first, second] = inst.args;
  if (first === undefined) return undefined;
  if (name === 'startsWith' || name === 'startswith') {
    const text = onlyConst(frame.values[first])?.value;
    return typeof text === 'string' && inst.args.length === 1 ? { value: object, text } : undefined;
  }
  if (!/^(test|match|fullmatch|exec)$/.test(name)) return undefined;
  const own = patternOf(frame, object);
  const pattern = own ?? patternOf(frame, first);
  const value = own ? first : (second ?? object);
  const text = pattern && /^(?:\^|\\A)?([\w-]+)(?![?*{\w|+-])/.exec(pattern.source)?.[1];
  const isAnchored = name === 'match' || name === 'fullmatch' || /^(\^|\\A)/.test(pattern?.source ?? '');
  return text && isAnchored && !pattern.source.includes('|') && pattern.flags === ''
    ? { value, text }
    : undefined;
}

function begun(value: ValueId, text: string): readonly Check[] {
  const checks: Check[] = [];
  if (text.replace(/^__?$/, '').length >= 2) checks.push({ value, clean: noKinds, conjunct: 'named' });
  if (text !== '' && !['__proto__', 'constructor', 'prototype'].some((name) => name.startsWith(text)))
    checks.push({ value, clean: ownKinds.without(kinds('reflection')) });
  return checks;
}
