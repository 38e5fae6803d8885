/**
 * Finds checks of a string from a query or body that an array bypasses: `name.includes('<')`, `path.indexOf('..')`,
 * `name.length > 20`, without a check of the type.
 *
 * ## Why
 * `?name=<script>&name=x` gives an array. `includes('<')` then looks for an equal item, and `length` counts items.
 * Appended to a string, the array becomes a string again, with everything in it that the check should have refused.
 *
 * ## Bad
 * ```typescript
 * import { readFileSync } from 'node:fs';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/page', (req, res) => {
 *   const name = req.query.name;
 *   if (name.includes('..')) return res.sendStatus(400);
 *   return res.send(readFileSync(`/srv/pages/${name}`, 'utf8'));
 * });
 * ```
 *
 * ## Good
 * ```typescript
 * import { readFileSync } from 'node:fs';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/page', (req, res) => {
 *   const name = req.query.name;
 *   if (typeof name !== 'string' || name.includes('..')) return res.sendStatus(400);
 *   return res.send(readFileSync(`/srv/pages/${name}`, 'utf8'));
 * });
 * ```
 *
 * ## When not to use it
 * If a schema in front of every route allows strings only. Values that never become a string again are not reported.
 */

import { reachable } from '../../callgraph/query/refusal.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { branchesOn } from '../kit/value/branches-on.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { isAskedFor } from './asked-for.ts';
import { checkedText } from './checked-text.ts';
import { blocksOfText } from './same-uses.ts';

export const rule: UseRule = Object.freeze({
  id: 'input/type-confusion',
  title: 'Type confusion: array bypasses a string check',
  severity: 'medium',
  cwe: [843, 20],
  owasp: 'A05:2025 Injection',
  advice: "Check `typeof name === 'string'` first, or validate with a schema (zod, Ajv).",
  on: ['call', 'binary'],
  operators: ['>', '>=', '<', '<='],
  names: /^(includes|indexOf|lastIndexOf)$/,
  languages: ['javascript'],
  isOfData: true,
  look,
} satisfies UseRule);

const schemas =
  /^(express-validator|celebrate|@?hapi\/joi|joi|zod|yup|ajv|class-validator|express-openapi-validator|superstruct|valibot|hpp)$/;

function look(use: Use): UseReport | undefined {
  if (use.frame.isConstantPass) return undefined;
  const text = checkedText(use);
  if (text === undefined || inTests(use) || !isSentAsAnything(use, text) || isAskedFor(use.frame, text))
    return undefined;
  const uses = blocksOfText(use.frame.func, text);
  if (uses.size === 0 || !letsThrough(use, uses)) return undefined;
  return {
    message: 'An array passes this check, and becomes a string again where it is used.',
    confidence: hasImport(use.frame.linked, schemas) ? 'low' : 'medium',
  };
}

/** Whether a value comes unchanged from a query or a body, so that it may be a text, a list or an object. */
function isSentAsAnything({ frame }: Use, value: ValueId): boolean {
  const it = frame.values[value];
  const inst = frame.inst(value);
  if (!it || (it.shape !== 'unknown' && inst.op !== 'typed')) return false;
  return it.taints.some(
    ({ origin, exact, weak }) =>
      origin.kind === 'source' && exact && !weak && parts.test(origin.what) && origin.source === 'remote',
  );
}

const parts = /^(express\.Request|koa\.(Request|Context)|next\.\w+|http\.IncomingMessage)\.(query|body)$/;

interface Way {
  readonly value: ValueId;
  /** Whether the text is refused if the value is true. */
  readonly isTrue: boolean;
}

const maxWays = 12;

/** Whether the text reaches a use only if the search found nothing in it. */
function letsThrough({ frame, value, inst }: Use, uses: ReadonlySet<number>): boolean {
  const ways: Way[] = [{ value, isTrue: inst.op !== 'binary' || inst.operator.startsWith('>') }];
  for (let i = 0; i < ways.length && i < maxWays; i++) {
    const way = ways[i] as Way;
    for (const { yes, no } of branchesOn(frame.func, way.value))
      if (way.isTrue ? isLeft(frame, yes, no, uses) : isLeft(frame, no, yes, uses)) return true;
    ways.push(...nextWays(frame.func, way));
  }
  return false;
}

function isLeft(frame: FunctionView, refused: number, others: number, uses: ReadonlySet<number>): boolean {
  // Only executable edges count: `ctx.throw(400)` never returns.
  const isTaken = (from: number, to: number): boolean => frame.edges.isTaken(from, to);
  const after = reachable(frame.func, refused, isTaken);
  const through = reachable(frame.func, others, isTaken);
  return [...uses].some((block) => through.has(block) && !after.has(block));
}

/** `!found`, `text.indexOf('..') !== -1`, `text.indexOf('<') >= 0` */
function nextWays(func: Func, { value, isTrue }: Way): Way[] {
  return (usersOf(func).of[value] ?? []).slice(0, maxWays).flatMap((user): Way[] => {
    const inst = func.code[user];
    if (inst?.op === 'unary' && inst.operator === '!') return [{ value: user, isTrue: !isTrue }];
    if (inst?.op !== 'binary' || inst.left !== value) return [];
    const other = constantAt(func, inst.right);
    const finds =
      (inst.operator === '!=' && other === -1) ||
      (inst.operator === '>' && other === -1) ||
      (inst.operator === '>=' && other === 0);
    const misses = (inst.operator === '==' && other === -1) || (inst.operator === '<' && other === 0);
    return finds || misses ? [{ value: user, isTrue: isTrue === finds }] : [];
  });
}

function constantAt(func: Func, value: ValueId): unknown {
  const inst = func.code[value];
  if (inst?.op === 'const') return inst.value;
  const inner = inst?.op === 'unary' && inst.operator === '-' ? func.code[inst.value] : undefined;
  return inner?.op === 'const' ? -Number(inner.value) : undefined;
}
