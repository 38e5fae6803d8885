import type { Node } from 'oxc-parser';
import { unwrappedPlugin } from '../app/autoload.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { textOf, type Value } from '../read/value.ts';
import { comesBefore } from './reach.ts';
import type { Server, ServerCall } from './servers.ts';

/** A middleware or plugin that stands before the routes of a server. */
export interface Guard {
  readonly file: ModuleFile;
  readonly node: Node;
  /** What is passed: the result of `helmet()`, or a function of the application. */
  readonly value: Value;
  /** Of a package: its name, and what of it is called. */
  readonly package: string | undefined;
  readonly path: readonly string[];
  readonly options: Value;
  /** `all`: it runs at every request of the server. Otherwise why that is not known. */
  readonly covers: 'all' | { readonly why: string };
}

const nothing: Value = { kind: 'literal', value: undefined };

/** What is put before all or some routes of a server, in the order of the code. */
export function guardsOf(server: Server): readonly Guard[] {
  const found = known.get(server) ?? readGuards(server);
  known.set(server, found);
  return found;
}

const known = new WeakMap<Server, readonly Guard[]>();

function readGuards(server: Server): readonly Guard[] {
  return server.calls.flatMap((call) => {
    if (call.reach.state === 'never') return [];
    if (call.method === 'use') return usedGuards(server, call);
    if (call.method === 'register') return registered(server, call);
    if (call.method === 'addHook') return hooked(server, call);
    return [];
  });
}

function usedGuards(server: Server, call: ServerCall): Guard[] {
  const path = pathOf(call);
  const covers = coverage(server, call, path);
  return call.args
    .slice(path === undefined ? 0 : 1)
    .flatMap((value) => flat(value))
    .map((value) => guardOf(server, call, value, covers));
}

function flat(value: Value): readonly Value[] {
  return value.kind === 'array' ? value.items : [value];
}

/** Hooks of Fastify that run at every request. */
function hooked(server: Server, call: ServerCall): Guard[] {
  const [name, handler] = call.args;
  if (
    handler === undefined ||
    !/^(?:onRequest|preHandler|preParsing|preValidation|onSend|preSerialization)$/.test(textOf(name) ?? '')
  )
    return [];
  return [guardOf(server, call, handler, coverage(server, call, undefined))];
}

function registered(server: Server, call: ServerCall): Guard[] {
  const [given, options = nothing] = call.args;
  if (given === undefined) return [];
  const plugin = unwrappedPlugin(given, server.application.evaluator);
  const guard = guardOf(server, call, plugin, coverage(server, call, undefined));
  if (plugin.kind !== 'package') return [guard];
  return [{ ...guard, package: plugin.name, path: plugin.path, options }];
}

function guardOf({ application }: Server, call: ServerCall, value: Value, covers: Guard['covers']): Guard {
  if (value.kind !== 'result' || value.callee.kind !== 'package') {
    return {
      file: call.file,
      node: call.node,
      value,
      package: undefined,
      path: [],
      options: nothing,
      covers,
    };
  }
  const { file, node, callee } = value;
  const options = application.evaluator.evaluate(file, node.arguments[0]);
  return { file, node, value, package: callee.name, path: callee.path, options, covers };
}

/** `use('/admin', ...)`; undefined for all paths. */
function pathOf({ args }: ServerCall): string | undefined {
  const path = textOf(args[0]);
  return path ?? (args[0]?.kind === 'text' || args[0]?.kind === 'regex' ? '?' : undefined);
}

const everything = /^(?:\/?\*?|\/\*\w*|\*\w*|\/\{\*\w+\}|\(\.\*\))$/;

function coverage(server: Server, call: ServerCall, path: string | undefined): Guard['covers'] {
  if (path !== undefined && !everything.test(path)) return { why: `it runs only below ${path}` };
  if (call.reach.state !== 'always') {
    const { state } = call.reach;
    return { why: state === 'never' ? 'it never runs' : `whether it runs depends on ${state.why}` };
  }
  if (call.isInner && !isOnlyScope(server))
    return { why: 'it is registered in a plugin with a scope of its own' };
  const early = server.calls.find((one) => isRoute(one) && comesBefore(one.reach, call.reach) === true);
  // Nest and Fastify put hooks and middleware before all routes, wherever they are registered.
  if (early && server.framework !== 'nest' && server.framework !== 'fastify') {
    return { why: `a route in ${early.file.path}:${early.file.lineOf(early.node)} comes before it` };
  }
  return 'all';
}

/** All routes stand in the plugin too. */
function isOnlyScope({ calls }: Server): boolean {
  const own = calls.filter(
    ({ method, args, isInner }) =>
      !isInner && method === 'register' && (args[0]?.kind === 'function' || args[0]?.kind === 'module'),
  );
  return own.length === 1 && !calls.some((one) => !one.isInner && isRoute(one));
}

const health = /^\/(?:health|healthz|live|livez|ready|readyz|ping|status|metrics|up)\b/i;

export function isRoute({ method, args }: ServerCall): boolean {
  const path = textOf(args[0]);
  if (path !== undefined && health.test(path)) return false;
  if (method === 'use') return args.some(isRouter);
  // `app.get('view engine')` reads a setting.
  return /^(?:get|post|put|patch|delete|del|all|route|mount)$/.test(method) && args.length > 1;
}

function isRouter(value: Value): boolean {
  if (value.kind !== 'result') return false;
  const { callee } = value;
  if (callee.kind === 'package') return callee.path.at(-1) === 'Router' || /router$/.test(callee.name);
  return callee.kind === 'member' && callee.key === 'routes';
}
