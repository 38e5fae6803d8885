import { autoloadedFunction } from '../app/autoload.ts';
import type { NodeApplication } from '../app/node-application.ts';
import type { ModuleFile } from '../read/module-file.ts';
import type { CallNode, Value } from '../read/value.ts';
import { callSites } from './call-sites.ts';

/** A server that a value is, by the call that makes it. */
export interface FoundServer {
  readonly made: CallNode;
  /** It is a scope of its own: what a plugin of Fastify is given that is no `fastify-plugin`. */
  readonly isInner: boolean;
}

/** Methods that return the application itself, or what it is made on. */
const chained =
  /^(?:use|get|post|put|patch|delete|all|set|enable|disable|register|addHook|basePath|route|getHttpAdapter|getInstance|withTypeProvider|after)$/;

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
  const ofParameter = (
    value: Extract<Value, { kind: 'parameter' }>,
    depth: number,
  ): readonly FoundServer[] => {
    const isFirst = value.index === 0 && value.path.length === 0;
    if (isFirst && onlyFastify && autoloadedFunction(value.file, application) === value.of) {
      return [{ made: onlyFastify, isInner: true }];
    }
    const found = new Map<CallNode, FoundServer>();
    for (const { file, node, passed } of (callSites(application).get(value.of) ?? []).slice(0, 30)) {
      const argument = node.arguments[value.index];
      const owners =
        passed !== undefined
          ? isFirst
            ? registeredOn(file, node, depth)
            : []
          : argument && argument.type !== 'SpreadElement'
            ? find(
                value.path.reduce((at, key) => evaluator.member(at, key), evaluator.evaluate(file, argument)),
                depth + 1,
              )
            : [];
      for (const owner of owners) found.set(owner.made, owner);
    }
    return [...found.values()];
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
