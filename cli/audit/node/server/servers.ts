import type { Framework } from '../../subject/stacks.ts';
import type { NodeApplication } from '../app/node-application.ts';
import type { ModuleFile } from '../read/module-file.ts';
import type { CallNode, Value } from '../read/value.ts';
import { callSites } from './call-sites.ts';
import { type Reach, reachOf } from './reach.ts';

/** An application of a framework, as the code makes it: `const app = express()`. */
export interface Server {
  readonly framework: Framework;
  readonly application: NodeApplication;
  readonly file: ModuleFile;
  readonly node: CallNode;
  /** What the code calls on it, such as `app.use(...)`. */
  readonly calls: readonly ServerCall[];
  /** It is mounted in another one. */
  readonly isMounted: boolean;
}

export interface ServerCall {
  readonly method: string;
  readonly file: ModuleFile;
  readonly node: Extract<CallNode, { type: 'CallExpression' }>;
  readonly args: readonly Value[];
  readonly reach: Reach;
  /** It is made on a scope of its own: a plugin of Fastify that is no `fastify-plugin`. */
  readonly isInner: boolean;
}

const known = new WeakMap<NodeApplication, readonly Server[]>();

export function serversOf(application: NodeApplication): readonly Server[] {
  const found = known.get(application) ?? readServers(application);
  known.set(application, found);
  return found;
}

interface OpenServer extends Server {
  readonly calls: ServerCall[];
  isMounted: boolean;
}

function readServers(application: NodeApplication): readonly Server[] {
  const { modules, evaluator } = application;
  const servers = new Map<CallNode, OpenServer>();
  for (const file of modules) {
    for (const node of file.nodes) {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      const value = evaluator.evaluate(file, node);
      const framework = createdFramework(value);
      // A function of the application may return one that it makes.
      if (!framework || value.kind !== 'result' || value.node !== node) continue;
      servers.set(node, { framework, application, file, node, calls: [], isMounted: false });
    }
  }
  if (servers.size === 0) return [];
  const find = serverFinder(application, servers);
  for (const file of modules) {
    for (const node of file.nodes) {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
      const { property, computed } = node.callee;
      if (computed || property.type !== 'Identifier' || !called.test(property.name)) continue;
      const owner = find(evaluator.evaluate(file, node.callee.object), 0);
      if (owner === undefined) continue;
      const args = node.arguments.map((one) =>
        one.type === 'SpreadElement' ? evaluator.evaluate(file, one.argument) : evaluator.evaluate(file, one),
      );
      const reach = reachOf(application, file, node);
      owner.server.calls.push({ method: property.name, file, node, args, reach, isInner: owner.isInner });
      if (/^(?:use|route|mount)$/.test(property.name)) {
        for (const arg of args) {
          const inner = find(arg, 0)?.server;
          if (inner && inner !== owner.server) inner.isMounted = true;
        }
      }
    }
  }
  return [...servers.values()];
}

const called =
  /^(?:use|register|set|enable|disable|get|post|put|patch|delete|del|all|route|mount|addHook|enableCors|useStaticAssets|onError|setErrorHandler|useGlobalFilters|listen|on|register|proxy|keys|enableVersioning|apply|basePath|decorate)$/;

/** The framework whose application a value is. */
export function createdFramework(value: Value): Framework | undefined {
  if (value.kind !== 'result' || value.callee.kind !== 'package') return undefined;
  const { name, path } = value.callee;
  const last = path.filter((part) => !part.startsWith('/')).join('.');
  if (name === 'express' && last === '') return 'express';
  if (name === 'fastify' && /^(?:fastify|Fastify)?$/.test(last)) return 'fastify';
  if (name === 'koa' && last === '') return 'koa';
  if (name === 'hono' && /^(?:Hono)$/.test(last)) return 'hono';
  if (name === '@hono/zod-openapi' && last === 'OpenAPIHono') return 'hono';
  if (name === '@nestjs/core' && last === 'NestFactory.create') return 'nest';
  return undefined;
}

/** Methods that return the application itself, or what it is made on. */
const chained =
  /^(?:use|get|post|put|patch|delete|all|set|enable|disable|register|addHook|basePath|route|getHttpAdapter|getInstance|withTypeProvider|after)$/;

type Find = (
  value: Value,
  depth: number,
) => { readonly server: OpenServer; readonly isInner: boolean } | undefined;

/** Finds the application that a value is: itself, what a chain of calls returns, or what callers pass. */
function serverFinder(application: NodeApplication, servers: ReadonlyMap<CallNode, OpenServer>): Find {
  const { evaluator } = application;
  const find: Find = (value, depth) => {
    if (depth > 12) return undefined;
    if (value.kind === 'result') {
      const made = servers.get(value.node);
      if (made) return { server: made, isInner: false };
      const { callee } = value;
      return callee.kind === 'member' && chained.test(callee.key) ? find(callee.of, depth + 1) : undefined;
    }
    return value.kind === 'parameter' ? ofParameter(value, depth) : undefined;
  };
  const ofParameter = (value: Extract<Value, { kind: 'parameter' }>, depth: number): ReturnType<Find> => {
    const found = new Map<OpenServer, boolean>();
    for (const { file, node, passed } of (callSites(application).get(value.of) ?? []).slice(0, 30)) {
      if (passed === undefined) {
        const argument = node.arguments[value.index];
        if (!argument || argument.type === 'SpreadElement') continue;
        const whole = value.path.reduce(
          (at, key) => evaluator.member(at, key),
          evaluator.evaluate(file, argument),
        );
        const owner = find(whole, depth + 1);
        if (owner) found.set(owner.server, owner.isInner);
      } else if (value.index === 0 && value.path.length === 0) {
        const owner = registeredOn(file, node, depth);
        if (owner) found.set(owner.server, owner.isInner);
      }
    }
    const [only] = found;
    return only !== undefined && found.size === 1 ? { server: only[0], isInner: only[1] } : undefined;
  };
  /** `app.register(plugin)` and `fp(plugin)` */
  const registeredOn = (file: ModuleFile, node: CallNode, depth: number): ReturnType<Find> => {
    const callee = evaluator.evaluate(file, node.callee);
    if (callee.kind === 'package' && callee.name === 'fastify-plugin') return onlyFastify();
    const { callee: target } = node;
    if (target.type !== 'MemberExpression' || target.property.type !== 'Identifier') return undefined;
    if (target.property.name !== 'register') return undefined;
    const owner = find(evaluator.evaluate(file, target.object), depth + 1);
    return owner && { server: owner.server, isInner: true };
  };
  const onlyFastify = (): ReturnType<Find> => {
    const all = [...servers.values()].filter(({ framework }) => framework === 'fastify');
    return all.length === 1 && all[0] ? { server: all[0], isInner: false } : undefined;
  };
  return find;
}
