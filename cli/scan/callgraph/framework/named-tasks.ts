import { maxNamedFunctions, maxTaskFunctions } from '../../budgets/callgraph.ts';
import { taskHost, taskTakers } from '../../libraries/python/http/named-tasks.ts';
import type { Linker } from '../linker.ts';
import { type FuncInfo, languageAt, literalText, type Program } from '../program.ts';
import { writtenText } from '../written-origin.ts';

/**
 * Links tasks that code enqueues by name, without an import: `queue.enqueue("app.tasks.build", name)`. The points-to set of
 * the string gets the function, so the models of queues apply as if the function itself were passed.
 */
export function linkNamedTasks(linker: Linker): void {
  const { program, graph, tokens } = linker;
  let tasks: Tasks | undefined;
  program.instructions.calls(taskTakers, (inst, info) => {
    const callee = info.func.code[inst.callee];
    if (callee?.op !== 'member' && callee?.op !== 'import') return;
    const taker = taskTakers.get(callee.name);
    const named = inst.names?.findIndex((name) => name === 'func' || name === 'name') ?? -1;
    const at = inst.args[named >= 0 ? named : (taker?.at ?? -1)];
    if (!taker || at === undefined || languageAt(program, info.module).host !== taskHost) return;
    const name = writtenText(linker, { info, value: at });
    if (name === undefined) return;
    tasks ??= tasksOf(program);
    const found = taker.isPlain ? jobs(tasks, name) : ofPath(tasks, program, name);
    for (const func of found) graph.add(info.firstValue + at, tokens.of('func', func));
  });
}

interface Tasks {
  /** Module-level functions by name. */
  readonly functions: ReadonlyMap<string, readonly FuncInfo[]>;
  /** Functions by the name in the decorator that registers them. */
  readonly registered: ReadonlyMap<string, readonly number[]>;
}

function tasksOf(program: Program): Tasks {
  const functions = new Map<string, FuncInfo[]>();
  for (const info of program.functions) {
    const { outer, name } = info.func;
    if (outer !== 0 || info.func.class >= 0 || languageAt(program, info.module).host !== taskHost) continue;
    const known = functions.get(name);
    if (!known) functions.set(name, [info]);
    else if (known.length < maxNamedFunctions) known.push(info);
  }
  const registered = new Map<string, number[]>();
  // `@shared_task(name="builder")`
  program.instructions.each('call', (inst, { func, module }) => {
    const given = inst.isDecorator ? func.code[inst.callee] : undefined;
    const made = func.code[inst.args[0] ?? -1];
    if (given?.op !== 'call' || made?.op !== 'func') return;
    const name = literalText(func, given.args[given.names?.indexOf('name') ?? -1] ?? -1);
    if (name === undefined) return;
    const known = registered.get(name) ?? [];
    registered.set(name, known);
    if (known.length <= maxTaskFunctions) known.push((program.firstFunc[module] ?? 0) + made.func);
  });
  return { functions, registered };
}

/** The functions of a registered name or a dotted path. */
function ofPath({ functions, registered }: Tasks, program: Program, name: string): readonly number[] {
  const known = registered.get(name);
  if (known) return few(known);
  const dot = name.lastIndexOf('.');
  if (dot < 0) return [];
  const path = `/${name.slice(0, dot).replaceAll('.', '/')}`;
  const isThere = ({ module }: FuncInfo): boolean =>
    `/${program.modules[module]?.path.replace(/(?:\/__init__)?\.py$/, '') ?? ''}`.endsWith(path);
  return few((functions.get(name.slice(dot + 1)) ?? []).filter(isThere).map(({ id }) => id));
}

/** Jobs of arq with this name. Each is `async`, and its first parameter is the context. */
function jobs({ functions }: Tasks, name: string): readonly number[] {
  const found = (functions.get(name) ?? []).filter(({ func }) => func.async && func.params.length > 0);
  return few(found.map(({ id }) => id));
}

function few(found: readonly number[]): readonly number[] {
  return found.length > maxTaskFunctions ? [] : found;
}
