import { maxReadsInLoop, maxValueNumberRounds } from '../../budgets/ir.ts';
import type { Func, Inst } from '../ir.ts';
import { memoized } from '../memoized.ts';

/**
 * The value number of each value. Values that are the same thing share one: two reads of `req.query.url`, a variable
 * before and after it was passed to a call, a promise and the awaited value. What a check proves of one of them also
 * holds for the others.
 */
export const valueNumbersOf: (func: Func) => Int32Array = memoized((func: Func) => {
  let canonical = numbered(func, undefined);
  // In `a && (b || c)` a phi has an input with a higher number. A second round knows the value number of that input.
  for (let round = 0; round < maxValueNumberRounds && looksAhead(func); round++)
    canonical = numbered(func, canonical);
  return canonical;
});

function looksAhead({ code }: Func): boolean {
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    if (inst.op !== 'phi') continue;
    for (const input of inst.inputs) if (input > value && code[input]?.op === 'phi') return true;
  }
  return false;
}

function numbered(func: Func, before: Int32Array | undefined): Int32Array {
  const { code } = func;
  const canonical = new Int32Array(code.length).fill(-1);
  const firsts = new Firsts(code.length);
  for (let value = 0; value < code.length; value++)
    canonical[value] =
      firstOf(code, value, canonical, firsts) ?? sameAs(func, value, canonical, firsts, before);
  return canonical;
}

/**
 * The first value for each kind of read: by a name, a number or a constant, from an object or from one of the categories
 * below.
 */
class Firsts {
  readonly #numbers = new Map<unknown, number>();
  readonly #values = new Map<number, number>();
  readonly #span: number;

  constructor(values: number) {
    this.#span = 2 * values + kinds;
  }

  /** The first value that was read like this. It is `value` itself, if there was none before. */
  of(key: unknown, from: number, value: number): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
    }
    const at = number * this.#span + from;
    const first = this.#values.get(at);
    if (first !== undefined) return first;
    this.#values.set(at, value);
    return value;
  }

  /** The first read of this member of an object. */
  member(name: string, object: number): number | undefined {
    const number = object < 0 ? undefined : this.#numbers.get(name);
    return number === undefined ? undefined : this.#values.get(number * this.#span + kinds + object);
  }
}

/** Categories of reads that have no object. Objects are numbered after them. */
const param = 0;
const self = 1;
const global = 2;
const imported = 3;
const cell = 4;
const constant = 5;
const kinds = 6;

/** The first value that was read in the same way. Undefined if the instruction reads nothing. */
function firstOf(
  code: readonly Inst[],
  value: number,
  canonical: Int32Array,
  firsts: Firsts,
): number | undefined {
  const inst = code[value] as Inst;
  switch (inst.op) {
    case 'param':
      return firsts.of(inst.index, param, value);
    case 'this':
      return firsts.of('this', self, value);
    case 'global':
      return firsts.of(inst.name, global, value);
    case 'import':
      return firsts.of(`${inst.name} ${inst.specifier}`, imported, value);
    case 'cell-load':
      return firsts.of(inst.cell, cell, value);
    case 'const':
      return firsts.of(inst.value, constant, value);
    case 'member': {
      const object = canonical[inst.object] as number;
      return object < 0 ? undefined : firsts.of(inst.name, kinds + object, value);
    }
    case 'index': {
      const object = canonical[inst.object] as number;
      if (object < 0) return undefined;
      const key = code[inst.key];
      return key?.op === 'const'
        ? firsts.of(String(key.value), kinds + object, value)
        : firsts.of(canonical[inst.key], kinds + object, value);
    }
    case 'call': {
      // `request.args.get('id')` twice.
      const callee = code[inst.callee];
      if (callee?.op !== 'member' || inst.args.length !== 1 || !readers.has(callee.name)) return undefined;
      const object = canonical[callee.object] as number;
      if (object < 0) return undefined;
      // The range after the objects themselves.
      return firsts.of(
        `${callee.name} ${canonical[inst.args[0] as number]}`,
        kinds + code.length + object,
        value,
      );
    }
    default:
      return undefined;
  }
}

/** The value number of an instruction that only forwards a value; otherwise the instruction itself. */
function sameAs(
  func: Func,
  value: number,
  canonical: Int32Array,
  firsts: Firsts,
  before: Int32Array | undefined,
): number {
  const inst = func.code[value] as Inst;
  switch (inst.op) {
    case 'store': {
      // A method call on a member writes its receiver back unchanged: `a.b.startsWith(x)`.
      const object = canonical[inst.object] as number;
      const stored = canonical[inst.value] as number;
      return stored >= 0 && firsts.member(inst.name, object) === stored ? object : value;
    }
    case 'phi': {
      // All inputs have one value number, such as when a branch only reads the value.
      let first: number | undefined;
      for (const input of inst.inputs) {
        if (comesBack(func, input, value)) continue;
        const one = input < value ? (canonical[input] as number) : ahead(canonical, before, input, value);
        if (one < 0 || (first !== undefined && one !== first)) return value;
        first = one;
      }
      return first ?? value;
    }
    case 'effect':
      // A list with a new item is another value: facts about its old items don't hold for the new one.
      return (canonical[inst.value] as number) >= 0 && !addsTo(func, inst)
        ? (canonical[inst.value] as number)
        : value;
    case 'cell-store':
    case 'await':
    case 'typed':
      return (canonical[inst.value] as number) < 0 ? value : (canonical[inst.value] as number);
    default:
      return value;
  }
}

/** The value number of an input that is defined after its phi, from the previous round. */
function ahead(canonical: Int32Array, before: Int32Array | undefined, input: number, value: number): number {
  const same = before?.[input] ?? -1;
  return same >= 0 && same < value ? (canonical[same] as number) : -1;
}

/** `names.push(name)`: a method that adds its argument to a list. */
function addsTo({ code }: Func, { call, arg }: Inst & { op: 'effect' }): boolean {
  const inst = arg === -1 ? code[call] : undefined;
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && adding.has(callee.name);
}

const adding: ReadonlySet<string> = new Set(['push', 'unshift', 'append', 'appendleft', 'extend', 'insert']);

/** Whether an input is the phi itself, unchanged by the loop's body. */
function comesBack({ code }: Func, input: number, phi: number): boolean {
  let at = input;
  for (let i = 0; i < maxReadsInLoop && at !== phi; i++) {
    const inst = code[at];
    if (inst?.op !== 'effect' && inst?.op !== 'typed' && inst?.op !== 'cell-store') return false;
    at = inst.value;
  }
  return at === phi;
}

const readers: ReadonlySet<string> = new Set([
  'get',
  'getlist',
  'getAll',
  'header',
  'param',
  'getParameter',
  'get_argument',
]);
