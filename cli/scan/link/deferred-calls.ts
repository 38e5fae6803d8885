import type { Call, Func, ValueId } from '../ir/ir.ts';

/** A function that is handed over to be called with these arguments, by a pool, a timer, a queue. */
export interface DeferredCall {
  readonly callee: ValueId;
  readonly args: readonly ValueId[];
  readonly named: readonly NamedArgument[];
  /** What hands it over gives what the function returns. */
  readonly givesResult: boolean;
  /** It is a task of Celery, which may be given itself before all else. */
  readonly isTask?: true;
}

type NamedArgument = readonly [name: string, value: ValueId];

/** Functions and methods that take a function and its arguments: where the function stands, where they begin. */
const takers: ReadonlyMap<string, readonly [callee: number, args: number]> = new Map([
  ['add_task', [0, 1]],
  ['to_thread', [0, 1]],
  ['run_in_threadpool', [0, 1]],
  ['run_sync', [0, 1]],
  ['submit', [0, 1]],
  ['call_soon', [0, 1]],
  ['call_soon_threadsafe', [0, 1]],
  ['run_in_executor', [1, 2]],
  ['call_later', [1, 2]],
  ['setTimeout', [0, 2]],
  ['setImmediate', [0, 1]],
  ['queueMicrotask', [0, 1]],
]);

const giveResults: ReadonlySet<string> = new Set([
  'to_thread',
  'run_in_threadpool',
  'run_sync',
  'submit',
  'run_in_executor',
]);

/** `Thread(target=f, args=(a, b))` */
const threads: ReadonlySet<string> = new Set(['Thread', 'Process', 'Timer']);

/** What a call hands over, as far as its name tells. */
export function deferredCall(func: Func, inst: Call): DeferredCall | undefined {
  const callee = func.code[inst.callee];
  if (callee?.op !== 'member' && callee?.op !== 'import' && callee?.op !== 'global') return undefined;
  const { name } = callee;
  // Celery's `task.delay(a, b)`.
  if (name === 'delay' && callee.op === 'member')
    return {
      callee: callee.object,
      args: positional(inst, 0),
      named: named(inst, 0),
      givesResult: false,
      isTask: true,
    };
  // `task.apply_async((a, b), {'c': d})`
  if (name === 'apply_async' && callee.op === 'member')
    return {
      callee: callee.object,
      ...gathered(func, argument(inst, 'args', 0), argument(inst, 'kwargs', 1)),
      isTask: true,
    };
  if (threads.has(name)) return threadCall(func, inst, name);
  const [at, first] = takers.get(name) ?? [];
  const given = at === undefined ? undefined : inst.args[at];
  if (given === undefined || inst.names?.[at as number]) return undefined;
  return {
    callee: given,
    args: positional(inst, first as number),
    named: named(inst, first as number),
    givesResult: giveResults.has(name),
  };
}

function positional({ args, names }: Call, first: number): readonly ValueId[] {
  return args.slice(first).filter((_, i) => !names?.[i + first]);
}

function named({ args, names }: Call, first: number): NamedArgument[] {
  return args.flatMap((arg, i) => {
    const name = names?.[i] ?? '*';
    return i < first || name.startsWith('*') ? [] : [[name, arg] as const];
  });
}

function argument({ args, names }: Call, name: string, position = -1): ValueId | undefined {
  const at = names?.indexOf(name) ?? -1;
  if (at >= 0) return args[at];
  return names?.[position] ? undefined : args[position];
}

/** Arguments that are handed over in a list and a dictionary. */
function gathered(
  func: Func,
  args: ValueId | undefined,
  keywords: ValueId | undefined,
): Omit<DeferredCall, 'callee'> {
  const list = func.code[args ?? -1];
  const object = func.code[keywords ?? -1];
  return {
    args: list?.op === 'list' ? list.items : [],
    named:
      object?.op === 'object'
        ? object.keys.flatMap((key, i) => {
            const value = object.values[i];
            return typeof key === 'string' && value !== undefined ? [[key, value] as const] : [];
          })
        : [],
    givesResult: false,
  };
}

function threadCall(func: Func, inst: Call, name: string): DeferredCall | undefined {
  const isTimer = name === 'Timer';
  const callee =
    argument(inst, 'target') ?? argument(inst, 'function') ?? (isTimer ? inst.args[1] : undefined);
  if (callee === undefined) return undefined;
  return {
    callee,
    ...gathered(func, argument(inst, 'args', isTimer ? 2 : -1), argument(inst, 'kwargs', isTimer ? 3 : -1)),
  };
}
