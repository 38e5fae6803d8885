import type { Func, Inst } from '../ir/ir.ts';
import { localNames } from '../ir/local-names.ts';
import { handTo } from './calls.ts';
import type { Linker } from './linker.ts';
import { MethodGuesses } from './method-guesses.ts';
import type { FuncInfo } from './program.ts';

/**
 * Gives values of which nothing is known the type that their name suggests (`cursor.execute(...)`), as
 * far as the models list such names. Only receivers of members are looked at. A name in parentheses,
 * `(request)`, is that of a function's first parameter, behind `self`: handlers are found by it that no
 * code here registers. `@errorhandler(Exception)` is what a function is decorated with, and `.findByPk` a method that is
 * called on it.
 */
export function guessTypes(linker: Linker): void {
  const isUsed = usedFrameworks(linker);
  const methods = new MethodGuesses(linker);
  for (const info of linker.program.functions) {
    const { guesses, states: all } = linker.apiOf(info.module);
    if (guesses.size === 0) continue;
    for (const inst of info.func.code) {
      if (inst.op === 'call' && inst.isDecorator) guessHandler(linker, info, inst);
      if (inst.op !== 'member' && inst.op !== 'index') continue;
      const node = info.firstValue + inst.object;
      if (!isUnknown(linker, node)) continue;
      const handled = handledTypes(linker, info, inst.object);
      // What has entries is a list mostly: it counts as a handler's parameter alone, `event['body']`.
      const named = inst.op === 'member' ? namedTypes(linker, info, inst.object) : [];
      const called = inst.op === 'member' ? methods.of(info, inst) : [];
      const states = [...named.filter((id) => isUsed(all[id]?.name ?? '', info)), ...handled, ...called];
      if (states.length === 0) continue;
      linker.addStates(states, node);
      linker.guessed.add(node);
    }
  }
}

/** Nothing is known of a value, or that it is a module of the project's own that is not there: `import db from './db.js'`. */
function isUnknown({ graph, tokens }: Linker, node: number): boolean {
  return graph.tokens(node).every((token) => {
    const { kind, ref } = tokens.get(token);
    return kind === 'package' && ownModule.test(tokens.packageName(ref));
  });
}

const ownModule = /^(?:\.|[@~]\/|#|src\/)/;

/** The types that the names of a value suggest, each once. */
function namedTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  const { guesses } = linker.apiOf(info.module);
  const name = nameOf(linker, info.module, info.func, value, 0);
  const names = [...(name === undefined ? [] : [name]), ...localNames(info.func, value)];
  return [...new Set(names.flatMap((one) => guesses.get(one) ?? []))];
}

/** Those that the name of a first parameter suggests. */
function handledTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  if (!isFirst(info.func, value, 0)) return [];
  const name = nameOf(linker, info.module, info.func, value, 0);
  return linker.apiOf(info.module).guesses.get(`(${name})`) ?? [];
}

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

/**
 * Tells of the name of a state whether its framework is imported anywhere, or nothing is. Where no server is, what is handed a
 * request and an answer is a handler of Express, which is registered elsewhere.
 */
function usedFrameworks(linker: Linker): (state: string, info: FuncInfo) => boolean {
  const used = new Set<string>();
  linker.program.instructions.each('import', ({ specifier }) => {
    used.add(specifier.replace(/^@types\//, '').replace(/[^a-z]/g, ''));
  });
  const imports = [...used];
  const isImported = (packages: readonly string[]): boolean =>
    imports.some((name) => packages.some((one) => name.startsWith(one)));
  const hasServer = isImported([...frameworks.values(), servers].flat());
  return (state, info) => {
    const [owner = ''] = state.split('.');
    const packages = frameworks.get(owner);
    if (!packages || imports.length === 0 || isImported(packages)) return true;
    if (hasServer) return false;
    return owner === 'express' ? isInHandler(linker, info) : owner === 'koa' && isOfKoa(info.func);
  };
}

/** Servers of which the handlers are not those of Express. */
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

/** `async (ctx, next)`, which answers by setting a member: a canvas has neither. */
function isOfKoa({ params, code }: Func): boolean {
  return (
    /^(ctx|context)$/.test(params[0]?.name ?? '') &&
    code.some((inst) => inst.op === 'store' && (inst.name === 'body' || inst.name === 'status'))
  );
}

/** Functions around one that are looked at. */
const maxOuter = 8;

/** The first two parameters; Azure's functions are called with `(context, req)`. */
const handlers = /^(req(uest)?,res(ponse)?|context,req)$/;

/** `(req, res)`, `(req, res, next)`, and what is written in such a function. */
function isInHandler({ program }: Linker, info: FuncInfo): boolean {
  const first = program.firstFunc[info.module] ?? 0;
  let func: Func | undefined = info.func;
  for (let depth = 0; func && depth < maxOuter; depth++) {
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

/** Hands a function to the type that its decorator's name and first argument suggest. */
function guessHandler(linker: Linker, info: FuncInfo, inst: Inst & { op: 'call' }): void {
  const { code } = info.func;
  const given = code[inst.callee];
  const callee = given?.op === 'call' ? code[given.callee] : undefined;
  const [first] = given?.op === 'call' ? given.args : [];
  const [decorated] = inst.args;
  if (callee?.op !== 'member' || first === undefined || decorated === undefined) return;
  const name = nameOf(linker, info.module, info.func, first, 0);
  const states = linker.apiOf(info.module).guesses.get(`@${callee.name}(${name})`);
  if (!states) return;
  for (const token of linker.graph.tokens(info.firstValue + decorated)) {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'func') for (const state of states) handTo(linker, ref, state);
  }
}

/** Whether a value is the first parameter, or the variable that holds it. */
function isFirst(func: Func, value: number, depth: number): boolean {
  const inst = func.code[value];
  if (!inst || depth > 6) return false;
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

/** A module that exports one thing is mostly named after it: `import db from './lib/db.js'`. */
function fileName(specifier: string): string | undefined {
  return ownModule.test(specifier) ? /(\w+)(?:\.\w+)?$/.exec(specifier.slice(-60))?.[1] : undefined;
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

/** What a value is called: its variable, its member, or what the function that returns it is named after. */
function nameOf(
  linker: Linker,
  module: number,
  func: Func,
  value: number,
  depth: number,
): string | undefined {
  const inst: Inst | undefined = func.code[value];
  if (!inst || depth > 6) return undefined;
  switch (inst.op) {
    case 'param':
      return func.params[inst.index]?.name;
    case 'global':
    case 'member':
      return inst.name.replace(/^[#_]+/, '');
    case 'cell-load':
      return linker.program.modules[module]?.cells[inst.cell]?.name;
    case 'import':
      return inst.name === 'default' || inst.name === '*' ? fileName(inst.specifier) : inst.name;
    case 'cell-store':
    case 'effect':
    case 'await':
    case 'typed':
      return nameOf(linker, module, func, inst.value, depth + 1);
    case 'store':
    case 'store-index':
      return nameOf(linker, module, func, inst.object, depth + 1);
    case 'phi':
      return inst.inputs[0] === undefined
        ? undefined
        : nameOf(linker, module, func, inst.inputs[0], depth + 1);
    case 'call': {
      const name = nameOf(linker, module, func, inst.callee, depth + 1);
      const short = name
        ?.replace(/^(get|create|make|open|new|acquire|build)_?(?=[A-Za-z])/, '')
        .toLowerCase();
      return short === 'connect' ? 'connection' : short;
    }
    default:
      return undefined;
  }
}
