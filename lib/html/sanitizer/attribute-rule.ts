/** What the value of an attribute in sanitised markup may be. */
export type AttributeRule =
  | 'text'
  | 'boolean'
  | 'link'
  | 'image'
  /** A name for links, with the preset's prefix. */
  | 'id'
  /** Names that the preset's prefix makes, parted by white space. */
  | 'id-list'
  /** Declarations that the preset names. */
  | 'style'
  | RegExp;

const color = /^(?:#(?:[0-9a-f]{3}|[0-9a-f]{6})|[a-z]{3,24})$/i;

/**
 * Every attribute that a preset can allow. Not among them, for good: `on*`, `srcset`, `background` and all else that runs
 * or loads; `name`, which shadows properties of `document` and of forms (DOM clobbering); `data-*`, on which client-side
 * libraries act; and `rel` and `target`, which the sanitiser sets itself. `id` needs a prefix, `style` a list.
 */
export const attributeRules: ReadonlyMap<string, AttributeRule> = new Map<string, AttributeRule>([
  ['align', /^(?:left|right|center|justify)$/i],
  ['alt', 'text'],
  ['aria-describedby', 'id-list'],
  ['aria-hidden', /^(?:true|false)$/],
  ['aria-label', 'text'],
  ['aria-labelledby', 'id-list'],
  ['bgcolor', color],
  ['border', /^\d{1,2}$/],
  ['cellpadding', /^\d{1,3}$/],
  ['cellspacing', /^\d{1,3}$/],
  ['checked', 'boolean'],
  ['cite', 'link'],
  // A class can dress text up as a part of the page, so no preset has it; a style sheet for code may need it.
  ['class', 'text'],
  ['color', color],
  ['colspan', /^\d{1,3}$/],
  ['datetime', /^[0-9A-Za-z:.+ -]{1,40}$/],
  ['dir', /^(?:ltr|rtl|auto)$/i],
  ['disabled', 'boolean'],
  ['face', /^[\w ,'-]{1,200}$/],
  ['headers', 'id-list'],
  ['height', /^\d{1,4}%?$/],
  ['href', 'link'],
  ['hreflang', /^[A-Za-z0-9-]{1,35}$/],
  ['id', 'id'],
  ['lang', /^[A-Za-z0-9-]{0,35}$/],
  ['nowrap', 'boolean'],
  ['open', 'boolean'],
  ['reversed', 'boolean'],
  // Roles of text. Those of windows, alerts and controls would speak for the page.
  [
    'role',
    /^(?:article|cell|columnheader|doc-(?:backlink|endnotes?|footnote|noteref)|figure|heading|img|list|listitem|none|note|presentation|row|rowgroup|rowheader|table)$/,
  ],
  ['rowspan', /^\d{1,3}$/],
  ['scope', /^(?:col|colgroup|row|rowgroup)$/i],
  ['size', /^[+-]?[1-7]$/],
  ['span', /^\d{1,3}$/],
  ['src', 'image'],
  ['start', /^-?\d{1,9}$/],
  ['style', 'style'],
  ['title', 'text'],
  ['type', /^(?:[1aAiI]|checkbox|circle|disc|square)$/],
  ['valign', /^(?:top|middle|bottom|baseline)$/i],
  ['value', /^-?\d{1,9}$/],
  ['width', /^\d{1,4}%?$/],
]);
