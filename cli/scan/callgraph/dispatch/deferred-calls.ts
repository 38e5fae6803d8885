import type { Call, Func, ValueId } from '../../ir/ir.ts';

/** A function that a pool, a timer or a queue will call, and its arguments. */
export interface DeferredCall {
  readonly callee: ValueId;
  readonly args: readonly ValueId[];
  readonly named: readonly NamedArgument[];
  /** Whether the deferring call returns the function's result, or a future of it. */
  readonly givesResult: boolean;
  /** Set for a task of Celery or a similar library, which may pass the task itself as the first argument. */
  readonly isTask?: true;
  /** Set if unrelated methods often have this name: the call is deferred only if the callee is a known function. */
  readonly needsFunction?: true;
}

type NamedArgument = readonly [name: string, value: ValueId];

/** Functions and methods that take a function and its arguments: the index of the function, and that of its first argument. */
const takers: ReadonlyMap<string, readonly [callee: number, args: number]> = new Map([
  ['add_task', [0, 1]],
  ['BackgroundTask', [0, 1]],
  ['async_task', [0, 1]],
  ['enqueue', [0, 1]],
  ['enqueue_at', [1, 2]],
  ['enqueue_in', [1, 2]],
  ['start_soon', [0, 1]],
  ['deferToThread', [0, 1]],
  ['callInThread', [0, 1]],
  ['to_thread', [0, 1]],
  ['run_in_threadpool', [0, 1]],
  ['run_sync', [0, 1]],
  ['submit', [0, 1]],
  ['call_soon', [0, 1]],
  ['call_soon_threadsafe', [0, 1]],
  ['run_in_executor', [1, 2]],
  ['call_later', [1, 2]],
  ['call_at', [1, 2]],
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

/** Options that rq does not pass to the function. */
const queueOptions: ReadonlySet<string> = new Set(
  `timeout job_timeout result_ttl ttl failure_ttl description depends_on job_id at_front meta retry repeat on_success
  on_failure on_stopped pipeline unique`.split(/\s+/),
);

/** `Thread(target=f, args=(a, b))` */
const threads: ReadonlySet<string> = new Set(['Thread', 'Process', 'Timer']);

/** Methods that `taskCall` handles. */
const tasks: readonly string[] = [
  'delay',
  'send',
  'apply_async',
  's',
  'si',
  'subtask',
  'signature',
  'enqueue_call',
  'send_task',
  'enqueue_job',
  'send_with_options',
  'schedule',
  'add_job',
];

/** Names of functions and methods that defer a call, such as `submit` of a thread pool. */
export const deferring: ReadonlySet<string> = new Set([...takers.keys(), ...threads, ...tasks]);

/**
 * The call that a pool, a timer or a queue will make later because of the call `inst`: `pool.submit(f, a)` -> `f(a)`. The
 * callee of `inst` is recognised by its name. Undefined for other calls.
 */
export function deferredCall(func: Func, inst: Call): DeferredCall | undefined {
  const callee = func.code[inst.callee];
  if (callee?.op !== 'member' && callee?.op !== 'import' && callee?.op !== 'global') return undefined;
  const { name } = callee;
  if (!deferring.has(name)) return undefined;
  const task = callee.op === 'member' ? taskCall(func, inst, name, callee.object) : undefined;
  if (task) return task;
  if (threads.has(name)) return threadCall(func, inst, name);
  const [at, first] = takers.get(name) ?? [];
  const given = at === undefined ? undefined : inst.args[at];
  if (given === undefined || inst.names?.[at as number]) return undefined;
  const isQueued = name.startsWith('enqueue');
  // rq's `q.enqueue(f, args=(a, b), job_timeout=60)`
  if (isQueued && (inst.names?.includes('args') || inst.names?.includes('kwargs')))
    return {
      callee: given,
      ...gathered(func, argument(inst, 'args'), argument(inst, 'kwargs')),
      needsFunction: true,
    };
  return {
    callee: given,
    args: positional(inst, first as number),
    named: named(inst, first as number).filter(([key]) => !isQueued || !queueOptions.has(key)),
    givesResult: giveResults.has(name),
    ...(isQueued ? { needsFunction: true } : {}),
  };
}

/** Tasks of Celery (`task.delay(a, b)`, `task.apply_async((a, b), {'c': d})`), dramatiq and huey, and jobs of APScheduler. */
function taskCall(func: Func, inst: Call, name: string, task: ValueId): DeferredCall | undefined {
  switch (name) {
    case 'delay':
    case 'send':
      return {
        callee: task,
        args: positional(inst, 0),
        named: named(inst, 0),
        givesResult: false,
        isTask: true,
        ...(name === 'send' ? { needsFunction: true } : {}),
      };
    case 'apply_async': {
      const [first, second] = inst.args;
      // `pool.apply_async(f, (a, b))` in multiprocessing.
      const isPools = inst.names?.[0]
        ? false
        : func.code[second ?? -1]?.op === 'list' || inst.names?.includes('args') === true;
      return isPools && first !== undefined
        ? { callee: first, ...gathered(func, argument(inst, 'args', 1), argument(inst, 'kwds', 2)) }
        : {
            callee: task,
            ...gathered(func, argument(inst, 'args', 0), argument(inst, 'kwargs', 1)),
            isTask: true,
          };
    }
    // `task.s(a).apply_async()`: we assume that every signature is run.
    case 's':
    case 'si':
    case 'subtask':
    case 'signature': {
      const isApart = name === 'signature' || name === 'subtask';
      return {
        callee: task,
        ...(isApart
          ? gathered(func, argument(inst, 'args', 0), argument(inst, 'kwargs', 1))
          : { args: positional(inst, 0), named: named(inst, 0), givesResult: false }),
        isTask: true,
        needsFunction: true,
      };
    }
    // rq's `queue.enqueue_call(func=f, args=(a, b))`
    case 'enqueue_call': {
      const job = argument(inst, 'func', 0);
      return job === undefined
        ? undefined
        : {
            callee: job,
            ...gathered(func, argument(inst, 'args', 1), argument(inst, 'kwargs', 2)),
            needsFunction: true,
          };
    }
    // Celery's `app.send_task("tasks.build", args=[a])`
    case 'send_task': {
      const job = argument(inst, 'name', 0);
      return job === undefined
        ? undefined
        : {
            callee: job,
            ...gathered(func, argument(inst, 'args', 1), argument(inst, 'kwargs', 2)),
            isTask: true,
            needsFunction: true,
          };
    }
    // arq passes its context to a job first. The name of the job takes its place in the arguments.
    case 'enqueue_job': {
      const [job] = inst.args;
      return job === undefined
        ? undefined
        : {
            callee: job,
            args: positional(inst, 0),
            named: named(inst, 0).filter(([key]) => !key.startsWith('_')),
            givesResult: false,
            needsFunction: true,
          };
    }
    case 'send_with_options':
    case 'schedule':
      return {
        callee: task,
        ...gathered(func, argument(inst, 'args', 0), argument(inst, 'kwargs', 1)),
        isTask: true,
        needsFunction: true,
      };
    case 'add_job': {
      const job = argument(inst, 'func', 0);
      return job === undefined
        ? undefined
        : { callee: job, ...gathered(func, argument(inst, 'args', 2), argument(inst, 'kwargs', 3)) };
    }
    default:
      return undefined;
  }
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

/** The arguments in a list and a dictionary. */
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
