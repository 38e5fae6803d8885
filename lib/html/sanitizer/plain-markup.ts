import { html } from 'parse5';
import { decodeReferences } from '../template/decode-references.ts';
import { fits, supportedTags, voidTags } from './content-model.ts';
import { closedByEnd, closedByStart, impliedBefore } from './implied-tags.ts';
import type { Element, Node } from './markup-node.ts';

export interface PlainMarkup {
  readonly nodes: readonly Node[];
  /** Where reading stopped, with nothing open: at the end, or in front of what only the parser can read. */
  readonly end: number;
  /** How many nodes there are, at all depths. */
  readonly count: number;
}

/** Deeper markup is the parser's. */
const maxDepth = 100;
const maxAttributes = 16;

/**
 * Reads the start of markup for as long as it is plain: tags in pairs, values in quotes, elements where the content
 * model puts them. There the standard's algorithm gives the very tree that is written, so it need not be run, and most
 * of what editors and Markdown renderers write is plain to its end. At the first thing that is not, what is open is
 * given up, and the parser goes on from the last place where nothing was: it is in its first state there.
 *
 * Fuzzed against the parser (plain-markup.test.ts).
 */
export function readPlainMarkup(markup: string, mostNodes: number): PlainMarkup {
  const reader = new PlainReader(markup);
  return reader.read(mostNodes);
}

class PlainReader {
  private readonly markup: string;
  private pos = 0;
  private count = 0;
  /** The next `&`: looked for once, and not in every text. */
  private ampersand: number;
  /** What stands behind the first CR or NUL is the parser's. */
  private readonly stop: number;
  private readonly root: Node[] = [];
  private readonly open: string[] = [];
  private readonly elements: Element[] = [];
  private children: Node[] = this.root;

  constructor(markup: string) {
    this.markup = markup;
    this.ampersand = markup.indexOf('&');
    const special = markup.search(/[\r\0]/);
    this.stop = special === -1 ? markup.length : special;
  }

  read(mostNodes: number): PlainMarkup {
    const { markup, stop, root, open } = this;
    let done = { end: 0, nodes: 0, count: 0 };
    let plain = true;
    while (plain && this.pos < stop && this.count <= mostNodes) {
      let next = markup.indexOf('<', this.pos);
      if (next === -1 || next > stop) next = stop;
      if (next > this.pos) {
        // Text beside what the parser reads belongs together with that.
        plain = (next < stop || stop === markup.length) && this.text(next);
        if (!plain || next === stop) break;
      }
      const second = markup.charCodeAt(next + 1);
      if (second === 0x2f) plain = this.endTag(next);
      else plain = second === 0x21 ? this.comment(next) : this.startTag(next);
      if (plain && open.length === 0) done = { end: this.pos, nodes: root.length, count: this.count };
    }
    // At the end of the markup, what is open is closed.
    if (plain && this.pos === markup.length) done = { end: this.pos, nodes: root.length, count: this.count };
    root.length = done.nodes;
    return { nodes: root, end: done.end, count: done.count };
  }

  private push(element: Element): void {
    this.children.push(element);
    this.count++;
    if (voidTags.has(element.tagName)) return;
    this.open.push(element.tagName);
    this.elements.push(element);
    this.children = element.childNodes;
  }

  private pop(count: number): void {
    if (count === 0) return;
    const { open, elements } = this;
    open.length -= count;
    elements.length -= count;
    this.children = elements.length === 0 ? this.root : (elements[elements.length - 1] as Element).childNodes;
  }

  private endTag(at: number): boolean {
    const { markup, open } = this;
    let pos = at + 2;
    while (isNameCharacter(markup.charCodeAt(pos))) pos++;
    if (markup.charCodeAt(pos) !== 0x3e) return false;
    const count = closedByEnd(markup.slice(at + 2, pos), open);
    this.pop(count);
    this.pos = pos + 1;
    return count > 0;
  }

  private comment(at: number): boolean {
    const { markup, open } = this;
    if (!markup.startsWith('<!--', at) || open[open.length - 1] === 'pre') return false;
    const end = markup.indexOf('-->', at + 4);
    if (end === -1 || end >= this.stop) return false;
    const data = markup.slice(at + 4, end);
    // In these the standard finds another end.
    if (/^-?>|--!>|-$|<!--/.test(data)) return false;
    this.children.push({ nodeName: '#comment', data, parentNode: null });
    this.count++;
    this.pos = end + 3;
    return true;
  }

  /** Reads the text up to `to`; false where only the parser can. */
  private text(to: number): boolean {
    const from = this.pos;
    const { open, children } = this;
    const parent = open[open.length - 1];
    const text = this.markup.slice(from, to);
    if (parent !== undefined && tableFrame.has(parent) && !/^[\t\n\f ]*$/.test(text)) return false;
    let decoded = this.decoded(text, from, to);
    if (decoded === undefined) return false;
    // The line feed behind `<pre>` is dropped, also one that was a reference.
    if (parent === 'pre' && children.length === 0 && decoded.startsWith('\n')) decoded = decoded.slice(1);
    if (decoded !== '') {
      this.count++;
      children.push(textNode(decoded));
    }
    this.pos = to;
    return true;
  }

  private decoded(text: string, from: number, to: number): string | undefined {
    if (this.ampersand !== -1 && this.ampersand < from) this.ampersand = this.markup.indexOf('&', from);
    if (this.ampersand === -1 || this.ampersand >= to) return text;
    return decodePlain(text);
  }

  /** An element with nothing but text in it. That of a script or a style sheet is no markup. */
  private leaf(element: Element, raw: boolean): boolean {
    const { markup, open } = this;
    const from = this.pos;
    const parent = open[open.length - 1];
    if (parent !== undefined && tableFrame.has(parent)) return false;
    const end = raw ? searchFrom(markup, rawEnd, from) : markup.indexOf('<', from);
    const close = `</${element.tagName}>`;
    if (end === -1 || end >= this.stop || !markup.startsWith(close, end)) return false;
    const text = markup.slice(from, end);
    // Behind `<!--` the end of a script may be another one.
    const value = raw ? (text.includes('<!--') ? undefined : text) : this.decoded(text, from, end);
    if (value === undefined) return false;
    this.children.push(element);
    this.count++;
    if (value !== '') {
      element.childNodes.push(textNode(value));
      this.count++;
    }
    this.pos = end + close.length;
    return true;
  }

  private startTag(at: number): boolean {
    const { markup, open } = this;
    let pos = at + 1;
    let c = markup.charCodeAt(pos);
    if (!isLower(c)) return false;
    do c = markup.charCodeAt(++pos);
    while (isNameCharacter(c) || c === 0x3a);
    const tag = markup.slice(at + 1, pos);
    const raw = tag === 'script' || tag === 'style';
    // Names with a colon (`o:p`) are no HTML, and the parser makes nothing special of them.
    const leaf = raw || tag.includes(':');
    if (!leaf && !supportedTags.has(tag)) return false;
    const attrs: Element['attrs'] = [];
    for (;;) {
      const spaced = isSpace(c);
      while (isSpace(c)) c = markup.charCodeAt(++pos);
      if (c === 0x3e) break;
      if (c === 0x2f && markup.charCodeAt(pos + 1) === 0x3e && voidTags.has(tag)) {
        pos++;
        break;
      }
      if (!spaced || !isLower(c) || attrs.length >= maxAttributes) return false;
      const start = pos;
      do c = markup.charCodeAt(++pos);
      while (c === 0x2d || isNameCharacter(c));
      const name = markup.slice(start, pos);
      let value: string | undefined = '';
      if (c === 0x3d) {
        const from = ++pos;
        const quote = markup.charCodeAt(from);
        if (quote === 0x22 || quote === 0x27) {
          pos = markup.indexOf(quote === 0x22 ? '"' : "'", from + 1);
          if (pos === -1 || pos >= this.stop) return false;
          value = this.decoded(markup.slice(from + 1, pos), from + 1, pos);
          pos++;
        } else {
          while (isBare(markup.charCodeAt(pos))) pos++;
          if (pos === from) return false;
          value = markup.slice(from, pos);
        }
        if (value === undefined) return false;
        c = markup.charCodeAt(pos);
      }
      if (!isSpace(c) && c !== 0x3e && c !== 0x2f) return false;
      for (const attribute of attrs) if (attribute.name === name) return false;
      attrs.push({ name, value });
    }
    if (pos >= this.stop) return false;
    this.pos = pos + 1;
    if (leaf) return this.leaf(elementNode(tag, attrs), raw);
    this.pop(closedByStart(tag, open));
    for (const implied of impliedBefore(tag, open[open.length - 1])) this.push(elementNode(implied, []));
    if (!fits(tag, open) || open.length >= maxDepth) return false;
    this.push(elementNode(tag, attrs));
    return true;
  }
}

const rawEnd = /<\/(?:script|style)/gi;

function searchFrom(markup: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(markup)?.index ?? -1;
}

const tableFrame: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup']);
/** Decodes references that end in a semicolon, or gives undefined where there is another `&`. */
function decodePlain(text: string): string | undefined {
  let plain = true;
  const decoded = text.replace(reference, (_reference, name?: string, number?: string) => {
    if (!plain) return '';
    const character = name !== undefined ? namedCharacter(name) : numberedCharacter(Number(number));
    plain = character !== undefined;
    return character ?? '';
  });
  return plain ? decoded : undefined;
}

const reference = /&(?:(?:([a-zA-Z][a-zA-Z0-9]{1,31})|#([1-9][0-9]{0,5}));)?/g;

/** Of the names that the standard knows, those that were met: there are 2,125. */
const characters = new Map<string, string>();

function namedCharacter(name: string): string | undefined {
  const known = characters.get(name);
  if (known !== undefined) return known;
  const decoded = decodeReferences(`&${name};`);
  // A name that starts with a known one (`&ampx;`) is decoded otherwise in text than in an attribute.
  if (decoded.length > 2 || /[\0\ufffd]/.test(decoded)) return undefined;
  // A copy: a piece of the markup would keep the whole of it.
  characters.set(Buffer.from(name, 'latin1').toString('latin1'), decoded);
  return decoded;
}

/** Undefined for what the standard has another character for, or none. */
function numberedCharacter(code: number): string | undefined {
  const asItIs =
    code === 9 || code === 10 || (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800);
  return asItIs || (code > 0xdfff && code < 0xfdd0) || (code >= 0x10000 && (code & 0xffff) < 0xfffe)
    ? String.fromCodePoint(code)
    : undefined;
}

function isNameCharacter(c: number): boolean {
  return isLower(c) || (c >= 0x30 && c <= 0x39);
}

/** In a value without quotes: letters, digits and the signs that no state of the tokenizer looks at. */
function isBare(c: number): boolean {
  return (c >= 0x23 && c <= 0x3b && c !== 0x26 && c !== 0x27) || (c >= 0x3f && c <= 0x7e && c !== 0x60);
}

function isLower(c: number): boolean {
  return c >= 0x61 && c <= 0x7a;
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0c;
}

// The shapes are those of parse5's own nodes, so that the writer meets one kind of object.
function elementNode(tag: string, attrs: Element['attrs']): Element {
  return {
    nodeName: tag,
    tagName: tag,
    attrs,
    namespaceURI: html.NS.HTML,
    childNodes: [],
    parentNode: null,
  };
}

function textNode(value: string): Node {
  return { nodeName: '#text', value, parentNode: null };
}
