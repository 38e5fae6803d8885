import { refusalOf } from '../internal/refuse.ts';
import { isStandardSchema, type StandardSchema } from '../internal/standard-schema.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { issuesOf, keepIssues } from './data-issues.ts';

/**
 * The schema's output for the value; the value itself without a schema.
 *
 * @param at where the value is in the input, such as the number of its row
 * @throws Refusal `parse/invalid-data`, whose `dataIssues(error)` may be shown to the client
 * @throws Misuse `bulwark/invalid-option` for a schema that is asynchronous
 */
export function applySchema<T>(
  schema: StandardSchema<T> | undefined,
  value: unknown,
  format: string,
  at: readonly (string | number)[] = [],
): T {
  if (schema === undefined) return value as T;
  const result = schema['~standard'].validate(value);
  if ('then' in result) {
    // A promise of another realm or library is not an instance of ours. Its failure would otherwise be an unhandled rejection.
    Promise.resolve(result).catch(() => undefined);
    throw new Misuse(
      'bulwark/invalid-option',
      'The schema is asynchronous. Parse without it, and validate the result yourself.',
    );
  }
  if (result.issues === undefined) return result.value;
  const issues = issuesOf(result.issues, at);
  const told = issues.map(
    ({ path, problem }) => `${path.length > 0 ? path.join('.') : 'the value'}: ${problem}`,
  );
  const error = refusalOf(
    deny('parse/invalid-data', { format, issues: told.join('; '), count: result.issues.length }),
  );
  keepIssues(error, issues);
  throw error;
}

/** @throws Misuse `bulwark/invalid-option` */
export function readSchema<T>(schema: StandardSchema<T> | undefined): StandardSchema<T> | undefined {
  if (schema === undefined || isStandardSchema<T>(schema)) return schema;
  throw new Misuse(
    'bulwark/invalid-option',
    'schema takes a Standard Schema, such as one of zod, valibot or ArkType.',
  );
}
