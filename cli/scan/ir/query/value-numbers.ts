import { maxReadsInLoop, maxValueNumberRounds } from '../../budgets/ir.ts';
import type { Func, Inst } from '../ir.ts';
import { memoized } from '../memoized.ts';

/**
 * The same number for values that are the same thing: two reads of `req.query.url`, a variable before and
 * after it was passed somewhere, what was awaited. A check of one of them counts for the others.
 */
export const valueNumbersOf: (func: Func) => Int32Array = memoized((func: Func) => {
  let canonical = numbered(func, undefined);
  // `a && (b || c)` meets first what is numbered later: once that is known, it can be seen to be the same.
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

/** The first value of each way of reading: by a name, a number or a constant, out of an object or of what else there is. */
class Firsts {
  readonly #numbers = new Map<unknown, number>();
  readonly #values = new Map<number, number>();
  readonly #span: number;

  constructor(values: number) {
    this.#span = 2 * values + kinds;
  }

  /** The value that was read so first: this one, if none was before. */
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

  /** The member of an object that was read first. */
  member(name: string, object: number): number | undefined {
    const number = object < 0 ? undefined : this.#numbers.get(name);
    return number === undefined ? undefined : this.#values.get(number * this.#span + kinds + object);
  }
}

/** What is no part of an object is told apart by these, and objects by what comes behind them. */
const param = 0;
const self = 1;
const global = 2;
const imported = 3;
const cell = 4;
const constant = 5;
const kinds = 6;

/** The first value that is the same as it was read in the same way; undefined for all that is not read. */
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
      // Behind the objects themselves.
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

/** The value that an instruction only forwards, or the instruction itself. */
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
      // What a method of a member was called on is written back as it was: `a.b.startsWith(x)`.
      const object = canonical[inst.object] as number;
      const stored = canonical[inst.value] as number;
      return stored >= 0 && firsts.member(inst.name, object) === stored ? object : value;
    }
    case 'phi': {
      // The same on all ways, as where one of them has only looked at it.
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
      // With more in it a list is another one: what was proven of its items is not of that.
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

/** In the order of the numbers an operand may come later (a phi's): it is then what it was found to be before. */
function ahead(canonical: Int32Array, before: Int32Array | undefined, input: number, value: number): number {
  const same = before?.[input] ?? -1;
  return same >= 0 && same < value ? (canonical[same] as number) : -1;
}

/** `names.push(name)`: a method that puts into a list what it is given. */
function addsTo({ code }: Func, { call, arg }: Inst & { op: 'effect' }): boolean {
  const inst = arg === -1 ? code[call] : undefined;
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && adding.has(callee.name);
}

const adding: ReadonlySet<string> = new Set(['push', 'unshift', 'append', 'appendleft', 'extend', 'insert']);

/** Whether an input is the variable itself again, as it was at the start of the loop. */
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
