/**
 * Finds functions in a published package that build code from their parameters and run it.
 *
 * ## Why
 * Callers of `getter(path)` do not know that it builds code from the path. They pass a field name straight from a
 * request, and the code in it runs with all the rights of their application.
 *
 * ## Bad
 * ```python
 * # setup.py: setup(name="fields", py_modules=["app"])
 * def read_field(record, name):
 *     return eval("record." + name)
 * ```
 * ```typescript
 * // package.json: { "name": "fields", "main": "app.ts" }
 * export function getter(path: string) {
 *   return new Function('it', `return it.${path}`);
 * }
 * ```
 *
 * ## Good
 * ```python
 * def read_field(record, name):
 *     return record[name]
 * ```
 * ```typescript
 * export function getter(path: string) {
 *   return (it: Record<string, unknown>) => it[path];
 * }
 * ```
 *
 * ## When not to use it
 * A parameter whose name says that it is code (`source`, `template`, `expression`) is not reported. Neither is a
 * private package, or one that no other package can import.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'code/library-input',
  title: 'Code injection through a library parameter',
  severity: 'high',
  cwe: [94],
  owasp: 'A05:2025 Injection',
  sinks: ['code'],
  sources: ['caller'],
  message: 'A parameter of the package is executed as code',
  advice:
    'Look names up (`record[name]`, a `Map` of functions) instead of building code. If code must be built, allow identifiers only: `/^[A-Za-z_$][\\w$]*$/`.',
  pythonAdvice:
    'Look names up with `getattr` or in a dict instead of building code. If code must be built, allow identifiers only (`str.isidentifier`).',
} satisfies FlowRule);
