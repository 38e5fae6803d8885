/**
 * Finds templates of bulwark's `sql` tag that the tag refuses when they first run: a value in quotes, in a comment,
 * glued to a word, or in the place of a table or a sort column, and several statements in one template. The rule uses
 * the tag's own parser.
 *
 * ## Why
 * Such a template throws a `Misuse` when it first runs, which may be in production. The scanner finds it earlier.
 *
 * ## Bad
 * ```python
 * # The tag is for TypeScript. There is nothing to find in Python.
 * ```
 * ```typescript
 * import { sql } from 'bulwark/sql';
 *
 * sql`select id from users where name = '${name}'`;
 * ```
 *
 * ## Good
 * ```python
 * # The same.
 * ```
 * ```typescript
 * sql`select id from users where name = ${name}`;
 * ```
 *
 * ## When not to use it
 * Never: what it reports does not run. A template that only one database refuses is not reported, because the template
 * does not say which database it is for.
 */
import { checkTemplates } from 'bulwark/sql';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { ValueId } from '../../ir/ir.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { isA, known, type Use } from '../kit/use.ts';

export const rule: UseRule = Object.freeze({
  id: 'sql/template-site',
  title: 'Value in a place of an SQL template where none can be bound',
  severity: 'medium',
  cwe: [89, 1177],
  owasp: 'A05:2025 Injection',
  advice: 'Put each value where the database takes a parameter. The message says how.',
  on: ['call'],
  modelled: /^use\.(BulwarkSql)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call' || !inst.quasis || !isA(use, inst.callee, 'use.BulwarkSql')) return undefined;
  const { quasis: strings, raws: raw = strings } = inst;
  const isValue = inst.args.map((arg) => isPlain(use, arg));
  const [finding] = checkTemplates([{ strings, raw, isValue }]);
  if (!finding) return undefined;
  // The excerpt would repeat the finding's own place.
  const message = finding.message.replace(/ Line \d+, column \d+:[\s\S]*$/, '');
  return { message: `${finding.code}: ${message} ${finding.fix}`, confidence: 'high' };
}

/** Whether a value is a text, a number or a list of the program, and so no SQL fragment. */
function isPlain(use: Use, value: ValueId): boolean {
  const { linked, id } = use.frame;
  const made = instOf(linked, madeBy(linked, { func: id, value }));
  if (made?.op === 'list') return true;
  const shape = known(use, value)?.shape;
  const isBasic = shape === 'text' || shape === 'number' || shape === 'boolean';
  // The result of a function may still be SQL, although the scanner knows it as a text.
  return isBasic && (made?.op === 'const' || made?.op === 'text' || made?.op === 'binary');
}
