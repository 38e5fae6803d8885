/** What the value of an attribute in sanitised markup may be. */
export type AttributeRule =
  | 'text'
  | 'boolean'
  /** Text of which the first 1,024 characters are enough. */
  | 'cut-text'
  /** Pixels or per cent. */
  | 'dimension'
  /** Images by width or density. */
  | 'image-set'
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
 * Every attribute that a preset can allow. Not among them, for good: `on*`, `background` and all else that runs or
 * loads, other than images; `name`, which shadows properties of `document` and of forms (DOM clobbering); `data-*`, on which client-side
 * libraries act; and `rel` and `target`, which the sanitiser sets itself. `id` needs a prefix, `style` a list.
 */
export const attributeRules: ReadonlyMap<string, AttributeRule> = new Map<string, AttributeRule>([
  ['align', /^(?:left|right|center|justify)$/i],
  ['alt', 'cut-text'],
  ['aria-describedby', 'id-list'],
  ['aria-hidden', /^(?:true|false)$/],
  ['aria-label', 'text'],
  ['aria-labelledby', 'id-list'],
  ['bgcolor', color],
  ['border', /^\d{1,2}(?:px)?$/],
  ['cellpadding', /^\d{1,3}(?:px)?$/],
  ['cellspacing', /^\d{1,3}(?:px)?$/],
  ['checked', 'boolean'],
  ['cite', 'link'],
  // A class can dress text up as a part of the page, so no preset has it; a style sheet for code may need it.
  ['class', 'text'],
  ['color', color],
  ['colspan', /^\d{1,3}$/],
  ['datetime', /^[0-9A-Za-z:.+ -]{1,40}$/],
  ['decoding', /^(?:sync|async|auto)$/i],
  ['dir', /^(?:ltr|rtl|auto)$/i],
  ['disabled', 'boolean'],
  ['face', /^[\w ,'-]{1,200}$/],
  ['headers', 'id-list'],
  ['height', 'dimension'],
  ['href', 'link'],
  ['hreflang', /^[A-Za-z0-9-]{1,35}$/],
  ['id', 'id'],
  ['lang', /^[A-Za-z0-9-]{0,35}$/],
  ['loading', /^(?:lazy|eager)$/i],
  ['nowrap', 'boolean'],
  ['open', 'boolean'],
  ['reversed', 'boolean'],
  // Roles of text. Those of windows, alerts and controls would speak for the page.
  [
    'role',
    /^(?:article|cell|columnheader|doc-(?:backlink|endnotes?|footnote|noteref|toc)|figure|heading|img|list|listitem|none|note|presentation|row|rowgroup|rowheader|table)$/,
  ],
  ['rowspan', /^\d{1,3}$/],
  ['scope', /^(?:col|colgroup|row|rowgroup)$/i],
  ['size', /^(?:[+-][1-7]|\d{1,2})$/],
  ['sizes', /^[\w .,:()<>=%*/+-]{1,300}$/],
  ['span', /^\d{1,3}$/],
  ['src', 'image'],
  ['srcset', 'image-set'],
  ['start', /^-?\d{1,9}$/],
  ['style', 'style'],
  ['title', 'text'],
  ['type', /^(?:[1aAiI]|checkbox|circle|disc|square)$/],
  ['valign', /^(?:top|middle|bottom|baseline)$/i],
  // Of an item a number, of `<data>` what a machine reads.
  ['value', /^[\w .:,+-]{1,64}$/],
  ['width', 'dimension'],
]);
