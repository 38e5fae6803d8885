/** The HTML context that a template writes a value into. */
export type HtmlPlace =
  /** Text, a quoted attribute, or a quoted string in a script: escaping is taken to make the value harmless. */
  | 'text'
  /** The beginning of a URL attribute. */
  | 'url'
  /**
   * The beginning of a URL attribute of an element that navigates to the URL, or loads it as a document or script.
   * There, a `javascript:` URL runs.
   */
  | 'link'
  /** Contexts in which HTML escaping does not help: script code, event handlers, unquoted attributes, inside a tag. */
  | 'unsafe';

const urlAttributes: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'xlink:href',
  'data',
]);

/** Whether the value of an attribute is a script or a document, for which escaping does not help. */
export function isUnsafeAttribute(name: string): boolean {
  return /^on[a-z]/.test(name) || name === 'srcdoc';
}

/** Elements that navigate to or load the URL of such an attribute. Images and style sheets run no `javascript:`. */
const opening: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['href', new Set(['a', 'area', 'base'])],
  ['xlink:href', new Set(['a'])],
  ['src', new Set(['iframe', 'frame', 'embed', 'script'])],
  ['action', new Set(['form'])],
  ['formaction', new Set(['button', 'input'])],
  ['data', new Set(['object'])],
]);

export function isUrlAttribute(name: string): boolean {
  return urlAttributes.has(name);
}

type Mode =
  | 'text'
  | 'comment'
  | 'tag-name'
  | 'tag'
  | 'attribute'
  | 'before-value'
  | 'value'
  | 'script'
  | 'style';

/** Tracks the HTML context through the static text of a page. */
export class HtmlContext {
  #mode: Mode = 'text';
  #quote = '';
  #tag = '';
  #attribute = '';
  #valueIsEmpty = true;
  /** The `type` attribute of the current script. */
  #type = '';
  /** The open quote in the code of the current script. */
  #string = '';

  /** Advances over `text` from `from` to `to`. */
  feed(text: string, from: number, to: number): void {
    for (let i = from; i < to; i++) i = this.#step(text, i, to);
  }

  /** Returns the HTML context of a value that the template writes at this position. Advances past the value. */
  place(): HtmlPlace {
    switch (this.#mode) {
      case 'script':
        return this.#string === '"' || this.#string === "'" ? 'text' : 'unsafe';
      case 'tag':
      case 'attribute':
      case 'tag-name':
        if (this.#mode === 'tag') this.#mode = 'attribute';
        return 'unsafe';
      case 'before-value':
        this.#startValue('');
        return this.#endOfValue('unsafe');
      case 'value':
        return this.#endOfValue(this.#quote === '' ? 'unsafe' : 'text');
      default:
        return 'text';
    }
  }

  /** Whether the current position is in the code of a script, inside or outside of quotes. */
  get isScript(): boolean {
    return this.#mode === 'script';
  }

  #endOfValue(place: HtmlPlace): HtmlPlace {
    const isStart = this.#valueIsEmpty;
    this.#valueIsEmpty = false;
    if (isUnsafeAttribute(this.#attribute)) return 'unsafe';
    if (place !== 'text' || !isStart || !urlAttributes.has(this.#attribute)) return place;
    return opening.get(this.#attribute)?.has(this.#tag) ? 'link' : 'url';
  }

  #startValue(quote: string): void {
    this.#mode = 'value';
    this.#quote = quote;
    this.#valueIsEmpty = true;
  }

  #step(text: string, i: number, to: number): number {
    const c = text.charAt(i);
    switch (this.#mode) {
      case 'text':
        if (c !== '<') return i;
        if (text.startsWith('<!--', i)) {
          this.#mode = 'comment';
          return i + 3;
        }
        if (/[a-z/]/i.test(text.charAt(i + 1))) {
          this.#mode = 'tag-name';
          this.#tag = '';
          this.#type = '';
        }
        return i;
      case 'comment': {
        const end = find(text, '-->', i, to);
        if (end < 0) return to;
        this.#mode = 'text';
        return end + 2;
      }
      case 'tag-name':
        if (/[\s/>]/.test(c) && !(c === '/' && this.#tag === '')) {
          this.#mode = 'tag';
          return i - 1;
        }
        if (this.#tag.length < 20) this.#tag += c.toLowerCase();
        return i;
      case 'tag':
        if (c === '>') this.#closeTag();
        else if (!/[\s/]/.test(c)) {
          this.#mode = 'attribute';
          this.#attribute = c.toLowerCase();
        }
        return i;
      case 'attribute':
        if (c === '=') this.#mode = 'before-value';
        else if (c === '>') this.#closeTag();
        else if (/[\s/]/.test(c)) this.#mode = /^\s*=/.test(text.slice(i, i + 20)) ? 'attribute' : 'tag';
        else if (this.#attribute.length < 40) this.#attribute += c.toLowerCase();
        return i;
      case 'before-value':
        if (/\s/.test(c)) return i;
        if (c === '>') this.#closeTag();
        else {
          this.#startValue(c === '"' || c === "'" ? c : '');
          if (this.#quote === '') {
            this.#valueIsEmpty = false;
            this.#noteType(c);
          }
        }
        return i;
      case 'value':
        if (this.#quote === '' ? /[\s>]/.test(c) : c === this.#quote) {
          this.#mode = 'tag';
          this.#attribute = '';
          if (c === '>') this.#closeTag();
        } else {
          this.#valueIsEmpty = false;
          this.#noteType(c);
        }
        return i;
      case 'script':
        return this.#scriptStep(text, i, to);
      case 'style': {
        const end = find(text, '</', i, to);
        if (end < 0) return to;
        if (!/^<\/style/i.test(text.slice(end, end + 7))) return end + 1;
        this.#mode = 'text';
        return end - 1;
      }
    }
  }

  #scriptStep(text: string, i: number, to: number): number {
    const c = text.charAt(i);
    if (c === '<' && /^<\/script/i.test(text.slice(i, i + 8))) {
      this.#mode = 'text';
      this.#string = '';
      return i - 1;
    }
    if (this.#string !== '') {
      if (c === '\\') return i + 1;
      if (c === this.#string || (c === '\n' && this.#string !== '`')) this.#string = '';
      return i;
    }
    if (c === '"' || c === "'" || c === '`') this.#string = c;
    else if (c === '/' && text.charAt(i + 1) === '/') {
      const end = find(text, '\n', i, to);
      const tag = text.slice(i, end < 0 ? to : end).search(/<\/script/i);
      if (tag >= 0) return i + tag - 1;
      return end < 0 ? to : end;
    } else if (c === '/' && text.charAt(i + 1) === '*') {
      const end = find(text, '*/', i + 2, to);
      return end < 0 ? to : end + 1;
    }
    return i;
  }

  #noteType(c: string): void {
    if (this.#tag === 'script' && this.#attribute === 'type' && this.#type.length < 40) this.#type += c;
  }

  #closeTag(): void {
    // Data blocks, such as JSON, are not executed.
    const isCode = /^(?:|module|(?:text|application)\/(?:java|ecma)script|text\/babel)$/i.test(
      this.#type.trim(),
    );
    this.#mode = this.#tag === 'script' && isCode ? 'script' : this.#tag === 'style' ? 'style' : 'text';
    this.#string = '';
    this.#attribute = '';
  }
}

/** Searches up to `to`. The text after it is searched later. */
function find(text: string, needle: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf(needle);
  return at < 0 ? -1 : from + at;
}
