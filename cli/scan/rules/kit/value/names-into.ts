import type { Linked } from '../../../callgraph/linked.ts';
import type { FuncInfo } from '../../../callgraph/program.ts';
import { callsOf, type Place } from '../../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { localNames } from '../../../ir/local-names.ts';
import { memoized } from '../../../ir/memoized.ts';
import { usersOf } from '../../../ir/query/users.ts';

/** The names of a value and of the values derived from it, wherever they flow. They suggest what the value is for. */
export interface NamesInto {
  /** Names of variables, fields, keys and parameters that hold the value, and of functions that return it. */
  readonly names: ReadonlySet<string>;
  /** Names of functions that the value is passed to: `set_etag`, `sleep`. */
  readonly callees: ReadonlySet<string>;
  /** Whether the value is converted to a text: `value.toString(36)`, `"%032x" % value`, a join. */
  readonly isText: boolean;
  /**
   * Whether the value selects an item of a list or a text, or is such an item: `LETTERS[n]`, `random.choice(letters)`.
   */
  readonly isPick: boolean;
}

interface Walk {
  readonly linked: Linked;
  readonly names: Set<string>;
  readonly callees: Set<string>;
  isText: boolean;
  isPick: boolean;
  readonly seen: Set<string>;
  readonly queue: Place[];
}

/** Maximum number of values to visit. A walk that reaches it returns the names found so far. */
const maxSteps = 300;
const maxCallers = 8;

/** Follows a value forward through calculations and texts, and through returns to the callers. Collects all names on the way. */
export function namesInto(linked: Linked, from: Place): NamesInto {
  const walk: Walk = {
    linked,
    names: new Set(),
    callees: new Set(),
    isText: false,
    isPick: picking.test(calledName(linked.program.functions[from.func]?.func, from.value)),
    seen: new Set(),
    queue: [],
  };
  push(walk, from.func, from.value);
  for (let at = walk.queue.pop(); at; at = walk.queue.pop()) {
    const info = linked.program.functions[at.func];
    if (!info) continue;
    for (const name of localNames(info.func, at.value)) walk.names.add(name);
    const users = usersOf(info.func);
    for (const user of users.of[at.value] ?? []) follow(walk, info, at.value, user);
    if (users.returned.has(at.value)) leave(walk, info);
  }
  return walk;
}

function push(walk: Walk, func: number, value: ValueId): void {
  const key = `${func} ${value}`;
  if (walk.seen.has(key) || walk.seen.size >= maxSteps) return;
  walk.seen.add(key);
  walk.queue.push({ func, value });
}

function follow(walk: Walk, info: FuncInfo, value: ValueId, user: ValueId): void {
  const { func, id } = info;
  const { names } = walk;
  const inst = func.code[user] as Inst;
  switch (inst.op) {
    case 'cell-store': {
      const name = walk.linked.program.modules[info.module]?.cells[inst.cell]?.name;
      if (name !== undefined) names.add(name);
      return;
    }
    case 'store':
      if (inst.value === value) names.add(inst.name);
      return;
    case 'store-index':
      if (inst.value === value) addText(func.code[inst.key], names);
      else if (inst.key === value) addName(func.code[inst.object], names);
      return;
    case 'object':
      inst.keys.forEach((key, i) => {
        if (inst.values[i] === value && typeof key === 'string') names.add(key);
      });
      return;
    case 'binary':
      if (comparisons.has(inst.operator)) return;
      if (inst.operator === '%' && inst.right === value) walk.isText = true;
      // An item of a list is no number: `code += LETTERS[n]`
      if (inst.operator === '+' && walk.isPick) walk.isText = true;
      push(walk, id, user);
      return;
    case 'unary':
      if (inst.operator !== '!' && inst.operator !== 'typeof') push(walk, id, user);
      return;
    case 'text':
      walk.isText = true;
      // `Your verification code: ${code}`
      for (const part of inst.parts) addText(func.code[part], names);
      push(walk, id, user);
      return;
    case 'effect':
      // `shuffle(letters)` makes `letters` random.
      if (inst.call === value && calledName(func, value) === 'shuffle') push(walk, id, user);
      return;
    case 'phi':
    case 'await':
    case 'typed':
    case 'element':
    case 'slice':
    case 'list':
      push(walk, id, user);
      return;
    case 'index':
      if (inst.key === value) walk.isPick = true;
      push(walk, id, user);
      return;
    case 'yield':
      if (func.name) names.add(func.name);
      leave(walk, info);
      return;
    case 'member':
      for (const call of usersOf(func).of[user] ?? []) callMethod(walk, info, inst.name, user, call);
      // `uuid1().hex`
      if (inst.name === 'hex' || inst.name === 'int') push(walk, id, user);
      return;
    case 'call':
      if (inst.callee !== value) enter(walk, info, inst, value, user);
  }
}

/** `value.name()` */
function callMethod(walk: Walk, { func, id }: FuncInfo, name: string, member: ValueId, call: ValueId): void {
  const inst = func.code[call];
  if (inst?.op !== 'call' || inst.callee !== member || questions.test(name)) return;
  if (textMethods.has(name)) walk.isText = true;
  push(walk, id, call);
}

/** `f(value)` */
function enter(walk: Walk, { func, id }: FuncInfo, call: Call, value: ValueId, at: ValueId): void {
  const position = call.args.indexOf(value);
  const keyword = call.names?.[position];
  if (keyword && !keyword.startsWith('*')) walk.names.add(keyword);
  else {
    for (const target of walk.linked.targets(id, at)) {
      const param = walk.linked.program.functions[target.func]?.func.params[position - target.shift];
      if (param) walk.names.add(param.name);
    }
  }
  const name = nameOf(func.code[call.callee]);
  if (name !== '') walk.callees.add(name);
  if (textMethods.has(name)) walk.isText = true;
  if (passing.has(name)) push(walk, id, at);
  if (!putting.has(name)) return;
  if (position > 0) addText(func.code[call.args[0] ?? -1], walk.names);
  for (const effect of usersOf(func).of[at] ?? []) {
    const inst = func.code[effect];
    if (inst?.op === 'effect' && inst.arg === -1) push(walk, id, effect);
  }
}

function leave(walk: Walk, info: FuncInfo): void {
  const { linked } = walk;
  const { name, outer } = info.func;
  if (name && !makers.has(name)) walk.names.add(name);
  for (const call of callsOf(linked, info.id).slice(0, maxCallers)) push(walk, call.func, call.value);
  // `Array.from({ length }, pick)`
  for (const call of handedTo(linked).get(info.id) ?? []) push(walk, call.func, call.value);
  if (name || outer < 0) return;
  // A callback: its result becomes part of the result of the call that takes it.
  const first = linked.program.firstFunc[info.module] ?? 0;
  const around = linked.program.functions[first + outer]?.func;
  around?.code.forEach((inst, value) => {
    if (inst.op !== 'func' || first + inst.func !== info.id) return;
    for (const user of usersOf(around).of[value] ?? []) {
      if (takesMaker.has(calledName(around, user))) push(walk, first + outer, user);
    }
  });
}

/** The calls that take a named function and return its result. */
const handedTo = memoized((linked: Linked): ReadonlyMap<number, readonly Place[]> => {
  const all = new Map<number, Place[]>();
  linked.program.instructions.each('call', (call, { id, func }, value) => {
    if (!takesMaker.has(nameOf(func.code[call.callee]))) return;
    for (const arg of call.args.slice(0, 2)) {
      if (func.code[arg]?.op === 'func') continue;
      for (const one of linked.functions(id, arg)) {
        const calls = all.get(one) ?? [];
        if (calls.length < maxCallers) all.set(one, [...calls, { func: id, value }]);
      }
    }
  });
  return all;
});

function calledName(func: Func | undefined, call: ValueId): string {
  const inst = func?.code[call];
  return inst?.op === 'call' ? nameOf(func?.code[inst.callee]) : '';
}

function nameOf(inst: Inst | undefined): string {
  return inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
}

function addName(inst: Inst | undefined, names: Set<string>): void {
  const name = nameOf(inst);
  if (name !== '') names.add(name);
}

function addText(inst: Inst | undefined, names: Set<string>): void {
  if (inst?.op === 'const' && typeof inst.value === 'string')
    names.add(parameterOf(inst.value) ?? inst.value);
}

/** `v` of `https://api.example.com/token?v=`: the rest of the address says nothing about the inserted value. */
function parameterOf(text: string): string | undefined {
  return /^(?:https?:\/\/|\/)[^?\s]{0,500}\?(?:[^&\s]{0,200}&){0,20}([\w-]{1,60})=$/.exec(text)?.[1];
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const comparisons = words('== != < <= > >= in instanceof');
/** Methods whose result says nothing about the value. `match` is none, as it returns parts of a text. */
const questions =
  /^(has|includes|index|last|find|start|end|is|test|matches|count|equals|compare|every|some|forEach)/;
const picking = /^(choices?|sample|sampleSize|shuffle)$/;
const textMethods = words(
  'toString toFixed join hex format String str hexdigest digest encode decode padStart zfill b64encode hexlify urlsafe_b64encode',
);
/** Functions whose result is made of their argument. */
const passing = words(
  `String Number str int float round floor ceil trunc abs min max hex chr ord format join concat from map list tuple
  bytes bytearray sorted set dict parseInt parseFloat b64encode urlsafe_b64encode hexlify btoa encode quote
  fromCharCode of fill to_bytes UUID next asarray array charAt at pick substr slice update md5 sha1 sha224
  sha256 sha384 sha512 hash sha3_256 blake2b padStart`,
);
/** Methods that put a value into their receiver, or store it under their first argument. */
const putting = words(
  'push append add insert unshift extend write set cookie set_cookie setCookie setItem setHeader header setdefault setex hset',
);
/** Functions that call their callback and return its result. */
const takesMaker = words('from map then replace reduce times flatMap useMemo useState memoize');
const makers = words('constructor init <module>');
