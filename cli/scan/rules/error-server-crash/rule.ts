/**
 * Finds exceptions that nothing can catch in Node servers: `throw` in a callback that runs after the handler has
 * returned, `JSON.parse` of untrusted input in such a callback, and both directly in a handler of `http.createServer`.
 *
 * ## Why
 * A framework answers 500 if a handler throws. An exception in a later callback of `fs.readFile`, a database or a
 * stream has no caller to catch it: the process exits, and everyone else's requests fail with it.
 *
 * ## Bad
 * ```typescript
 * import { readFile } from 'node:fs';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/report', (req, res) => {
 *   readFile('/srv/report.html', 'utf8', (err, text) => {
 *     if (err) throw err;
 *     res.send(text);
 *   });
 * });
 * ```
 *
 * ## Good
 * ```typescript
 * import { readFile } from 'node:fs';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/report', (req, res, next) => {
 *   readFile('/srv/report.html', 'utf8', (err, text) => {
 *     if (err) return next(err);
 *     res.send(text);
 *   });
 * });
 * ```
 *
 * ## When not to use it
 * If a supervisor restarts the server at once, and lost requests do not matter. Rejected promises, such as those of
 * `async` handlers in Express 4, are not reported.
 */

import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isOfType } from '../../models/state-traits.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { isHandedThrough } from './handed-through.ts';
import { answersRequests, survivesErrors } from './handlers.ts';
import { isText, laterCall, runnerOf } from './later-call.ts';

export const rule: UseRule = Object.freeze({
  id: 'error/server-crash',
  title: 'Server crash through an uncaught exception',
  severity: 'medium',
  cwe: [248, 400],
  owasp: 'A10:2025 Mishandling of Exceptional Conditions',
  advice:
    'Pass the error on with `next(err)` or `reject(err)`, answer 500, or catch the error in the callback itself.',
  on: ['func', 'call'],
  names: /^(parse|decodeURIComponent|decodeURI)$/,
  modelled: noState,
  languages: ['javascript'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = use.inst.op === 'call' ? ofParsed(use, use.inst) : ofCallback(use);
  if (!found || inTests(use)) return undefined;
  return survivesErrors(use.frame.linked) ? { ...found, confidence: 'low' } : found;
}

/** `fs.readFile(path, (err) => { if (err) throw err; })` */
function ofCallback({ frame, value, inst }: Use): UseReport | undefined {
  const { linked, id } = frame;
  if (inst.op !== 'func') return undefined;
  const inner = linked.program.modules[frame.info.module]?.functions[inst.func];
  const later = inner && throws(inner) ? laterCall(linked, { func: id, value }) : undefined;
  if (!later) return undefined;
  if (!later.isServer && !answersRequests(linked, id)) return undefined;
  return {
    message: later.isServer
      ? 'An exception in this handler crashes the whole server.'
      : `The callback of \`${later.name}\` throws where nothing can catch it, which crashes the whole server.`,
    confidence: 'medium',
    value: later.call,
  };
}

/** Whether a function has an uncaught `throw`. Inside a `try`, it is lowered to an edge to the handler. */
function throws(func: Func): boolean {
  if (func.generator) return false;
  for (const block of func.blocks)
    if (block.end.kind === 'throw' && (block === func.blocks[0] || block.preds.length > 0)) return true;
  return false;
}

/** `req.on('end', () => { save(JSON.parse(body)); })` */
function ofParsed(use: Use, call: Call): UseReport | undefined {
  const { frame } = use;
  const [text] = call.args;
  const callee = frame.inst(call.callee);
  const name = calleeName(use, call);
  if (text === undefined || isCaught(use)) return undefined;
  if (callee.op === 'member') {
    const owner = frame.inst(callee.object);
    if (name !== 'parse' || owner.op !== 'global' || owner.name !== 'JSON') return undefined;
  } else if (callee.op !== 'global' || !/^decodeURI(Component)?$/.test(callee.name)) return undefined;
  const runner = runnerOf(frame.linked, frame.id);
  if (!runner) return undefined;
  const isSent =
    isOfOthers(use, text) ||
    isHandedThrough(use, text, runner) ||
    (isShared(use, text) && isEndOfRequest(frame.linked, runner));
  if (!isSent) return undefined;
  return {
    message: `\`${name}\` throws on invalid input where nothing can catch it, which crashes the whole server.`,
    confidence: 'medium',
  };
}

function isOfOthers({ frame }: Use, value: ValueId): boolean {
  return (frame.values[value]?.taints ?? []).some(
    ({ origin, weak }) => origin.kind === 'source' && origin.source === 'remote' && !weak,
  );
}

/** Whether a value is made of a variable that another callback fills: `body`, `Buffer.concat(chunks).toString()`. */
function isShared({ frame }: Use, value: ValueId): boolean {
  const parts = new Set([value]);
  for (const part of parts) {
    const inst = frame.inst(part);
    if (inst.op === 'cell-load') return true;
    if (parts.size > maxParts) return false;
    if (inst.op === 'member') parts.add(inst.object);
    if (inst.op === 'call') for (const one of [inst.callee, ...inst.args.slice(0, 1)]) parts.add(one);
  }
  return false;
}

const maxParts = 12;

/** `req.on('end', ...)` */
function isEndOfRequest(linked: Linked, { func, value }: Place): boolean {
  const call = instOf(linked, { func, value });
  const callee = call?.op === 'call' ? instOf(linked, { func, value: call.callee }) : undefined;
  const event = call?.op === 'call' ? call.args[0] : undefined;
  return (
    callee?.op === 'member' &&
    event !== undefined &&
    isText(linked, { func, value: event }, 'end') &&
    isOfType(linked.states(func, callee.object), 'http.IncomingMessage')
  );
}

/** Whether a `try` encloses an instruction. It is lowered to a branch whose test has the place of its block. */
function isCaught({ frame, inst }: Use): boolean {
  const spans = catchingIn(frame.func);
  return spans.length > maxSpans || spans.some(({ at, end }) => at <= inst.at && inst.end <= end);
}

/** In a function with more `try` statements, everything is treated as caught. */
const maxSpans = 200;

const catchingIn = memoized((func: Func): readonly Inst[] =>
  func.blocks.flatMap(({ end }) => {
    const test = end.kind === 'branch' ? func.code[end.test] : undefined;
    return test?.op === 'unknown' ? [test] : [];
  }),
);
