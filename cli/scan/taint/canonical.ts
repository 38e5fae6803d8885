import type { Func, Inst } from '../ir/ir.ts';

const known = new WeakMap<Func, Int32Array>();

/**
 * The same number for values that are the same thing: two reads of `req.query.url`, a variable before and
 * after it was passed somewhere, what was awaited. A check of one of them counts for the others.
 */
export function canonicalValues(func: Func): Int32Array {
  const cached = known.get(func);
  if (cached) return cached;
  let canonical = numbered(func, undefined);
  // `a && (b || c)` meets first what is numbered later: once that is known, it can be seen to be the same.
  for (let round = 0; round < maxRounds && looksAhead(func); round++) canonical = numbered(func, canonical);
  known.set(func, canonical);
  return canonical;
}

/** How deep conditions lie in conditions. */
const maxRounds = 3;

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
  const keys = new Map<string, number>();
  for (let value = 0; value < code.length; value++) {
    const key = keyOf(code, code[value] as Inst, canonical);
    if (key === undefined) {
      canonical[value] = sameAs(func, value, canonical, keys, before);
      continue;
    }
    const same = keys.get(key);
    canonical[value] = same ?? value;
    if (same === undefined) keys.set(key, value);
  }
  return canonical;
}

/** What is the same wherever it is read under this key; undefined for all else. */
function keyOf(code: readonly Inst[], inst: Inst, canonical: Int32Array): string | undefined {
  switch (inst.op) {
    case 'param':
      return `p${inst.index}`;
    case 'this':
      return 'this';
    case 'global':
      return `g${inst.name}`;
    case 'import':
      return `i${inst.name} ${inst.specifier}`;
    case 'cell-load':
      return `c${inst.cell}`;
    case 'const':
      return `k${typeof inst.value} ${String(inst.value)}`;
    case 'member': {
      const object = canonical[inst.object] as number;
      return object < 0 ? undefined : `m${object} ${inst.name}`;
    }
    case 'index': {
      const object = canonical[inst.object] as number;
      if (object < 0) return undefined;
      const key = code[inst.key];
      return key?.op === 'const'
        ? `m${object} ${String(key.value)}`
        : `x${object} ${canonical[inst.key] as number}`;
    }
    case 'call': {
      // `request.args.get('id')` twice.
      const callee = code[inst.callee];
      if (callee?.op !== 'member' || inst.args.length !== 1 || !readers.has(callee.name)) return undefined;
      const object = canonical[callee.object] as number;
      return object < 0 ? undefined : `r${object} ${callee.name} ${canonical[inst.args[0] as number]}`;
    }
    default:
      return undefined;
  }
}

/** The value that another one is, as it was only handed on: itself, if it is none. */
function sameAs(
  func: Func,
  value: number,
  canonical: Int32Array,
  keys: ReadonlyMap<string, number>,
  before: Int32Array | undefined,
): number {
  const inst = func.code[value] as Inst;
  switch (inst.op) {
    case 'store': {
      // What a method of a member was called on is written back as it was: `a.b.startsWith(x)`.
      const [object, stored] = [canonical[inst.object] as number, canonical[inst.value] as number];
      return stored >= 0 && keys.get(`m${object} ${inst.name}`) === stored ? object : value;
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

/** How often a variable is only looked at in one round of a loop. */
const maxLooks = 30;

/** Whether an input is the variable itself again, as it was at the start of the loop. */
function comesBack({ code }: Func, input: number, phi: number): boolean {
  let at = input;
  for (let i = 0; i < maxLooks && at !== phi; i++) {
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
