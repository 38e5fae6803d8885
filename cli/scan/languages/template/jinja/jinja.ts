import { CodeWriter } from '../code-writer.ts';
import { HtmlContext, type HtmlPlace } from '../html-context.ts';
import type { TemplateCode } from '../template-code.ts';
import { translate } from './jinja-expression.ts';
import { jinjaTag } from './jinja-tag.ts';

/** An open block: the code that ends it, and whether autoescaping was on before it. */
export interface JinjaBlock {
  readonly tag: string;
  readonly close: string;
  readonly escapes: boolean;
  /** Names that the block declares. */
  readonly names: readonly string[];
}

/** The state of the translation of a template. */
export interface JinjaReading {
  readonly text: string;
  readonly code: CodeWriter;
  readonly html: HtmlContext;
  readonly blocks: JinjaBlock[];
  /** Variables that tags such as `set` and `import` assign. */
  readonly assigned: Set<string>;
  readonly macros: string[];
  /** Code that renders the base templates, which the template names in `{% extends %}`. */
  readonly bases: string[];
  escapes: boolean;
  /** The tag that ends verbatim text, and whether the text is shown. */
  verbatim: { readonly until: string; readonly isShown: boolean } | undefined;
}

/**
 * Translates a template of Jinja2, Nunjucks, Django or Tornado into JavaScript. The syntaxes of these engines are similar
 * enough to be treated as one.
 */
export function readJinja(text: string): TemplateCode {
  const reading: JinjaReading = {
    text,
    code: new CodeWriter(text),
    html: new HtmlContext(),
    blocks: [],
    assigned: new Set(),
    macros: [],
    bases: [],
    escapes: true,
    verbatim: undefined,
  };
  const { code } = reading;
  readParts(reading);
  for (let open = reading.blocks.pop(); open; open = reading.blocks.pop())
    code.add(`${open.close}\n`, text.length, text.length);
  for (const base of reading.bases) code.add(`${base}\n`, 0, text.length);
  if (reading.macros.length > 0)
    code.add(`return {${[...new Set(reading.macros)].join(', ')}};\n`, text.length, text.length);
  return {
    body: code,
    assigned: reading.assigned,
    // Set by context processors in Flask, Django and Starlette.
    known: new Map([['request', '$$context.request ?? $$request']]),
  };
}

function readParts(reading: JinjaReading): void {
  const { text } = reading;
  const missing = new Set<string>();
  let at = 0;
  while (at < text.length) {
    const open = nextOpening(text, at);
    const stop = open < 0 ? text.length : open;
    if (!reading.verbatim || reading.verbatim.isShown) reading.html.feed(text, at, stop);
    if (open < 0) return;
    const kind = text.charAt(open + 1);
    const closing = kind === '{' ? '}}' : kind === '%' ? '%}' : '#}';
    // If no end was found once, there is none further on either.
    const close = missing.has(closing) ? -1 : text.indexOf(closing, open + 2);
    if (close < 0) {
      missing.add(closing);
      reading.html.feed(text, open, open + 2);
      at = open + 2;
      continue;
    }
    at = close + 2;
    let from = open + 2;
    let to = close;
    if (/[-+~]/.test(text.charAt(from)) && kind !== '#') from++;
    if (to > from && /[-+]/.test(text.charAt(to - 1))) to--;
    if (reading.verbatim) endVerbatim(reading, kind === '%' ? text.slice(from, to).trim() : '');
    else if (kind === '{') output(reading, from, to, open, at);
    else if (kind === '%') jinjaTag(reading, from, to, open, at);
  }
}

function nextOpening(text: string, from: number): number {
  const opening = /\{[{%#]/g;
  opening.lastIndex = from;
  return opening.exec(text)?.index ?? -1;
}

function endVerbatim(reading: JinjaReading, tag: string): void {
  const until = reading.verbatim?.until ?? '';
  if (tag === until || (tag.startsWith(until) && /\s/.test(tag.charAt(until.length))))
    reading.verbatim = undefined;
}

const writers: Readonly<Record<Exclude<HtmlPlace, 'unsafe'>, string>> = {
  text: '$$out',
  url: '$$url',
  link: '$$link',
};

/**
 * Translates a tag that writes a value, such as `{{ value }}`. The value is from `from` to `to`, the whole tag from `open`
 * to `close`.
 */
export function output(reading: JinjaReading, from: number, to: number, open: number, close: number): void {
  const { code, html, text } = reading;
  const value = translate(text, from, to).code;
  const place = html.place();
  const write = !reading.escapes || place === 'unsafe' ? '$$raw' : writers[place];
  // A value that `safe` marks is reported at that filter.
  if (value.startsWith('$$raw(')) code.add(`${value};\n`, open, close);
  else code.add(`${write}(${value});\n`, open, close);
}
