import type { Node } from 'oxc-parser';
import type { Framework } from '../../subject/stacks.ts';
import { autoloadedPlugins } from '../app/autoload.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { functionAround, type ModuleFile } from '../read/module-file.ts';
import type { CallNode, Value } from '../read/value.ts';
import { type FoundServer, serverFinder } from './find-server.ts';
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
  /** The call, or the module that is loaded as a plugin. */
  readonly node: Node;
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
  const fastify = [...servers.values()].filter((one) => one.framework === 'fastify');
  const onlyFastify = fastify.length === 1 ? fastify[0] : undefined;
  const find = serverFinder(application, new Set(servers.keys()), onlyFastify?.node);
  for (const file of modules) {
    for (const node of file.nodes) {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
      const { property, computed } = node.callee;
      if (computed || property.type !== 'Identifier' || !called.test(property.name)) continue;
      const owners = find(evaluator.evaluate(file, node.callee.object));
      if (owners.length === 0) continue;
      const args = node.arguments.map((one) =>
        evaluator.evaluate(file, one.type === 'SpreadElement' ? one.argument : one),
      );
      for (const { made, isInner } of owners) {
        const server = servers.get(made);
        if (!server) continue;
        const reach = reachOf(application, file, node, functionAround(server.file, made));
        server.calls.push({ method: property.name, file, node, args, reach, isInner });
        if (/^(?:use|route|mount)$/.test(property.name)) mountAll(args.flatMap(find), server, servers);
      }
    }
  }
  for (const { file, plugin, options } of onlyFastify ? autoloadedPlugins(application) : []) {
    const reach: Reach = { state: 'always', trail: [] };
    onlyFastify?.calls.push({
      method: 'register',
      file,
      node: file.program,
      args: [plugin, options],
      reach,
      isInner: false,
    });
  }
  return [...servers.values()];
}

function mountAll(
  found: readonly FoundServer[],
  server: OpenServer,
  servers: ReadonlyMap<CallNode, OpenServer>,
): void {
  for (const { made } of found) {
    const inner = servers.get(made);
    if (inner && inner !== server) inner.isMounted = true;
  }
}

const called =
  /^(?:use|register|set|enable|disable|get|post|put|patch|delete|del|all|route|mount|addHook|enableCors|useStaticAssets|onError|setErrorHandler|useGlobalFilters|listen|on|register|proxy|keys|enableVersioning|apply|basePath|decorate)$/;

/** The framework whose application a value is. */
function createdFramework(value: Value): Framework | undefined {
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
