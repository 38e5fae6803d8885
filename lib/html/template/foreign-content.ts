/**
 * Inside `<svg>` and `<math>` the parser follows other rules (HTML standard, 13.2.6.5): no element switches the
 * tokenizer, and some HTML elements end the foreign content. Both have been the root of many sanitiser bypasses, so
 * here foreign content must be well-formed, and what leads back to HTML is refused.
 */
export interface ForeignContent {
  /** True while an element other than the assumed root is open. */
  isOpen(): boolean;
  /** The innermost open element. */
  current(): string;
  /** True while an element of this name is open, at whatever depth. */
  has(name: string): boolean;
  /** Takes a start tag; a sentence where it does not belong here. */
  start(name: string, selfClosing: boolean): string | undefined;
  /** Takes an end tag; a sentence where it does not belong here. */
  end(name: string): string | undefined;
}

export function foreignContent(): ForeignContent {
  const open: string[] = [];
  return {
    isOpen: () => open.length > 0,
    current: () => open.at(-1) ?? '',
    has: (name) => open.includes(name),
    start(name, selfClosing) {
      if (breakout.has(name)) return `<${name}> ends <svg> and <math>: close them first.`;
      if (integration.has(name))
        return `<${name}> is not supported in a template: put its content beside the graphic.`;
      if (textOnly.has(open.at(-1) ?? '')) return `<${open.at(-1)}> takes text here, and no elements.`;
      if (!selfClosing) open.push(name);
      return undefined;
    },
    end(name) {
      if (open.at(-1) === name) {
        open.pop();
        return undefined;
      }
      return open.length === 0 ? `</${name}> closes nothing.` : `Close <${open.at(-1)}> first.`;
    },
  };
}

/** Start tags that end foreign content; `font` does so with some attributes only, and is refused with any. */
const breakout: ReadonlySet<string> = new Set(
  (
    'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta ' +
    'nobr ol p pre ruby s small span strong strike sub sup table tt u ul var font'
  ).split(' '),
);

/** Elements whose content is HTML again. */
const integration: ReadonlySet<string> = new Set(['foreignobject', 'annotation-xml']);

/** Integration points that in practice hold text: allowed with text, where both sets of rules agree. */
const textOnly: ReadonlySet<string> = new Set(['desc', 'title', 'mi', 'mo', 'mn', 'ms', 'mtext']);

/** Elements that switch the tokenizer in HTML and do not in foreign content: markup with one fits only the one. */
export const switching: ReadonlySet<string> = new Set(
  'title textarea style script xmp iframe noembed noframes noscript plaintext pre listing'.split(' '),
);
