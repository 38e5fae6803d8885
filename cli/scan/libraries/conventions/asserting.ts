/**
 * Names of library functions that throw unless their first argument is true, each after its module: `assert ok`. They are
 * those of Node's assert, tiny-invariant 1, invariant 2, ts-invariant, http-assert. Documentation:
 * https://nodejs.org/api/assert.html, and the README of each.
 */
export const asserting: ReadonlySet<string> = new Set([
  ...['assert', 'node:assert', 'assert/strict', 'node:assert/strict'].flatMap((specifier) =>
    ['*', 'default', 'ok', 'strict'].map((name) => `${specifier} ${name}`),
  ),
  ...['tiny-invariant', 'invariant', 'http-assert'].flatMap((specifier) =>
    ['*', 'default'].map((name) => `${specifier} ${name}`),
  ),
  'ts-invariant invariant',
]);
