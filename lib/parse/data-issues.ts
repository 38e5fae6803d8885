import { shared } from '../internal/shared.ts';
import type { SchemaIssue } from '../internal/standard-schema.ts';
import { isRefusal } from '../refusal/is-refusal.ts';

/** One problem that a schema found. It contains no value of the input, so it may be sent to the client. */
export interface DataIssue {
  /** Field names and indexes. A name that the schema may not know, such as a key of a record, is `?`. */
  readonly path: readonly (string | number)[];
  /** What was expected, such as `expected number`, or the rule that failed, such as `too_small`. */
  readonly problem: string;
}

const most = 20;

function known(): WeakMap<object, readonly DataIssue[]> {
  return shared('parse:issues', () => new WeakMap<object, readonly DataIssue[]>());
}

export function keepIssues(error: object, issues: readonly DataIssue[]): void {
  known().set(error, issues);
}

/**
 * The problems in a `parse/invalid-data` refusal, at most 20: for an answer that says which field to correct. Undefined for any other error.
 *
 * @example
 * ```ts
 * import { dataIssues, parseJson } from 'bulwark/parse';
 * import { z } from 'zod';
 *
 * try {
 *   parseJson('{ "age": "40" }', { schema: z.object({ age: z.number() }) });
 * } catch (error) {
 *   dataIssues(error); // [{ path: ['age'], problem: 'expected number' }]
 * }
 * ```
 */
export function dataIssues(error: unknown): readonly DataIssue[] | undefined {
  return isRefusal(error, 'parse/invalid-data') ? known().get(error) : undefined;
}

/** Not the schema's own messages, because valibot writes the value into them. */
export function issuesOf(
  issues: readonly SchemaIssue[],
  at: readonly (string | number)[],
): readonly DataIssue[] {
  return Object.freeze(
    Array.from(issues.slice(0, most), (issue) =>
      Object.freeze({ path: [...at, ...pathOf(issue)], problem: problemOf(issue) }),
    ),
  );
}

const deepest = 16;

function pathOf({ path }: SchemaIssue): readonly (string | number)[] {
  if (!Array.isArray(path)) return [];
  return path.slice(0, deepest).map((part: unknown) => {
    const key = typeof part === 'object' && part !== null ? (part as { key?: unknown }).key : part;
    if (typeof key === 'number' && Number.isSafeInteger(key)) return key;
    return typeof key === 'string' && /^[a-z_][\w-]{0,63}$/i.test(key) ? key : '?';
  });
}

function problemOf(issue: SchemaIssue): string {
  const { expected, code, type, kind } = issue as unknown as Record<string, unknown>;
  // valibot's `expected` may quote the keys of a picklist, which are the schema's.
  if (typeof expected === 'string' && expected !== '') return `expected ${plain(expected)}`;
  const rule = [code, kind === 'validation' ? type : undefined, type].find(
    (name) => typeof name === 'string',
  );
  return typeof rule === 'string' ? plain(rule) : 'does not match';
}

function plain(text: string): string {
  return text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
}
