import { maxHandlerNesting, maxParameterSteps } from '../../budgets/callgraph.ts';
import type { Call, Func, Inst } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { guessHandlers } from './guess-handlers.ts';
import { nameOf, ownModule } from './guessed-name.ts';
import { MethodGuesses } from './method-guesses.ts';

/**
 * Guesses the type of an unknown value from its name, if the models list that name: `cursor` in `cursor.execute(...)`. Only
 * values whose members are used get a type. The models also list other forms:
 *     (request)                  // the first parameter after `self`: finds handlers that are registered elsewhere
 *     @errorhandler(Exception)   // a function with this decorator, passed to this call, or stored in this dictionary
 *     .findByPk                  // a value on which this method is called
 *     get_response()             // the result of a function of this name
 */
export function guessTypes(linker: Linker): void {
  const isUsed = usedFrameworks(linker);
  const methods = new MethodGuesses(linker);
  for (const info of linker.program.functions) {
    const { guesses, states: all } = linker.apiOf(info.module);
    if (guesses.size === 0) continue;
    const { code } = info.func;
    for (let value = 0; value < code.length; value++) {
      const inst = code[value] as Inst;
      if (inst.op === 'call') {
        guessHandlers(linker, info, inst);
        guessReturned(linker, info, inst, value);
      }
      if (inst.op !== 'member' && inst.op !== 'index' && inst.op !== 'store') continue;
      const node = info.firstValue + inst.object;
      if (!isUnknown(linker, node)) continue;
      const handled = inst.op === 'store' ? none : handledTypes(linker, info, inst.object);
      // A value that is read by index is usually a list. It gets a type only as a handler's parameter: `event['body']`.
      const named = inst.op === 'member' ? namedTypes(linker, info, inst.object) : none;
      // `box.innerHTML = text` says as much about the type of `box` as reading that member.
      const called = inst.op === 'index' ? none : methods.of(info, inst);
      if (named.length + handled.length + called.length === 0) continue;
      const states = [...named.filter((id) => isUsed(all[id]?.name ?? '', info)), ...handled, ...called];
      if (states.length === 0) continue;
      linker.addStates(states, node);
      linker.guessed.add(node);
    }
  }
}

/** Guesses the type of a call's result from the name of the called function. */
function guessReturned(linker: Linker, info: FuncInfo, { callee }: Call, value: number): void {
  const name = nameOf(linker, info.module, info.func, callee, 0);
  const states = name === undefined ? undefined : linker.apiOf(info.module).guesses.get(`${name}()`);
  const node = info.firstValue + value;
  if (!states || !isUnknown(linker, node)) return;
  linker.addStates(states, node);
  linker.guessed.add(node);
}

/**
 * Whether nothing is known about a value. A missing module of the project (`import db from './db.js'`) counts as unknown, and so
 * does a `TypedDict`, which is just some dictionary.
 */
function isUnknown({ bases, graph, tokens }: Linker, node: number): boolean {
  for (const token of graph.tokens(node)) {
    const { kind, ref } = tokens.get(token);
    const isSome = kind === 'instance' && bases.get(ref)?.includes('TypedDict') === true;
    if (!isSome && !(kind === 'package' && ownModule.test(tokens.packageName(ref)))) return false;
  }
  return true;
}

/** The types that the names of a value suggest, each once. */
function namedTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  const { guesses } = linker.apiOf(info.module);
  const name = nameOf(linker, info.module, info.func, value, 0);
  const locals = localNames(info.func, value);
  if (locals.length === 0) return (name === undefined ? undefined : guesses.get(name)) ?? none;
  const names = name === undefined ? locals : [name, ...locals];
  return [...new Set(names.flatMap((one) => guesses.get(one) ?? []))];
}

/** The types that the name of a first parameter suggests. */
function handledTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  if (!isFirst(info.func, value, 0)) return none;
  const name = nameOf(linker, info.module, info.func, value, 0);
  return linker.apiOf(info.module).guesses.get(`(${name})`) ?? none;
}

const none: readonly number[] = [];

/** Frameworks whose parameters have names that other code uses as well, and the packages that bring them. */
const frameworks: ReadonlyMap<string, readonly string[]> = new Map([
  ['express', ['express']],
  ['fastify', ['fastify']],
  ['koa', ['koa']],
  ['socketio', ['socketio']],
  ['ws', ['ws']],
  ['trpc', ['trpc']],
  ['lambda', ['awslambda', 'awssdk', 'middy']],
  ['web', ['next', 'hono', 'remix', 'sveltejs', 'astro', 'elysia', 'nuxt', 'vercel', 'cloudflare', 'itty']],
]);

/** The same for bot frameworks, which are not servers. */
const bots: ReadonlyMap<string, readonly string[]> = new Map([
  ['discord', ['discord']],
  ['telegraf', ['telegraf', 'grammy']],
]);

/**
 * Returns a test whether a type's framework is in use: the program imports it, or imports nothing at all. In a program without
 * a server, a function with the parameters `(req, res)` counts as an Express handler that is registered elsewhere.
 */
function usedFrameworks(linker: Linker): (state: string, info: FuncInfo) => boolean {
  const used = new Set<string>();
  linker.program.instructions.each('import', ({ specifier }) => {
    used.add(specifier);
  });
  const imports = [...used].map((name) => name.replace(/^@types\//, '').replace(/[^a-z]/g, ''));
  const isImported = (packages: readonly string[]): boolean =>
    imports.some((name) => packages.some((one) => name.startsWith(one)));
  const hasServer = isImported([...frameworks.values(), servers].flat());
  const missing = new Set(
    [...frameworks, ...bots].flatMap(([owner, all]) => (isImported(all) ? [] : [owner])),
  );
  return (state, info) => {
    const [owner = ''] = state.split('.');
    if (imports.length === 0 || !missing.has(owner)) return true;
    if (hasServer) return false;
    return owner === 'express' ? isInHandler(linker, info) : owner === 'koa' && isOfKoa(info.func);
  };
}

/** Servers whose handlers are not Express handlers. */
const servers: readonly string[] = [
  'http',
  'nodehttp',
  'hapi',
  'restify',
  'polka',
  'connect',
  'feathers',
  'loopback',
  'nestjs',
];

/** Whether a function is a Koa handler: its `ctx` gets a `body` or a `status`. The `ctx` of a canvas has neither. */
function isOfKoa({ params, code }: Func): boolean {
  return (
    /^(ctx|context)$/.test(params[0]?.name ?? '') &&
    code.some((inst) => inst.op === 'store' && (inst.name === 'body' || inst.name === 'status'))
  );
}

/** The first two parameters; Azure's functions are called with `(context, req)`. */
const handlers = /^(req(uest)?,res(ponse)?|context,req)$/;

/** Whether a function is a handler, `(req, res)` or `(req, res, next)`, or is nested in one. */
function isInHandler({ program }: Linker, info: FuncInfo): boolean {
  const first = program.firstFunc[info.module] ?? 0;
  let func: Func | undefined = info.func;
  for (let depth = 0; func && depth < maxHandlerNesting; depth++) {
    if (
      handlers.test(
        func.params
          .slice(0, 2)
          .map(({ name }) => name)
          .join(),
      )
    )
      return true;
    func = func.outer < 0 ? undefined : program.functions[first + func.outer]?.func;
  }
  return false;
}

/** Whether a value is the first parameter, or the variable that holds it. */
function isFirst(func: Func, value: number, depth: number): boolean {
  const inst = func.code[value];
  if (!inst || depth > maxParameterSteps) return false;
  switch (inst.op) {
    case 'param':
      return inst.index === (/^(?:self|cls)$/.test(func.params[0]?.name ?? '') ? 1 : 0);
    case 'cell-store':
    case 'effect':
    case 'await':
    case 'typed':
      return isFirst(func, inst.value, depth + 1);
    case 'store':
    case 'store-index':
      return isFirst(func, inst.object, depth + 1);
    case 'phi':
      return inst.inputs[0] !== undefined && isFirst(func, inst.inputs[0], depth + 1);
    case 'cell-load':
      return firstCells(func).has(inst.cell);
    default:
      return false;
  }
}

const cellsOfFirst = new WeakMap<Func, Set<number>>();

/** Shared variables that the first parameter is put into. */
function firstCells(func: Func): ReadonlySet<number> {
  const known = cellsOfFirst.get(func);
  if (known) return known;
  const found = new Set<number>();
  cellsOfFirst.set(func, found);
  for (const inst of func.code)
    if (inst.op === 'cell-store' && isFirst(func, inst.value, 0)) found.add(inst.cell);
  return found;
}
