import type { DomDetail } from '../refusal/codes/dom.ts';
import { DomMisuse, DomRefusal } from './dom-error.ts';
import { getAttribute, htmlNamespace, localName, namespaceUri, queryAll, textContent } from './native.ts';

/** The interface that zod, valibot, ArkType and others share (https://standardschema.dev). */
export interface JsonSchema<T = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: T; readonly issues?: undefined }
      | { readonly issues: readonly unknown[] }
      | Promise<unknown>;
    readonly types?: { readonly input: unknown; readonly output: T } | undefined;
  };
}

/**
 * Reads the data that the server wrote as `<script type="application/json" id="...">${value}</script>`. There must be exactly one
 * such script; another element with the same id is never read instead. Members named `__proto__` are
 * removed.
 *
 * @throws DomRefusal `dom/not-json`, with the reason in its detail
 * @throws DomMisuse `dom/invalid-option` if the schema is asynchronous
 *
 * @example
 * ```ts
 * import { readJson } from 'bulwark/dom';
 *
 * readJson('user'); // { name: 'Ann' }; its type is unknown, or the schema's
 * ```
 */
export function readJson(id: string): unknown;
export function readJson<T>(id: string, schema: JsonSchema<T>): T;
export function readJson<T>(id: string, schema?: JsonSchema<T>): unknown {
  const value = parse(scriptOf(id), id);
  if (!schema) return value;
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) throw new DomMisuse('dom/invalid-option', 'The schema is asynchronous.');
  return result.issues ? refuse(id, 'schema') : result.value;
}

function scriptOf(id: string): Element {
  const found = Array.from(queryAll(document, `[id="${CSS.escape(id)}"]`));
  const scripts = found.filter(isJsonScript);
  if (scripts.length > 1) return refuse(id, 'ambiguous');
  return scripts[0] ?? refuse(id, found.length > 0 ? 'not-a-script' : 'missing');
}

function isJsonScript(element: Element): boolean {
  return (
    localName(element) === 'script' &&
    namespaceUri(element) === htmlNamespace &&
    getAttribute(element, 'type')?.trim().toLowerCase() === 'application/json'
  );
}

function parse(script: Element, id: string): unknown {
  const text = textContent(script) ?? '';
  // Data that is merged into another object must not reach its prototype. An escape can spell the name too.
  const named = /__proto__|\\u/.test(text);
  try {
    return named
      ? JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value))
      : JSON.parse(text);
  } catch {
    return refuse(id, 'syntax');
  }
}

function refuse(id: string, reason: DomDetail['dom/not-json']['reason']): never {
  throw new DomRefusal('dom/not-json', { id, reason });
}
