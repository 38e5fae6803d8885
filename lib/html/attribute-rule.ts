/** What the value of an attribute in sanitised markup may be. */
export type AttributeRule = 'text' | 'boolean' | 'link' | 'image' | RegExp;

/**
 * Every attribute that a preset can allow. Not among them, for good: `on*`, `style`, `srcset` and all else that runs or
 * loads; `id` and `name`, which shadow properties of `document` and of forms (DOM clobbering); `data-*`, on which
 * client-side libraries act; and `rel` and `target`, which the sanitiser sets itself.
 */
export const attributeRules: ReadonlyMap<string, AttributeRule> = new Map<string, AttributeRule>([
  ['align', /^(?:left|right|center|justify)$/i],
  ['alt', 'text'],
  ['cite', 'link'],
  // A class can dress text up as a part of the page, so no preset has it; a style sheet for code may need it.
  ['class', 'text'],
  ['colspan', /^\d{1,3}$/],
  ['datetime', /^[0-9A-Za-z:.+ -]{1,40}$/],
  ['dir', /^(?:ltr|rtl|auto)$/i],
  ['height', /^\d{1,4}$/],
  ['href', 'link'],
  ['hreflang', /^[A-Za-z0-9-]{1,35}$/],
  ['lang', /^[A-Za-z0-9-]{0,35}$/],
  ['open', 'boolean'],
  ['reversed', 'boolean'],
  ['rowspan', /^\d{1,3}$/],
  ['scope', /^(?:col|colgroup|row|rowgroup)$/i],
  ['span', /^\d{1,3}$/],
  ['src', 'image'],
  ['start', /^-?\d{1,9}$/],
  ['title', 'text'],
  ['type', /^[1aAiI]$/],
  ['value', /^-?\d{1,9}$/],
  ['width', /^\d{1,4}$/],
]);
