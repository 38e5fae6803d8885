/**
 * Parses untrusted input: with limits, without prototype pollution, and typed by a schema.
 *
 * @module
 */
export type { StandardSchema } from '../internal/standard-schema.ts';
export { type DataIssue, dataIssues } from './data-issues.ts';
export type { FormOptions } from './form/form-options.ts';
export type { FormFields, FormValue } from './form/form-value.ts';
export { parseForm, parseQuery } from './form/parse-form.ts';
export type { JsonOptions } from './json/json-options.ts';
export { parseJson } from './json/parse-json.ts';
