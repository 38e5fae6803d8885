/**
 * Finds functions of a package for others to install that put what they are given into code, and run that.
 *
 * ## Why
 * Who calls a function `getter(path)` does not know that code is made of the path, and passes the name of a field as it came in a
 * request. The code in it runs with all that the application may do.
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
 * A parameter whose name says that it is code (`source`, `template`, `expression`) is not reported, nor is a package that says
 * that it is private, or that no other can import.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'code/library-input',
  title: "Parameter of a library's function in code",
  severity: 'high',
  cwe: [94],
  owasp: 'A05:2025 Injection',
  sinks: ['code'],
  sources: ['caller'],
  message: 'A parameter of the package is executed as code',
  advice:
    'Read and call by names, without code; where code has to be made, admit the characters of names alone.',
  pythonAdvice:
    'Look names up with `getattr` or in a dict instead of building code. If code must be built, allow identifiers only (`str.isidentifier`).',
} satisfies FlowRule);
