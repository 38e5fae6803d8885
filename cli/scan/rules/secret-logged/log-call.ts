import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { isOfType } from '../../models/state-traits.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';

/** What a call writes to a log. */
export interface LogCall {
  /** The destination. `console`: standard output or error, where a tool may also print its results. */
  readonly to: 'console' | 'log';
  readonly values: readonly Logged[];
}

export interface Logged {
  readonly value: ValueId;
  /** The name of the keyword argument: `password` in `log.info('in', password=value)`. Absent for other arguments. */
  readonly name?: string;
}

const levels =
  /^(log|trace|debug|verbose|silly|http|info|notice|warn|warning|error|err|fatal|critical|crit|alert|emerg|exception|success|msg|silent)$/;
const loggers = /^(_*log(ger|ging|s)?|.*_logger|.*Logger|winston|pino|bunyan|log4js|app_log|gen_log)$/i;

/** Matches the name `use.Log`, which models give to logging functions, and the names of methods that may log. */
export const loggedTo: RegExp = new RegExp(`^use\\.Log$|${levels.source}`);

/** Matches the names of functions that the rule checks even if no model knows the call. */
export const logNames: RegExp =
  /^(log|trace|debug|verbose|silly|http|info|notice|warn|warning|error|err|fatal|critical|crit|alert|emerg|exception|success|msg|print|pprint|write|echo)$/;

export function logCallOf(linked: Linked, { func, value }: Place): LogCall | undefined {
  const call = instOf(linked, { func, value });
  if (call?.op !== 'call' || call.isDecorator || call.isNew) return undefined;
  const callee = instOf(linked, { func, value: call.callee });
  const isKnown = isOfType(linked.states(func, call.callee), 'use.Log');
  if (!isKnown && !isLogger(linked, func, callee)) return undefined;
  return {
    to: isKnown && isConsole(linked, func, callee) ? 'console' : 'log',
    values: valuesOf(linked, func, call),
  };
}

function isLogger(linked: Linked, func: number, callee: Inst | undefined): boolean {
  if (callee?.op !== 'member' || !levels.test(callee.name)) return false;
  const name = objectName(linked, func, callee.object);
  return loggers.test(name) && !/^(Math|np|numpy|catalog|dialog|blog)$/i.test(name);
}

function isConsole(linked: Linked, func: number, callee: Inst | undefined): boolean {
  if (callee?.op !== 'member') return callee?.op === 'global' || callee?.op === 'import';
  return /^(console|stdout|stderr|click|typer|rich|pprint)$/.test(objectName(linked, func, callee.object));
}

function valuesOf(linked: Linked, func: number, call: Call): readonly Logged[] {
  // `print(..., file=handle)` writes to a file.
  const file = call.names?.indexOf('file') ?? -1;
  if (file >= 0 && !/^(stdout|stderr)$/.test(objectName(linked, func, call.args[file] ?? -1))) return [];
  return call.args.flatMap((value, i): Logged[] => {
    const name = call.names?.[i];
    // `log.info('sign in', **fields)` writes all of its entries.
    if (!name || name === '**') return [{ value }];
    return /^(file|sep|end|flush|exc_info|stack_info|stacklevel)$/.test(name) || name.startsWith('*')
      ? []
      : [{ value, name }];
  });
}
