import { autoloadedFunction } from '../app/autoload.ts';
import type { NodeApplication } from '../app/node-application.ts';
import type { FunctionNode, ModuleFile } from '../read/module-file.ts';
import type { CallNode, Value } from '../read/value.ts';
import { type CallSite, callSites } from './call-sites.ts';

/** A server that a value is, by the call that makes it. */
export interface FoundServer {
  readonly made: CallNode;
  /** It is a scope of its own: what a plugin of Fastify is given that is no `fastify-plugin`. */
  readonly isInner: boolean;
}

/** Methods that return the application itself, or what it is made on. */
const chained =
  /^(?:use|get|post|put|patch|delete|all|set|enable|disable|register|addHook|basePath|route|getHttpAdapter|getInstance|withTypeProvider|after)$/;

type Parameter = Extract<Value, { kind: 'parameter' }>;

const mostDepth = 12;

/**
 * Finds the servers that a value may be: itself, what a chain of calls returns, or what callers pass to a function.
 *
 * @param servers the calls that make one
 * @param onlyFastify the one server of Fastify, if there is just one
 */
export function serverFinder(
  application: NodeApplication,
  servers: ReadonlySet<CallNode>,
  onlyFastify: CallNode | undefined,
): (value: Value) => readonly FoundServer[] {
  const { evaluator } = application;
  const find = (value: Value, depth: number): readonly FoundServer[] => {
    if (depth > mostDepth) return [];
    if (value.kind === 'result') {
      if (servers.has(value.node)) return [{ made: value.node, isInner: false }];
      const { callee } = value;
      return callee.kind === 'member' && chained.test(callee.key) ? find(callee.of, depth + 1) : [];
    }
    return value.kind === 'parameter' ? ofParameter(value, depth) : [];
  };
  const known = new Map<FunctionNode, Map<string, readonly FoundServer[]>>();
  const ofParameter = (value: Parameter, depth: number): readonly FoundServer[] => {
    const own = known.get(value.of) ?? new Map<string, readonly FoundServer[]>();
    known.set(value.of, own);
    const key = [value.index, ...value.path].join('.');
    const kept = own.get(key);
    if (kept) return kept;
    own.set(key, []);
    const found = passedTo(value, depth);
    own.set(key, found);
    return found;
  };
  const passedTo = (value: Parameter, depth: number): readonly FoundServer[] => {
    const isFirst = value.index === 0 && value.path.length === 0;
    if (isFirst && onlyFastify && autoloadedFunction(value.file, application) === value.of) {
      return [{ made: onlyFastify, isInner: true }];
    }
    const found = new Map<CallNode, FoundServer>();
    for (const owner of value.initial ? find(value.initial, depth + 1) : []) found.set(owner.made, owner);
    for (const site of (callSites(application).get(value.of) ?? []).slice(0, 30)) {
      for (const owner of ofSite(site, value, isFirst, depth)) found.set(owner.made, owner);
    }
    return [...found.values()];
  };
  const ofSite = (
    site: CallSite,
    value: Parameter,
    isFirst: boolean,
    depth: number,
  ): readonly FoundServer[] => {
    const { file, node, passed } = site;
    if (passed !== undefined) return isFirst ? registeredOn(file, node, depth) : [];
    const argument = node.arguments[value.index];
    if (!argument || argument.type === 'SpreadElement') return [];
    const whole = evaluator.evaluate(file, argument);
    return find(
      value.path.reduce((at, key) => evaluator.member(at, key), whole),
      depth + 1,
    );
  };
  /** `app.register(plugin)` and `fp(plugin)` */
  const registeredOn = (file: ModuleFile, node: CallNode, depth: number): readonly FoundServer[] => {
    const callee = evaluator.evaluate(file, node.callee);
    if (callee.kind === 'package' && callee.name === 'fastify-plugin') {
      return onlyFastify ? [{ made: onlyFastify, isInner: false }] : [];
    }
    const { callee: target } = node;
    if (target.type !== 'MemberExpression' || target.property.type !== 'Identifier') return [];
    if (target.property.name !== 'register') return [];
    return find(evaluator.evaluate(file, target.object), depth + 1).map((one) => ({ ...one, isInner: true }));
  };
  return (value) => find(value, 0);
}
