import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { placeOfModule } from './worker-files.ts';

/**
 * Whether an instruction may listen for messages. A cheap test: true for every listener, and false for most other
 * instructions.
 */
export function mayListen(code: Func['code'], inst: Inst & { op: 'call' | 'store' }): boolean {
  if (inst.op === 'store') return inst.name === 'onmessage';
  const { args } = inst;
  // Runs for each call of a program, so it must be cheap.
  for (let i = 0; i < args.length && i < 2; i++) if (isOfMessage(code[args[i] as ValueId])) return true;
  return false;
}

function isOfMessage(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && typeof inst.value === 'string' && inst.value.endsWith('message');
}

/** The functions that an instruction registers as handlers of a window's messages. */
export function handlersAt(linked: Linked, info: FuncInfo, value: ValueId): readonly number[] {
  const inst = info.func.code[value] as Inst;
  if (inst.op === 'store') {
    if (inst.name !== 'onmessage' || !isWindow(linked, info, inst.object, false)) return [];
    return functionsOf(linked, { func: info.id, value: inst.value }, 0);
  }
  if (inst.op !== 'call') return [];
  const handler = handlerOf(linked, info, inst, value);
  return handler === undefined ? [] : functionsOf(linked, { func: info.id, value: handler }, 0);
}

const listening = /^(addEventListener|addListener|on|bind|attachEvent|listen|fromEvent)$/;
/** Hooks that listen on the window unless an argument names another target. */
const hooks = /^use(Window)?Event(Listener)?$|^useWindowEvent$/;

function handlerOf(linked: Linked, info: FuncInfo, call: Call, at: ValueId): ValueId | undefined {
  const { func } = info;
  const callee = func.code[call.callee];
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  const [first, second, third] = call.args;
  if (name === 'HostListener') return isText(func, first, 'window:message') ? decorated(func, at) : undefined;
  if (first === undefined) return undefined;
  if (isText(func, first, 'message') || isText(func, first, 'onmessage')) {
    if (hooks.test(name))
      return third === undefined || isWindow(linked, info, third, true) ? second : undefined;
    if (!listening.test(name)) return undefined;
    if (callee?.op === 'global')
      return name === 'addEventListener' && isPage(linked, info) ? second : undefined;
    return callee?.op === 'member' && isWindow(linked, info, callee.object, name === 'addEventListener')
      ? second
      : undefined;
  }
  // `fromEvent(window, 'message').subscribe(...)`, `listen(window, 'message', ...)`
  if (!isText(func, second, 'message') || !listening.test(name) || !isWindow(linked, info, first, true))
    return undefined;
  return third ?? subscribed(func, at);
}

function isText(func: Func, value: ValueId | undefined, text: string): boolean {
  const inst = func.code[value ?? -1];
  return inst?.op === 'const' && inst.value === text;
}

/** `@HostListener('window:message', ['$event']) onMessage(event) {}` */
function decorated(func: Func, at: ValueId): ValueId | undefined {
  for (const user of usersOf(func).of[at] ?? []) {
    const inst = func.code[user];
    if (inst?.op === 'call' && inst.isDecorator && inst.callee === at) return inst.args[0];
  }
  return undefined;
}

function subscribed(func: Func, at: ValueId): ValueId | undefined {
  for (const user of usersOf(func).of[at] ?? []) {
    const inst = func.code[user];
    if (inst?.op !== 'member' || inst.name !== 'subscribe') continue;
    for (const one of usersOf(func).of[user] ?? []) {
      const call = func.code[one];
      if (call?.op === 'call' && call.callee === user) return call.args[0];
    }
  }
  return undefined;
}

function isPage(linked: Linked, info: FuncInfo): boolean {
  const place = placeOfModule(linked, info.module);
  return place === 'page' || place === 'unknown';
}

const windows = /^(win|window|_window|\$window|windowRef|targetWindow|contentWindow|defaultView)$/;

/** Whether a value is a page's window. `self` and a bare `onmessage = ...` can also belong to a worker. */
function isWindow(linked: Linked, info: FuncInfo, value: ValueId, isListening: boolean): boolean {
  const place = madeBy(linked, { func: info.id, value });
  const inst = instOf(linked, place);
  switch (inst?.op) {
    case 'store':
    case 'effect':
    case 'phi':
      return false;
    case 'global': {
      if (/^(window|parent|top|opener)$/.test(inst.name)) return true;
      if (inst.name !== 'self' && inst.name !== 'globalThis') return false;
      const where = placeOfModule(linked, info.module);
      return where === 'page' || (where === 'unknown' && isListening && inst.name === 'globalThis');
    }
    case 'member':
      if (/^(window|parent|top|opener)$/.test(inst.name) && isOfWindow(linked, place)) return true;
      return windows.test(inst.name) && (inst.name !== 'window' || isOwn(linked, place, inst.object));
    case 'param':
      return windows.test(linked.program.functions[place.func]?.func.params[inst.index]?.name ?? '');
    case 'call': {
      // `$(window)`
      const callee = instOf(linked, { func: place.func, value: inst.callee });
      const [first] = inst.args;
      const name = callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
      const argument = first === undefined ? undefined : instOf(linked, { func: place.func, value: first });
      const isJquery = /^(\$|jQuery|default)$/.test(name);
      return isJquery && argument?.op === 'global' && argument.name === 'window';
    }
    default:
      return false;
  }
}

/** `this.window`, `options.window`; not `vscode.window`, which is an object of a library. */
function isOwn(linked: Linked, { func }: Place, object: ValueId): boolean {
  const inst = instOf(linked, madeBy(linked, { func, value: object }));
  return inst?.op === 'this' || inst?.op === 'param' || inst?.op === 'object';
}

function isOfWindow(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, place);
  const object = inst?.op === 'member' ? instOf(linked, { func: place.func, value: inst.object }) : undefined;
  return object?.op === 'global' && /^(window|self|globalThis)$/.test(object.name);
}

const wrapping =
  /^(useCallback|useEvent|useEffectEvent|useMemoizedFn|useStableCallback|debounce|throttle|bind|once|memoize|run|markRaw|action)$/;

/** The functions that a handler may be, through `bind` and hooks that return their argument. */
function functionsOf(linked: Linked, from: Place, depth: number): readonly number[] {
  const direct = linked.functions(from.func, from.value);
  if (direct.length > 0) return direct;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op === 'func') {
    const module = linked.program.functions[place.func]?.module ?? 0;
    return [(linked.program.firstFunc[module] ?? 0) + inst.func];
  }
  if (inst?.op !== 'call' || depth >= 3) return linked.functions(place.func, place.value);
  const callee = instOf(linked, { func: place.func, value: inst.callee });
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  if (!wrapping.test(name)) return [];
  const inner = name === 'bind' && callee?.op === 'member' ? callee.object : inst.args[0];
  return inner === undefined ? [] : functionsOf(linked, { func: place.func, value: inner }, depth + 1);
}
