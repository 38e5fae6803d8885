/**
 * Finds sizes, counts and times from a request that have no upper bound: allocations, repetitions, delays and loop
 * counts; and Ajv validators that collect all errors of untrusted input.
 *
 * ## Why
 * One request of a few bytes can use up all memory, or a processor for minutes. In JavaScript, `length` of a parsed
 * JSON object is whatever its sender wrote there.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/blank")
 * def blank():
 *     return {"data": [0] * int(request.args["count"])}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/blank', (req, res) => {
 *   res.json({ data: Buffer.alloc(Number(req.query.size)).toString('hex') });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/blank")
 * def blank():
 *     return {"data": [0] * min(int(request.args["count"]), 1000)}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/blank', (req, res) => {
 *   const size = Number(req.query.size);
 *   if (!(size <= 4096)) return res.sendStatus(400);
 *   return res.json({ data: Buffer.alloc(size).toString('hex') });
 * });
 * ```
 *
 * ## When not to use it
 * If a schema in front limits the number, and the scanner does not know of it.
 */

import type { FunctionView } from '../../dataflow/view/function-view.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { isSentByOthers, isSentUnbounded } from '../kit/value/sent-by-others.ts';
import { ofFastify } from './all-errors.ts';
import { head } from './head.ts';
import { sizeNames, sizeOf } from './sizes.ts';

export const rule: UseRule = Object.freeze({
  ...head,
  on: ['call', 'binary', 'object'],
  operators: ['<', '<=', '>', '>=', '*'],
  names: new RegExp(`${sizeNames.source}|^customOptions$`),
  modelled: noState,
  look,
} satisfies UseRule);

const objects: ByHost<typeof ofFastify> = { javascript: ofFastify };

function look(use: Use): UseReport | undefined {
  if (inTests(use)) return undefined;
  const { inst } = use;
  if (inst.op === 'binary') return ofLoop(use) ?? ofRepeat(use);
  if (inst.op === 'object') return byHost(use.language, objects)?.(use, inst);
  const size = inst.op === 'call' ? sizeOf(use, inst) : undefined;
  if (!size || !sidesOf(use, size.value).some((side) => isSentUnbounded(use.frame, side))) return undefined;
  return { message: size.message, confidence: 'medium' };
}

/** `(width, height)` */
function sidesOf({ frame }: Use, value: ValueId): readonly ValueId[] {
  const inst = frame.inst(value);
  return inst.op === 'list' ? inst.items.slice(0, 4) : [value];
}

/** Python's `[0] * count` */
function ofRepeat({ frame, inst, language }: Use): UseReport | undefined {
  if (inst.op !== 'binary' || inst.operator !== '*' || !language.overloadsOperators) return undefined;
  const [left, right] = [frame.values[inst.left], frame.values[inst.right]];
  const isRepeated = (one: typeof left): boolean =>
    one?.shape === 'list' || (one?.consts?.length === 1 && typeof one.consts[0] === 'string');
  const count = isRepeated(left) ? inst.right : isRepeated(right) ? inst.left : undefined;
  if (count === undefined || !isSentUnbounded(frame, count)) return undefined;
  return {
    message: 'Untrusted input sets the number of repetitions, without an upper bound.',
    confidence: 'medium',
  };
}

/** `for (let i = 0; i < count; i++)` */
function ofLoop(use: Use): UseReport | undefined {
  const { frame, inst, value } = use;
  if (inst.op !== 'binary' || !/^[<>]=?$/.test(inst.operator)) return undefined;
  const [counter, bound] = inst.operator.startsWith('<') ? [inst.left, inst.right] : [inst.right, inst.left];
  const start = frame.inst(counter);
  if (start.op !== 'phi') return undefined;
  const block = blockOf(frame.func, value);
  const end = frame.func.blocks[block]?.end;
  if (!frame.flow.heads.has(block) || end?.kind !== 'branch' || end.test !== value) return undefined;
  // `for (let i = page - 2; i < page + 2; i++)`
  if (start.inputs.some((input) => input < counter && isSentByOthers(frame, input))) return undefined;
  const isEndless = isSentUnbounded(frame, bound) || isLengthOfObject(use, bound);
  return isEndless
    ? {
        message: 'Untrusted input sets how often the loop runs, without an upper bound.',
        confidence: 'medium',
      }
    : undefined;
}

/** `request.body.items.length`, if nothing checks that it is a list. */
function isLengthOfObject({ frame, language }: Use, bound: ValueId): boolean {
  const inst = frame.inst(bound);
  if (language.lengthIsCall || inst.op !== 'member' || inst.name !== 'length') return false;
  if (frame.values[inst.object]?.shape !== 'unknown') return false;
  return isSentUnbounded(frame, inst.object, /\bbody$/) && !isAskedFor(frame, inst.object);
}

/** Whether the same value is an argument of any call, such as `Array.isArray(items)`. */
function isAskedFor(frame: FunctionView, value: ValueId): boolean {
  return passedIn(frame.func).has(frame.valueNumbers[value] as number);
}

/** The value numbers of all arguments in a function's calls. */
const passedIn = memoized((func: Func): ReadonlySet<number> => {
  const numbers = valueNumbersOf(func);
  const all = new Set<number>();
  for (const inst of func.code)
    if (inst.op === 'call') for (const arg of inst.args) all.add(numbers[arg] as number);
  return all;
});
