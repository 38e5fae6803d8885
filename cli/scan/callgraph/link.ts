import { maxLinkStepsPerValue, minLinkSteps } from '../budgets/callgraph.ts';
import type { ResolveImport } from '../languages/import-context.ts';
import type { HostId } from '../languages/language-id.ts';
import type { Api, State } from '../models/api.ts';
import { callees } from './callees.ts';
import { constrainFunction } from './constrain.ts';
import { directTargets } from './dispatch/direct-targets.ts';
import { linkGenericFunctions } from './dispatch/generic-functions.ts';
import { guessTypes } from './dispatch/guess.ts';
import { linkContainerProviders } from './framework/container-providers.ts';
import { linkDependencies } from './framework/dependencies.ts';
import { linkDocumentModels } from './framework/document-models.ts';
import { linkEvents } from './framework/events.ts';
import { linkFileConventions, linkServerFunctions } from './framework/file-conventions.ts';
import { linkJobQueues } from './framework/job-queues.ts';
import { linkNamedTasks } from './framework/named-tasks.ts';
import { linkRegistries } from './framework/registry-calls.ts';
import { wrappedHandlers } from './framework/wrapped-handlers.ts';
import { importedCells } from './imported-cell.ts';
import type { Linked, Target } from './linked.ts';
import { Linker } from './linker.ts';
import { lookUp } from './members.ts';
import { PointsToSets } from './points-to.ts';
import { knownSymbol, type Program } from './program.ts';
import { viewsWithTemplates } from './template/template-returns.ts';
import type { TokenKind } from './tokens.ts';

/**
 * Builds the call graph with a points-to analysis. It finds what each value can be: functions, classes and instances of the
 * project, and states of library models. It covers aliases, re-exports, closures, callbacks, classes and their bases, decorators,
 * injected and declared types, and values under constant keys. The analysis is flow-insensitive and context-insensitive.
 */
export function link(program: Program, api: (language: HostId) => Api, resolve: ResolveImport): Linked {
  const linker = new Linker(program, api, resolve);
  const budget = maxLinkStepsPerValue * program.values + minLinkSteps;
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
  // Guesses unknown receivers by name: first as methods of the project, then as types of libraries.
  callees(linker);
  guessTypes(linker);
  complete = linker.graph.run(2 * budget) && complete;
  const wrapped = wrappedHandlers(linker);
  linker.settle();

  const { graph, tokens } = linker;
  const held = new PointsToSets(linker);
  const { found } = held;
  const firstValue = Int32Array.from(program.functions, (info) => info.firstValue);
  // Arrays, as each evaluation of an instruction reads them.
  const targets = new Array<readonly Target[]>(program.values).fill(noTargets);
  for (const [at, all] of linker.targets) if (at < program.values) targets[at] = all;
  for (const [call, direct] of directTargets(linker)) targets[call] = direct;
  const statesIn = (module: number, ids: Iterable<number>): readonly State[] => {
    const { states } = linker.apiOf(module);
    return [...ids].flatMap((id) => states[id] ?? []);
  };
  const handed: (readonly State[])[] = program.functions.map(({ id, module }) => {
    const ids = linker.handed.get(id);
    return ids ? statesIn(module, ids) : noStates;
  });
  const inherited: (readonly State[])[] = program.classes.map(({ id, module }) => {
    const ids = linker.inherited.get(id);
    return ids ? statesIn(module, ids) : noStates;
  });
  /** The first token of one kind that flows to a newly made node. */
  const firstOf = (to: number, kind: TokenKind): number | undefined => {
    graph.run(Number.POSITIVE_INFINITY);
    const token = graph.tokens(to).find((one) => tokens.get(one).kind === kind);
    return token === undefined ? undefined : tokens.get(token).ref;
  };
  return {
    program,
    complete,
    targets: (func, value) => targets[(firstValue[func] as number) + value] ?? noTargets,
    states: (func, value) => (found[(firstValue[func] as number) + value] ?? held.find(func, value)).states,
    functions: (func, value) =>
      (found[(firstValue[func] as number) + value] ?? held.find(func, value)).functions,
    instances: (func, value) =>
      (found[(firstValue[func] as number) + value] ?? held.find(func, value)).instances,
    classes: (func, value) => (found[(firstValue[func] as number) + value] ?? held.find(func, value)).classes,
    symbol: (func, value) => knownSymbol(linker.func(func).func, value) ?? held.find(func, value).symbol,
    isGuess: (func, value) => linker.guessed.has((firstValue[func] as number) + value),
    handedTo: (func) => handed[func] ?? noStates,
    boundBefore: (func) => (linker.handedWhole.has(func) ? 0 : (linker.boundBefore.get(func) ?? 0)),
    boundIn: (func, value, target) =>
      held.find(func, value).own.includes(target) ? 0 : (linker.boundBefore.get(target) ?? 0),
    answersTo: (func) => {
      const more = wrapped.handed.get(func);
      return more
        ? statesIn(linker.func(func).module, new Set([...(linker.handed.get(func) ?? []), ...more]))
        : (handed[func] ?? noStates);
    },
    isPassedOn: (func, value) => wrapped.passed.has((firstValue[func] as number) + value),
    returnedTo: (func) => linker.returnedTo.get(func) ?? noFunctions,
    registered: (func, value) => linker.registered.of((firstValue[func] as number) + value),
    inherited: (owner) => inherited[owner] ?? noStates,
    ancestors: (owner) => linker.ancestors.get(owner) ?? noFunctions,
    basesOf: (owner) => linker.bases.get(owner) ?? noFunctions,
    moduleOf: (module, specifier) => resolve(module, specifier).module,
    cellOfImport: importedCells(linker),
    classOf: (func) => {
      const info = linker.func(func);
      return info.func.class < 0 ? -1 : (program.firstClass[info.module] as number) + info.func.class;
    },
    classOfImport: (module, specifier, path) => {
      const to = graph.node();
      linker.typeInto(module, { import: specifier, path }, to);
      return firstOf(to, 'instance');
    },
    methodOf: (classId, name) => {
      const to = graph.node();
      lookUp(linker, program.classes[classId]?.module ?? 0, tokens.of('instance', classId), name, to);
      return firstOf(to, 'func');
    },
  };
}

const noTargets: readonly Target[] = [];
const noStates: readonly never[] = [];
const noFunctions: readonly number[] = [];
