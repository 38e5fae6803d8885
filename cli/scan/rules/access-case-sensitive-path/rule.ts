/**
 * Finds Express middleware that protects a path in one spelling only: a regular expression without the `i` flag, or a
 * check such as `req.path.startsWith('/admin')`.
 *
 * ## Why
 * Express ignores case in paths by default: a request for `/ADMIN/users` runs the route `/admin/users`. A
 * case-sensitive check does not match that path, so the request reaches the route unchecked.
 *
 * ## Bad
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.use(/^\/admin/, (req, res, next) => {
 *   if (!req.session.isAdmin) return res.sendStatus(403);
 *   return next();
 * });
 * app.get('/admin/users', (req, res) => res.json(listUsers()));
 * ```
 *
 * ## Good
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.use('/admin', (req, res, next) => {
 *   if (!req.session.isAdmin) return res.sendStatus(403);
 *   return next();
 * });
 * app.get('/admin/users', (req, res) => res.json(listUsers()));
 * ```
 *
 * ## When not to use it
 * Nothing is reported if `caseSensitive` or `case sensitive routing` is set.
 */

import { nameOfCallee, reachable, refuses } from '../../callgraph/query/refusal.ts';
import { constText, patternIn } from '../../dataflow/domain/abstract.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { isA, known, type Use } from '../kit/use.ts';
import { branchesOn } from '../kit/value/branches-on.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { literalPaths } from './literal-paths.ts';
import { testedPath } from './path-test.ts';
import { isRoute, isRouter, routesOf } from './routes.ts';

export const rule: UseRule = Object.freeze({
  id: 'access/case-sensitive-path',
  title: 'Case-sensitive path in an access check',
  severity: 'high',
  cwe: [178],
  owasp: 'A01:2025 Broken Access Control',
  advice:
    'Mount the check at a string (`app.use("/admin", check)`), add the `i` flag to the regular expression, or compare in lower case.',
  on: ['call', 'binary'],
  operators: ['==', '!='],
  names: /^(use|all|test|exec|match|startsWith|includes|indexOf)$/,
  modelled: noState,
  languages: ['javascript'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = use.inst.op === 'call' ? (ofMount(use, use.inst) ?? ofTest(use)) : ofTest(use);
  return found && !inTests(use) && !routesOf(use.frame.linked).isSensitive ? found : undefined;
}

/** `app.use(/^\/admin/, requireAdmin)` */
function ofMount(use: Use, call: Call): UseReport | undefined {
  const { frame } = use;
  const callee = frame.inst(call.callee);
  const [at, ...handlers] = call.args;
  if (callee.op !== 'member' || !/^(use|all)$/.test(callee.name) || at === undefined) return undefined;
  if (!isRouter(frame.linked, frame.id, callee.object)) return undefined;
  const path = expressionsOf(use, at)
    .flatMap(literalPaths)
    .find((one) => isRoute(frame.linked, one));
  if (path === undefined || !handlers.some((handler) => isCheck(use, handler))) return undefined;
  return {
    message: `A request for \`${path}\` in another letter case bypasses this check.`,
    confidence: 'medium',
    value: at,
  };
}

/** The sources of the expressions without the flag `i`, of a single path or a list of paths. */
function expressionsOf(use: Use, value: ValueId): readonly string[] {
  const it = known(use, value);
  const items = it?.shape === 'list' ? [...(it.fields?.values() ?? [])] : [it];
  return items.flatMap((item) => {
    const pattern = patternIn(item);
    return pattern && !pattern.flags.includes('i') ? [pattern.source] : [];
  });
}

const checking =
  /auth|admin|protect|require|guard|ensure|verif|log_?in|session|permission|csrf|allow|secure|restrict|limit|jwt|token/i;

/** Whether a handler has the name of a check, or refuses requests. */
function isCheck({ frame }: Use, value: ValueId): boolean {
  const { linked, id } = frame;
  if ([...namesOf(linked, { func: id, value })].some((name) => checking.test(name))) return true;
  return linked.functions(id, value).some((target) => {
    const func = linked.program.functions[target]?.func;
    return func?.blocks.some((block) => refuses(func, block)) ?? false;
  });
}

/** `if (req.path.startsWith('/admin') && !req.user) return res.sendStatus(401);` */
function ofTest(use: Use): UseReport | undefined {
  const { frame, value } = use;
  // A handler without `next` answers the request itself, so it guards nothing behind it.
  if (frame.func.params.length < 3) return undefined;
  const tested = testedPath(use);
  if (!tested || !isA(use, tested.request, 'express.Request')) return undefined;
  const paths = tested.isExpression
    ? expressionsOf(use, tested.by).flatMap(literalPaths)
    : textsOf(use, tested.by);
  const path = paths.find((one) => isRoute(frame.linked, one));
  if (path === undefined || !guardsMatched(frame.func, value, tested.isTrue)) return undefined;
  return {
    message: `A request for \`${path}\` in another letter case bypasses this check.`,
    confidence: 'medium',
  };
}

function textsOf(use: Use, value: ValueId): readonly string[] {
  const it = known(use, value);
  const items = it?.shape === 'list' ? [...(it.fields?.values() ?? [])] : [it];
  return items.flatMap((item) => {
    const text = constText(item);
    return text !== undefined && /^\/.*[a-z]/i.test(text) && text.length < 200 ? [text] : [];
  });
}

/** Whether the matching paths, and no others, are refused or run another check. */
function guardsMatched(func: Func, test: ValueId, isTrue: boolean): boolean {
  const negated = (usersOf(func).of[test] ?? []).filter((user) => {
    const inst = func.code[user];
    return inst?.op === 'unary' && inst.operator === '!';
  });
  return [test, ...negated.slice(0, maxNegated)].some((value) =>
    branchesOn(func, value).some(({ yes, no }) => {
      const isYes = isTrue === (value === test);
      const matched = reachable(func, isYes ? yes : no);
      const others = reachable(func, isYes ? no : yes);
      return [...matched].some((block) => !others.has(block) && isGuarding(func, block));
    }),
  );
}

const maxNegated = 8;

function isGuarding(func: Func, id: number): boolean {
  const block = func.blocks[id];
  if (refuses(func, block)) return true;
  return (
    block?.code.some((value) => {
      const inst = func.code[value];
      if (inst?.op !== 'call' || inst.args.length < 3) return false;
      const callee = func.code[inst.callee];
      return checking.test(nameOfCallee(callee));
    }) ?? false
  );
}
