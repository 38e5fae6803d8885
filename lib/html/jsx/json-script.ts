import { nestsTooDeep } from '../../internal/nests-too-deep.ts';
import { type InnerHtml, madeOf } from './inner-html.ts';
import { JsxMisuse } from './jsx-misuse.ts';

/** The properties of a `<script>` that is data. */
export interface JsonScript {
  readonly id?: string;
  readonly type: 'application/json';
  readonly dangerouslySetInnerHTML: InnerHtml;
}

/**
 * Data for the page's scripts, in a `<script>` that runs nothing and needs no nonce: `<script {...jsonScript(data, 'state')} />`. No value
 * can end the element. A script reads it with `readJson` of `bulwark/dom`. For JSON-LD, write `type="application/ld+json"` behind it.
 *
 * @throws Misuse `html/invalid-value` for what has no JSON, or is nested deeper than 10,000 levels
 *
 * @example
 * ```ts
 * import { jsonScript } from 'bulwark/html/react';
 *
 * jsonScript({ name: '</script>' }).dangerouslySetInnerHTML.__html; // '{"name":"\\u003c/script\\u003e"}'
 * ```
 */
export function jsonScript(data: unknown, id?: string): JsonScript {
  const content = madeOf(jsonOf(data), 'script');
  return { ...(id !== undefined && { id }), type: 'application/json', dangerouslySetInnerHTML: content };
}

/** As in a template: lib/html/values/json-text.ts, which a browser doesn't load. */
function jsonOf(data: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(data, (_name, one: unknown) => {
      if (typeof (one as { readonly then?: unknown } | null | undefined)?.then === 'function')
        throw new TypeError();
      return typeof one === 'bigint' ? String(one) : one;
    });
  } catch {
    throw noJson();
  }
  if (text === undefined || nestsTooDeep(data, text)) throw noJson();
  return text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function noJson(): JsxMisuse {
  return new JsxMisuse(
    'html/invalid-value',
    'This value has no JSON.',
    'Pass null, a boolean, a number, a string, or arrays and plain objects of these. Await promises, and nest at most 10,000 levels.',
  );
}
