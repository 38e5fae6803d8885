import type { Node } from 'oxc-parser';
import { autoloadedFunction } from '../app/autoload.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { type Runs, runs } from '../read/condition.ts';
import { functionAround, isFunction, type ModuleFile } from '../read/module-file.ts';
import { callSites } from './call-sites.ts';

/** Whether code runs when production starts, and where in the order of the start. */
export interface Reach {
  readonly state: Runs;
  /** The calls that lead to it, from the outermost on, and itself. */
  readonly trail: readonly Step[];
}

export interface Step {
  readonly file: ModuleFile;
  readonly at: number;
}

const mostDepth = 12;

/**
 * Code at the top of a module runs; code in a function does if one of its callers does.
 *
 * @param made the function that makes the server which is spoken of: whenever there is one, that function runs
 */
export function reachOf(
  application: NodeApplication,
  file: ModuleFile,
  node: Node,
  made?: Node,
  depth = 0,
): Reach {
  const own = runs(file, node, application.evaluator);
  const step: Step = { file, at: node.start };
  const around = functionAround(file, node);
  if (own === 'never' || !isFunction(around)) return { state: own, trail: [step] };
  const outer = functionReach(application, file, around, made, depth);
  const state = outer.state === 'always' ? own : outer.state;
  return { state, trail: [...outer.trail, step] };
}

function functionReach(
  application: NodeApplication,
  file: ModuleFile,
  around: Node,
  made: Node | undefined,
  depth: number,
): Reach {
  if (around === made) return { state: 'always', trail: [] };
  const known = keptReaches(application, made);
  const kept = known.get(around);
  if (kept) return kept;
  known.set(around, { state: { why: 'a function that calls itself' }, trail: [] });
  const reach = calledReach(application, file, around, made, depth);
  known.set(around, reach);
  return reach;
}

const reaches = new WeakMap<NodeApplication, Map<Node | undefined, Map<Node, Reach>>>();

function keptReaches(application: NodeApplication, made: Node | undefined): Map<Node, Reach> {
  const all = reaches.get(application) ?? new Map<Node | undefined, Map<Node, Reach>>();
  reaches.set(application, all);
  const own = all.get(made) ?? new Map<Node, Reach>();
  all.set(made, own);
  return own;
}

function calledReach(
  application: NodeApplication,
  file: ModuleFile,
  around: Node,
  made: Node | undefined,
  depth: number,
): Reach {
  if (depth > mostDepth) return { state: { why: 'calls that are nested too deeply' }, trail: [] };
  if (autoloadedFunction(file, application) === around || isCalledByFramework(file, around))
    return { state: 'always', trail: [] };
  const sites = callSites(application).get(around) ?? [];
  let best: Reach | undefined;
  for (const site of sites.slice(0, 50)) {
    const reach: Reach =
      site.passed !== undefined && isLater(site.node)
        ? { state: { why: 'a request or an event' }, trail: [{ file: site.file, at: site.node.start }] }
        : reachOf(application, site.file, site.node, made, depth + 1);
    if (best === undefined || rank(reach.state) > rank(best.state)) best = reach;
  }
  return best ?? { state: { why: 'a function that no code calls' }, trail: [] };
}

function rank(state: Runs): number {
  if (state === 'always') return 2;
  return state === 'never' ? 0 : 1;
}

/** Callbacks that run at requests and events, not at the start. */
const later =
  /^(?:use|get|post|put|patch|delete|del|all|head|options|route|param|on|once|addHook|onError|notFound|setErrorHandler|setNotFoundHandler|setInterval|setTimeout|map|filter|createServer)$/;

function isLater(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  const name =
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
      ? callee.property.name
      : callee.type === 'Identifier'
        ? callee.name
        : '';
  return later.test(name);
}

/** `configure` of a module of Nest, and plugins of Fastify, which are loaded by their folder. */
function isCalledByFramework(file: ModuleFile, around: Node): boolean {
  const parent = file.parents.get(around);
  if (parent?.type === 'MethodDefinition') {
    return (
      parent.key.type === 'Identifier' && parent.key.name === 'configure' && /NestModule/.test(file.text)
    );
  }
  return (
    parent?.type === 'CallExpression' &&
    parent.callee.type === 'Identifier' &&
    /^(?:fp|fastifyPlugin|plugin)$/.test(parent.callee.name) &&
    file.text.includes('fastify-plugin')
  );
}

/** Whether one of two comes first; undefined if that is not known. */
export function comesBefore(a: Reach, b: Reach): boolean | undefined {
  for (const [index, step] of a.trail.entries()) {
    const other = b.trail[index];
    if (other === undefined || other.file !== step.file) return undefined;
    if (other.at !== step.at) return step.at < other.at;
  }
  return undefined;
}
