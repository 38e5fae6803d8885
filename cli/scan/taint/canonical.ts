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
  return code.some(
    (inst, value) =>
      inst.op === 'phi' && inst.inputs.some((input) => code[input]?.op === 'phi' && input > value),
  );
}

function numbered(func: Func, before: Int32Array | undefined): Int32Array {
  const canonical = new Int32Array(func.code.length).fill(-1);
  const keys = new Map<string, number>();
  const keyed = (key: string, value: number): number => {
    const same = keys.get(key);
    if (same !== undefined) return same;
    keys.set(key, value);
    return value;
  };
  const of = (value: number): number => canonical[value] as number;
  // In the order of the numbers an operand may come later (a phi's): it is then what it was found to be before.
  const ahead = (input: number, value: number): number => {
    const same = before?.[input] ?? -1;
    return same >= 0 && same < value ? of(same) : -1;
  };
  func.code.forEach((inst, value) => {
    let same = value;
    switch (inst.op) {
      case 'param':
        same = keyed(`p${inst.index}`, value);
        break;
      case 'this':
        same = keyed('this', value);
        break;
      case 'global':
        same = keyed(`g${inst.name}`, value);
        break;
      case 'import':
        same = keyed(`i${inst.name} ${inst.specifier}`, value);
        break;
      case 'cell-load':
        same = keyed(`c${inst.cell}`, value);
        break;
      case 'const':
        same = keyed(`k${typeof inst.value} ${String(inst.value)}`, value);
        break;
      case 'member':
        same = of(inst.object) < 0 ? value : keyed(`m${of(inst.object)} ${inst.name}`, value);
        break;
      case 'index': {
        const key = func.code[inst.key];
        if (of(inst.object) < 0) break;
        same =
          key?.op === 'const'
            ? keyed(`m${of(inst.object)} ${String(key.value)}`, value)
            : keyed(`x${of(inst.object)} ${of(inst.key)}`, value);
        break;
      }
      case 'call': {
        // `request.args.get('id')` twice.
        const callee = func.code[inst.callee];
        const [arg, more] = inst.args;
        if (
          callee?.op === 'member' &&
          readers.has(callee.name) &&
          arg !== undefined &&
          more === undefined &&
          of(callee.object) >= 0
        ) {
          same = keyed(`r${of(callee.object)} ${callee.name} ${of(arg)}`, value);
        }
        break;
      }
      case 'store':
        // What a method of a member was called on is written back as it was: `a.b.startsWith(x)`.
        if (of(inst.value) >= 0 && keys.get(`m${of(inst.object)} ${inst.name}`) === of(inst.value))
          same = of(inst.object);
        break;
      case 'phi': {
        // The same on all ways, as where one of them has only looked at it.
        const [first = -1, ...others] = inst.inputs
          .filter((input) => !comesBack(func, input, value))
          .map((input) => (input < value ? of(input) : ahead(input, value)));
        if (first >= 0 && others.every((other) => other === first)) same = first;
        break;
      }
      case 'effect':
        // With more in it a list is another one: what was proven of its items is not of that.
        if (of(inst.value) >= 0 && !addsTo(func, inst)) same = of(inst.value);
        break;
      case 'cell-store':
      case 'await':
      case 'typed':
        same = of(inst.value) < 0 ? value : of(inst.value);
        break;
    }
    canonical[value] = same;
  });
  return canonical;
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
