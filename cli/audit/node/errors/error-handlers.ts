import { type FunctionNode, type ModuleFile, nodesWithin } from '../read/module-file.ts';
import { isRoute } from '../server/guards.ts';
import { comesBefore } from '../server/reach.ts';
import type { Server, ServerCall } from '../server/servers.ts';

/** A handler that answers errors in place of the framework's own. */
export interface ErrorHandler {
  readonly call: ServerCall;
  /** Why errors may still be answered by the framework, or with details; undefined if they are not. */
  readonly doubt: string | undefined;
}

/** The last error handler of a server of Express: a middleware with four parameters, or that of Bulwark. */
export function expressErrorHandler(server: Server): ErrorHandler | undefined {
  const handlers = server.calls.filter(
    ({ method, args }) => method === 'use' && args.some((arg) => handles(arg)),
  );
  const last = handlers.at(-1);
  if (last === undefined) return undefined;
  const value = last.args.find(handles);
  const own = value?.kind === 'function' ? doubtOf(value.file, value.node) : undefined;
  const late = server.calls.find((one) => isRoute(one) && comesBefore(last.reach, one.reach) === true);
  const { state } = last.reach;
  const doubt =
    own ??
    (state === 'always'
      ? undefined
      : `whether the error handler is used depends on ${state === 'never' ? 'nothing' : state.why}`) ??
    (late
      ? `a route in ${late.file.path}:${late.file.lineOf(late.node)} comes after the error handler`
      : undefined);
  return { call: last, doubt };
}

function handles(value: ServerCall['args'][number]): boolean {
  if (value.kind === 'function') return value.node.params.length === 4;
  return (
    value.kind === 'result' &&
    value.callee.kind === 'package' &&
    value.callee.name === 'bulwark' &&
    value.callee.path.at(-1) === 'bulwarkErrors'
  );
}

/** A handler may pass an error on, or show its stack. */
function doubtOf(file: ModuleFile, node: FunctionNode): string | undefined {
  const text = file.text.slice(node.start, node.end);
  if (/\bstack\b|inspect\(/.test(text)) return 'the handler names the stack of the error';
  const next = node.params[3];
  const name = next?.type === 'Identifier' ? next.name : 'next';
  const passes = nodesWithin(file, node).some(
    (one) =>
      one.type === 'CallExpression' &&
      one.callee.type === 'Identifier' &&
      one.callee.name === name &&
      one.arguments.length > 0,
  );
  return passes ? 'the handler passes errors on' : undefined;
}
