import { quoted, variable } from '../template-code.ts';
import { TextScanner } from '../text-scanner.ts';

/** An expression of Jinja, Nunjucks, Django or Tornado, translated into JavaScript. */
export interface Translated {
  readonly code: string;
  /** Where the expression ends: at the end of the text, or at the first token that belongs to no expression. */
  readonly end: number;
}

/** More deeply nested expressions become `undefined`. */
const maxDepth = 40;

/** Filters whose result `safe` no longer affects. */
const closing: ReadonlySet<string> = new Set([
  'forceescape',
  'force_escape',
  'tojson',
  'escapejs',
  'json_script',
  'length',
  'int',
  'float',
]);

/**
 * Translates an expression of Jinja or a similar engine into JavaScript.
 *     translate('user.bio|trim|safe')      // { code: '$$raw($$filter_trim(user.bio))', end: 18 }
 *     translate("a if b else 'x'")         // { code: '(b ? a : "x")', end: 15 }
 */
export function translate(text: string, from = 0, to: number = text.length): Translated {
  const reader = new Reader(text, from, to);
  const code = reader.ternary();
  return { code, end: reader.at };
}

class Reader extends TextScanner {
  #depth = 0;

  ternary(): string {
    if (this.#depth >= maxDepth) {
      this.at = this.to;
      return 'undefined';
    }
    this.#depth++;
    let code = this.#or();
    // Each conditional takes the previous one as its first branch, so that a chain needs no recursion.
    for (let n = 0; n < maxDepth && this.word('if'); n++) {
      const test = this.#or();
      code = `(${test} ? ${code} : ${this.word('else') ? this.#or() : 'undefined'})`;
    }
    this.#depth--;
    return code;
  }

  #or(): string {
    let code = this.#and();
    for (let n = 0; n < maxDepth && this.word('or'); n++) code = `(${code} || ${this.#and()})`;
    return code;
  }

  #and(): string {
    let code = this.#not();
    for (let n = 0; n < maxDepth && this.word('and'); n++) code = `(${code} && ${this.#not()})`;
    return code;
  }

  #not(): string {
    let negations = 0;
    while (this.word('not')) negations++;
    const code = this.#comparison();
    return negations % 2 === 1 ? `!${code}` : code;
  }

  #comparison(): string {
    let code = this.#sum();
    for (let n = 0; n < maxDepth; n++) {
      const before = this.at;
      if (this.word('is')) {
        const isNot = this.word('not');
        this.skip();
        const name = this.name() ?? 'unknown';
        this.skip();
        const other = this.is('(') ? this.#arguments().join(', ') : '';
        code = `${isNot ? '!' : ''}$$test_${plain(name)}(${[code, other].filter(Boolean).join(', ')})`;
        continue;
      }
      if (this.word('not')) {
        if (!this.word('in')) {
          this.at = before;
          return code;
        }
        code = `!(${code} in ${this.#sum()})`;
        continue;
      }
      if (this.word('in')) {
        code = `(${code} in ${this.#sum()})`;
        continue;
      }
      const operator = this.operator(/[=!]==?|<=?|>=?/y);
      if (!operator) return code;
      code = `(${code} ${operator} ${this.#sum()})`;
    }
    return code;
  }

  #sum(): string {
    let code = this.#unary();
    for (let n = 0; n < 4 * maxDepth; n++) {
      // `-}}` and `-%}` end a tag.
      const operator = this.operator(/~|\+|-(?![}%])|\*\*|\*|\/\/|\/|%(?!\})/y);
      if (!operator) return code;
      const right = this.#unary();
      if (operator === '~') code = `\`\${${code}}\${${right}}\``;
      else if (operator === '//') code = `Math.floor(${code} / ${right})`;
      else code = `(${code} ${operator === '**' ? '*' : operator} ${right})`;
    }
    return code;
  }

  #unary(): string {
    const sign = this.operator(/[-+](?![}%])/y);
    return this.#filtered(sign ? `(${sign}${this.#postfix()})` : this.#postfix());
  }

  #filtered(start: string): string {
    const filters: { name: string; args: string[] }[] = [];
    while (filters.length < maxDepth && this.operator(/\|(?!\|)/y)) {
      this.skip();
      const name = this.name();
      if (name === undefined) break;
      let args: string[] = [];
      // Django passes its only argument after a colon.
      if (this.is('(')) args = this.#arguments();
      else if (this.operator(/:/y)) args = [this.#postfix()];
      filters.push({ name, args });
    }
    return filters.reduce((code, { name, args }, i) => {
      if (name !== 'safe' && name !== 'safeseq')
        return `$$filter_${plain(name)}(${[code, ...args].join(', ')})`;
      return filters.slice(i + 1).some((later) => closing.has(later.name)) ? code : `$$raw(${code})`;
    }, start);
  }

  #postfix(): string {
    let code = this.#primary();
    for (let n = 0; n < 2 * maxDepth; n++) {
      if (this.is('(')) {
        code = `${code}(${this.#arguments().join(', ')})`;
      } else if (this.is('[')) {
        this.at++;
        const key = this.is(':') ? '0' : this.ternary();
        this.skip();
        code = this.is(':') || key === '' ? `${code}.slice(0)` : `${code}[${key}]`;
        this.skipTo(']');
      } else if (this.text.charAt(this.at) === '.' && this.at < this.to) {
        this.at++;
        const digits = /\d+/y;
        digits.lastIndex = this.at;
        const index = digits.exec(this.text)?.[0];
        if (index !== undefined) {
          this.at += index.length;
          code += `[${index}]`;
          continue;
        }
        const name = this.name();
        if (name === undefined) return code;
        code += `.${name}`;
      } else return code;
    }
    return code;
  }

  #primary(): string {
    this.skip();
    const c = this.at < this.to ? this.text.charAt(this.at) : '';
    if (c === '"' || c === "'") return this.#string(c);
    if (/\d/.test(c)) {
      const number = /\d+(?:\.\d+)?/y;
      number.lastIndex = this.at;
      const digits = number.exec(this.text)?.[0] ?? '';
      this.at += digits.length;
      return `(${Number(digits)})`;
    }
    if (c === '(') {
      const items = this.#arguments();
      return items.length === 1 ? `(${items[0]})` : `[${items.join(', ')}]`;
    }
    if (c === '[') return `[${this.#items(']').join(', ')}]`;
    if (c === '{') return this.#dict();
    const name = this.name();
    if (name === undefined) return 'undefined';
    // A text to be translated: `_("Hello")` of Django and gettext.
    if (name === '_' && this.is('(')) return this.#arguments()[0] ?? 'undefined';
    return constants.get(name) ?? variable(name);
  }

  #string(quote: string): string {
    let end = this.at + 1;
    while (end < this.to && this.text.charAt(end) !== quote) end += this.text.charAt(end) === '\\' ? 2 : 1;
    const text = this.text.slice(this.at + 1, Math.min(end, this.to));
    this.at = Math.min(end + 1, this.to);
    return quoted(text.replace(/\\(.)/gs, '$1'));
  }

  #dict(): string {
    const entries: string[] = [];
    this.at++;
    for (let n = 0; n < 200; n++) {
      this.skip();
      if (this.at >= this.to || this.is('}')) break;
      const before = this.at;
      const key = this.ternary();
      this.skip();
      if (this.is(':')) {
        this.at++;
        entries.push(`[${key}]: ${this.ternary()}`);
      }
      this.operator(/,/y);
      if (this.at === before) break;
    }
    this.skipTo('}');
    return `({${entries.join(', ')}})`;
  }

  #arguments(): string[] {
    return this.#items(')');
  }

  /** Items in brackets, some of which may be named. */
  #items(close: string): string[] {
    const items: string[] = [];
    this.at++;
    for (let n = 0; n < 200; n++) {
      this.skip();
      if (this.at >= this.to || this.is(close)) break;
      const before = this.at;
      const stars = this.operator(/\*\*?/y);
      const name = this.#keyword();
      const value = this.ternary();
      items.push(name !== undefined ? `$$kw_${name}(${value})` : stars === '*' ? `...${value}` : value);
      this.operator(/,/y);
      if (this.at === before) break;
    }
    this.skipTo(close);
    return items;
  }

  #keyword(): string | undefined {
    const keyword = /([A-Za-z_]\w*)\s*=(?!=)/y;
    keyword.lastIndex = this.at;
    const found = keyword.exec(this.text);
    if (!found || keyword.lastIndex > this.to) return undefined;
    this.at = keyword.lastIndex;
    return found[1];
  }
}

const constants: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['True', 'true'],
  ['false', 'false'],
  ['False', 'false'],
  ['none', 'null'],
  ['None', 'null'],
  ['null', 'null'],
]);

/** Replaces characters of a filter's name that JavaScript does not allow. */
function plain(name: string): string {
  return name.replace(/[^\w$]/g, '_');
}
