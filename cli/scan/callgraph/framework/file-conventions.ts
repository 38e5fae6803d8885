import { maxConventionPath, maxDirectiveInstructions } from '../../budgets/callgraph.ts';
import type { Func, Inst, Module } from '../../ir/ir.ts';
import { languageOf } from '../../languages/registry.ts';
import { flowInto, handTo } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { languageAt } from '../program.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const script = '\\.[cm]?[jt]sx?$';

/** What a framework calls by the name of its file: which files, which of their exports, and as what of the models. */
export const fileConventions: readonly (readonly [
  files: RegExp,
  exports: readonly string[] | RegExp,
  type: string,
  /** Names of members or entries of which the module must have one, where the path alone does not tell. */
  mentions?: RegExp,
])[] = [
  [new RegExp(`(?:^|/)app/(?:.*/)?(?:page|layout)${script}`), ['default', 'generateMetadata'], 'next.Page'],
  [new RegExp(`(?:^|/)app/(?:.*/)?route${script}`), methods, 'next.RouteHandler'],
  [new RegExp(`(?:^|/)pages/api/.*${script}`), ['default'], 'next.ApiHandler'],
  [new RegExp(`(?:^|/)pages/.*${script}`), ['getServerSideProps'], 'next.PropsGetter'],
  [new RegExp(`(?:^|/)(?:src/)?middleware${script}`), ['default', 'middleware'], 'next.RouteHandler'],
  [new RegExp(`(?:^|/)\\+server${script}`), [...methods, 'fallback'], 'svelte.Handler'],
  [new RegExp(`(?:^|/)\\+(?:page|layout)\\.server${script}`), ['load'], 'svelte.Handler'],
  [new RegExp(`(?:^|/)\\+page\\.server${script}`), ['actions'], 'svelte.Actions'],
  [new RegExp(`(?:^|/)app/(?:root|routes/.*)${script}`), ['loader', 'action'], 'remix.Handler'],
  [new RegExp(`(?:^|/)src/pages/.*${script}`), [...methods, 'ALL'], 'astro.Endpoint'],
  // Resolvers of a schema of GraphQL, which are put together from many files, or read by a tool from all of a folder.
  [
    new RegExp(script),
    /^(?:default|=|(?:\w*R|r)esolvers?)$/,
    'graphql.Resolvers',
    /^(?:Query|Mutation|Subscription)$/,
  ],
  // `export default { fetch(request, env) {} }`: Cloudflare's Workers, Deno, Bun.
  [new RegExp(script), ['default'], 'worker.Module', /^fetch$/],
  [
    new RegExp(script),
    ['handler', 'lambdaHandler', 'main'],
    'lambda.Handler',
    /^(?:statusCode|queryStringParameters|pathParameters|isBase64Encoded)$/,
  ],
];

/** The models' type of a function that clients call. */
export const serverFunction = 'next.ServerFunction';

/**
 * Passes server functions to the framework that lets clients call them: functions with `'use server'`, and all exports of a
 * module with it.
 */
export function linkServerFunctions(linker: Linker): void {
  const { program } = linker;
  for (const { id, module, func } of program.functions) {
    if (!languageAt(program, module).pathsAreConventions || !isServers(func)) continue;
    for (const state of linker.apiOf(module).packages.get(serverFunction) ?? []) {
      if (id !== program.firstFunc[module]) handTo(linker, id, state);
      else {
        for (const one of program.modules[module]?.exports ?? [])
          if (!('all' in one)) flowInto(linker, module, linker.export(module, one.name), state, 0);
      }
    }
  }
}

function isServers({ code }: Func): boolean {
  for (let i = 0; i < maxDirectiveInstructions && i < code.length; i++) {
    const inst = code[i] as Inst;
    if (inst.op === 'const' && inst.value === 'use server') return true;
  }
  return false;
}

/** Hands the exports of a module to the framework that finds them by the module's path. */
export function linkFileConventions(linker: Linker): void {
  linker.program.modules.forEach((module, index) => {
    if (!languageOf(module).pathsAreConventions || module.path.length > maxConventionPath) return;
    const { packages } = linker.apiOf(index);
    let named: Named | undefined;
    for (const [files, exports, type, mentions] of fileConventions) {
      if (!files.test(module.path)) continue;
      const names = namesOf(module, exports);
      if (names.length === 0) continue;
      if (mentions) {
        named ??= namesIn(module);
        if (!isMentioned(named, mentions, type)) continue;
      }
      for (const name of names) {
        for (const state of packages.get(type) ?? [])
          flowInto(linker, index, linker.export(index, name), state, 0);
      }
    }
  });
}

/** The names that a module may export: one that hands on all of another, or is one value, may have any. */
function namesOf({ exports }: Module, names: readonly string[] | RegExp): readonly string[] {
  if (names instanceof RegExp)
    return exports.flatMap((one) => ('all' in one || !names.test(one.name) ? [] : [one.name]));
  if (exports.some((one) => 'all' in one || one.name === '=')) return names;
  return names.filter((name) => exports.some((one) => !('all' in one) && one.name === name));
}

/** Of resolvers the names are set, and not only read: `new commands.Query()` is no schema. */
function isMentioned({ read, set }: Named, names: RegExp, type: string): boolean {
  for (const name of type === 'graphql.Resolvers' ? set : read) if (names.test(name)) return true;
  return false;
}

/** The names of members of a module that are read, and those that are set; both have the keys of objects. */
interface Named {
  readonly read: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

function namesIn({ functions }: Module): Named {
  const read = new Set<string>();
  const set = new Set<string>();
  for (const { code } of functions) {
    for (const inst of code) {
      if (inst.op === 'member') read.add(inst.name);
      else if (inst.op === 'store') {
        set.add(inst.name);
        // `resolvers.Query.user = ...`
        const object = code[inst.object];
        if (object?.op === 'member') set.add(object.name);
      } else if (inst.op === 'object') {
        for (const key of inst.keys) {
          if (typeof key !== 'string') continue;
          read.add(key);
          set.add(key);
        }
      }
    }
  }
  return { read, set };
}
