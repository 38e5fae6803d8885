import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { wordsOf } from '../../ir/query/words.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { acts, changes, isLog, isPutBack, tests } from './acts.ts';
import { cellLoads } from './cell-loads.ts';
import { isIncompleteCall, isIncompletePattern } from './origin-test.ts';

/** What a handler does with the event of a message. */
export interface EventUse {
  /** The strongest use of the message's data. */
  data: 'none' | 'compared' | 'used';
  /** The handler checks the sender, or passes the event to code that may check it. */
  isLooked: boolean;
  /** Calls that compare only a part of the origin. */
  readonly incomplete: Place[];
}

type Role = 'event' | 'origin' | 'source' | 'data';

interface Walk extends EventUse {
  readonly linked: Linked;
  readonly seen: Set<string>;
  readonly queue: { readonly func: number; readonly value: ValueId; readonly role: Role }[];
}

const maxSteps = 600;

/** Returns how the handlers use the event. Functions that they call or create are included. */
export function eventUse(linked: Linked, handlers: readonly number[]): EventUse {
  const walk: Walk = { linked, data: 'none', isLooked: false, incomplete: [], seen: new Set(), queue: [] };
  for (const handler of handlers) {
    const value = linked.program.functions[handler]?.params[0] ?? -1;
    if (value >= 0) push(walk, handler, value, 'event');
  }
  const entered = new Set(handlers);
  for (let at = walk.queue.pop(); at; at = walk.queue.pop()) {
    entered.add(at.func);
    const info = linked.program.functions[at.func];
    if (!info) continue;
    const users = usersOf(info.func);
    for (const user of users.of[at.value] ?? []) follow(walk, info, at.value, at.role, user);
    if (users.returned.has(at.value)) leave(walk, at.role);
  }
  if (walk.data === 'compared' && !walk.isLooked && !acts(linked, entered)) walk.data = 'none';
  return walk;
}

function push(walk: Walk, func: number, value: ValueId, role: Role): void {
  const key = `${func} ${value} ${role}`;
  if (walk.seen.has(key) || walk.seen.size >= maxSteps) return;
  walk.seen.add(key);
  walk.queue.push({ func, value, role });
}

/** The value is stored, or passed to unknown code, which may check the sender. */
function leave(walk: Walk, role: Role): void {
  if (role === 'data') walk.data = 'used';
  else walk.isLooked = true;
}

function compare(walk: Walk, role: Role): void {
  if (role !== 'data') walk.isLooked = true;
  else if (walk.data === 'none') walk.data = 'compared';
}

function follow(walk: Walk, info: FuncInfo, value: ValueId, role: Role, user: ValueId): void {
  const inst = info.func.code[user] as Inst;
  switch (inst.op) {
    case 'phi':
    case 'await':
    case 'typed':
    case 'effect':
      if (inst.op !== 'effect' || inst.value === value) push(walk, info.id, user, role);
      return;
    case 'cell-store': {
      const cell = (walk.linked.program.firstCell[info.module] ?? 0) + inst.cell;
      for (const load of cellLoads(walk.linked, cell)) push(walk, load.func, load.value, role);
      return;
    }
    case 'member':
      readMember(walk, info, inst.name, role, user);
      return;
    case 'index': {
      const key = info.func.code[inst.key];
      if (inst.key === value) compare(walk, role);
      else if (key?.op === 'const' && typeof key.value === 'string')
        readMember(walk, info, key.value, role, user);
      else push(walk, info.id, user, role);
      return;
    }
    case 'store':
    case 'store-index':
      if (inst.object === value) push(walk, info.id, user, role);
      // After `event.source.postMessage()`, the lowered code stores the source in the event again.
      else if (!isPutBack(info.func, value)) leave(walk, role);
      return;
    case 'binary':
      calculate(walk, info, inst, value, role, user);
      return;
    case 'text':
      // `Message from ${event.origin}` may be compared, or only displayed.
      push(walk, info.id, user, role);
      return;
    case 'unary':
      if (role === 'data') compare(walk, role);
      return;
    case 'call':
      if (inst.callee !== value) handOver(walk, info, inst, value, role, user);
      return;
    default:
      leave(walk, role);
  }
}

function readMember(walk: Walk, info: FuncInfo, name: string, role: Role, user: ValueId): void {
  if (role === 'event') {
    if (name === 'data' || name === 'origin' || name === 'source') push(walk, info.id, user, name);
    // The events of jQuery and React wrap the browser's event.
    else if (name === 'originalEvent' || name === 'nativeEvent') push(walk, info.id, user, 'event');
    return;
  }
  const calls = (usersOf(info.func).of[user] ?? []).filter((one) => {
    const call = info.func.code[one];
    return call?.op === 'call' && call.callee === user;
  });
  if (calls.length === 0) {
    push(walk, info.id, user, role);
    return;
  }
  for (const call of calls) callMethod(walk, info, name, role, call);
}

/** `event.origin.endsWith(...)`, `event.data.startsWith(...)`, `event.source.postMessage(...)` */
function callMethod(walk: Walk, info: FuncInfo, name: string, role: Role, at: ValueId): void {
  const call = info.func.code[at] as Inst & Call;
  if (role === 'data') {
    if (tests.test(name)) compare(walk, role);
    else if (changes.test(name)) push(walk, info.id, at, role);
    else walk.data = 'used';
    return;
  }
  if (name === 'postMessage') return;
  if (role === 'origin' && changes.test(name)) {
    push(walk, info.id, at, role);
    return;
  }
  walk.isLooked = true;
  if (role === 'origin' && isIncompleteCall(walk.linked, info.id, name, call))
    walk.incomplete.push({ func: info.id, value: at });
}

function calculate(
  walk: Walk,
  info: FuncInfo,
  inst: Inst & { op: 'binary' },
  value: ValueId,
  role: Role,
  at: ValueId,
): void {
  if (inst.operator === '+') {
    push(walk, info.id, at, role);
    return;
  }
  if (!comparing.test(inst.operator)) {
    leave(walk, role);
    return;
  }
  const other = inst.left === value ? inst.right : inst.left;
  const constant = info.func.code[other];
  if (role === 'event') return;
  if (role !== 'data' && constant?.op === 'const' && !constant.value) return;
  compare(walk, role);
  // A message that must contain a secret nonce is as good as one from a known sender.
  if (role === 'data' && constant?.op !== 'const' && isNonce(walk, info, other)) walk.isLooked = true;
}

const comparing = /^(==|!=|in|not in|<|>|<=|>=|instanceof)$/;

function isNonce(walk: Walk, info: FuncInfo, value: ValueId): boolean {
  return [...namesOf(walk.linked, { func: info.id, value })].some((name) =>
    wordsOf(name).some((word) => /^(nonce|token|secret|uuid|random|csrf|handshake)$/.test(word)),
  );
}

function handOver(
  walk: Walk,
  info: FuncInfo,
  call: Inst & Call,
  value: ValueId,
  role: Role,
  at: ValueId,
): void {
  const callee = info.func.code[call.callee];
  const name = callee?.op === 'member' || callee?.op === 'global' ? callee.name : '';
  const object = callee?.op === 'member' ? info.func.code[callee.object] : undefined;
  if (isLog(name, object)) return;
  if (role === 'data') {
    if (name === 'parse' || name === 'Object') push(walk, info.id, at, role);
    else if (tests.test(name)) compare(walk, role);
    else walk.data = 'used';
    return;
  }
  if (name === 'postMessage') return;
  if (role === 'origin' && /^(URL|String|parse)$/.test(name)) {
    push(walk, info.id, at, role);
    return;
  }
  if (enter(walk, info, call, value, role, at)) return;
  walk.isLooked = true;
  if (role === 'origin' && callee?.op === 'member' && isIncompletePattern(walk.linked, info.id, callee))
    walk.incomplete.push({ func: info.id, value: at });
}

/** Continues in the callees, if they are known. */
function enter(walk: Walk, info: FuncInfo, call: Call, value: ValueId, role: Role, at: ValueId): boolean {
  const targets = walk.linked.targets(info.id, at);
  call.args.forEach((arg, i) => {
    if (arg !== value) return;
    for (const target of targets) {
      const to = walk.linked.program.functions[target.func];
      const param = to?.params[i - target.shift] ?? -1;
      if (param >= 0) push(walk, target.func, param, role);
    }
  });
  return targets.length > 0;
}
