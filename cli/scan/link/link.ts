import type { Api, State } from '../model/api.ts';
import type { ResolveImport } from '../project/resolve-import.ts';
import { callableOf } from './callable-instances.ts';
import { callees } from './callees.ts';
import { constrainFunction } from './constrain.ts';
import { linkContainerProviders } from './container-providers.ts';
import { linkDependencies } from './dependencies.ts';
import { linkDocumentModels } from './document-models.ts';
import { linkEvents } from './events.ts';
import { linkFileConventions, linkServerFunctions } from './file-conventions.ts';
import { linkGenericFunctions } from './generic-functions.ts';
import { guessTypes } from './guess.ts';
import { cellOfImport } from './imported-cell.ts';
import { linkJobQueues } from './job-queues.ts';
import type { Linked, Target } from './linked.ts';
import { Linker } from './linker.ts';
import { lookUp, symbolName } from './members.ts';
import { linkNamedTasks } from './named-tasks.ts';
import { knownSymbol, type Program } from './program.ts';
import { linkRegistries } from './registry-calls.ts';
import { viewsWithTemplates } from './template-returns.ts';
import { wrappedHandlers } from './wrapped-handlers.ts';

/**
 * Finds out what each value of a program can be (functions, classes and instances of its own, states of
 * library models), and so what each call runs: aliases, re-exports, closures, callbacks, classes and their
 * bases, decorators, injected and declared types, values under constant keys.
 *
 * It takes no account of the order in which code runs, nor of who calls a function.
 */
export function link(
  program: Program,
  api: (language: 'javascript' | 'python') => Api,
  resolve: ResolveImport,
): Linked {
  const linker = new Linker(program, api, resolve);
  const budget = 20 * program.values + 500_000;
  for (const info of program.functions) constrainFunction(linker, info);
  linkFileConventions(linker);
  linkServerFunctions(linker);
  linkDependencies(linker);
  linkNamedTasks(linker);
  linkRegistries(linker);
  linkGenericFunctions(linker);
  linkContainerProviders(linker);
  linkDocumentModels(linker);
  viewsWithTemplates(linker);
  let complete = linker.graph.run(budget);
  linker.doLater();
  complete = linker.graph.run(budget) && complete;
  for (const { callee, from, to } of linker.decorated) {
    if (linker.graph.tokens(callee).length === 0) linker.graph.edge(from, to);
  }
  complete = linker.graph.run(budget) && complete;
  linkJobQueues(linker);
  linkEvents(linker);
  complete = linker.graph.run(budget) && complete;
  // What is not known by its making may be by its name: first methods of the project, then types of libraries.
  callees(linker);
  guessTypes(linker);
  complete = linker.graph.run(2 * budget) && complete;
  const wrapped = wrappedHandlers(linker);
  linker.settle();

  const { graph, tokens } = linker;
  const node = (func: number, value: number): number => linker.func(func).firstValue + value;
  const ofKind = (at: number, kind: string): number[] => {
    const found: number[] = [];
    for (const number of graph.tokens(at)) {
      const token = tokens.get(number);
      if (token.kind === kind) found.push(token.ref);
    }
    return found;
  };
  const known = new Array<readonly State[] | undefined>(program.values).fill(undefined);
  const instances = new Array<readonly number[] | undefined>(program.values).fill(undefined);
  // An array: each look at each member and call asks.
  const targets = new Array<readonly Target[] | undefined>(program.values).fill(undefined);
  for (const [at, all] of linker.targets) if (at < program.values) targets[at] = all;
  const statesOf = (func: number): Api['states'] => linker.apiOf(linker.func(func).module).states;
  return {
    program,
    complete,
    targets: (func, value) => targets[node(func, value)] ?? noTargets,
    states: (func, value) => {
      const at = node(func, value);
      if (graph.tokens(at).length === 0) return noStates;
      const before = known[at];
      if (before) return before;
      const states = statesOf(func);
      const found = ofKind(at, 'state').flatMap((id) => states[id] ?? []);
      known[at] = found.length === 0 ? noStates : found;
      return known[at] as readonly State[];
    },
    handedTo: (func) => (linker.handed.get(func) ?? []).flatMap((id) => statesOf(func)[id] ?? []),
    boundBefore: (func) => (linker.handedWhole.has(func) ? 0 : (linker.boundBefore.get(func) ?? 0)),
    boundIn: (func, value, target) =>
      ofKind(node(func, value), 'func').includes(target) ? 0 : (linker.boundBefore.get(target) ?? 0),
    answersTo: (func) =>
      [...new Set([...(linker.handed.get(func) ?? []), ...(wrapped.handed.get(func) ?? [])])].flatMap(
        (id) => statesOf(func)[id] ?? [],
      ),
    isPassedOn: (func, value) => wrapped.passed.has(node(func, value)),
    returnedTo: (func) => linker.returnedTo.get(func) ?? noFunctions,
    functions: (func, value) => {
      const at = node(func, value);
      if (graph.tokens(at).length === 0) return noFunctions;
      const called = ofKind(at, 'instance').flatMap((owner) => callableOf(linker, owner));
      return [...ofKind(at, 'func'), ...ofKind(at, 'unbound'), ...ofKind(at, 'bound'), ...called];
    },
    instances: (func, value) => {
      const at = node(func, value);
      if (graph.tokens(at).length === 0) return noFunctions;
      instances[at] ??= ofKind(at, 'instance');
      return instances[at] ?? noFunctions;
    },
    classes: (func, value) => ofKind(node(func, value), 'class'),
    symbol: (func, value) => {
      const known = knownSymbol(linker.func(func).func, value);
      if (known !== undefined) return known;
      const [token, more] = graph
        .tokens(node(func, value))
        .filter((one) => tokens.get(one).kind === 'symbol');
      return token === undefined || more !== undefined ? undefined : symbolName(token);
    },
    isGuess: (func, value) => linker.guessed.has(node(func, value)),
    classOfImport: (module, specifier, path) => {
      const to = graph.node();
      linker.typeInto(module, { import: specifier, path }, to);
      graph.run(Number.POSITIVE_INFINITY);
      return ofKind(to, 'instance')[0];
    },
    registered: (func, value) => linker.registered.of(node(func, value)),
    inherited: (owner) => {
      const { states } = linker.apiOf(program.classes[owner]?.module ?? 0);
      return (linker.inherited.get(owner) ?? []).flatMap((id) => states[id] ?? []);
    },
    ancestors: (owner) => linker.ancestors.get(owner) ?? noFunctions,
    basesOf: (owner) => linker.bases.get(owner) ?? [],
    moduleOf: (module, specifier) => resolve(module, specifier).module,
    cellOfImport: (module, specifier, name) => cellOfImport(linker, module, specifier, name),
    classOf: (func) => {
      const info = linker.func(func);
      return info.func.class < 0 ? -1 : (program.firstClass[info.module] as number) + info.func.class;
    },
    methodOf: (classId, name) => {
      const to = graph.node();
      lookUp(linker, program.classes[classId]?.module ?? 0, tokens.of('instance', classId), name, to);
      graph.run(Number.POSITIVE_INFINITY);
      return ofKind(to, 'func')[0];
    },
  };
}

const noTargets: readonly Target[] = [];
const noStates: readonly never[] = [];
const noFunctions: readonly number[] = [];
