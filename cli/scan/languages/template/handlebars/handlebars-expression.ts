import { quoted, variable } from '../template-code.ts';

interface Scope {
  readonly self: string;
  readonly locals: readonly string[];
  /** Names that are not in it are looked up in the enclosing scopes. */
  readonly isOpen: boolean;
}

const maxDepth = 20;
const maxWords = 60;

/**
 * Translates paths, literals and calls of helpers into JavaScript. It knows which variable holds `this` in the current
 * block.
 */
export class HandlebarsExpression {
  readonly #scopes: Scope[] = [{ self: '$$context', locals: [], isOpen: false }];

  /** The JavaScript variable that holds `this` in the current block: `$$context`, `$$this1`. */
  get outer(): string {
    return this.#scopes.at(-1)?.self ?? '$$context';
  }

  /**
   * Opens the scope of a block that declares `locals`. If `isOpen`, other names are also looked up in the enclosing
   * scopes. Returns the variable that holds `this` in the scope.
   */
  enter(locals: readonly string[], isOpen: boolean): string {
    const self = `$$this${this.#scopes.length}`;
    this.#scopes.push({ self, locals, isOpen });
    return self;
  }

  leave(): void {
    if (this.#scopes.length > 1) this.#scopes.pop();
  }

  local(name: string): string {
    return variable(name);
  }

  /** Splits `as |item index|` off the end of a block's head. `rest` is the head without it. */
  blockParams(text: string): { readonly params: readonly string[]; readonly rest: string } {
    const [whole, list = ''] = /\bas\s*\|([^|]*)\|\s*$/.exec(text.slice(0, 2000)) ?? [];
    if (whole === undefined) return { params: [], rest: text };
    const params = list.split(/\s+/).filter((name) => /^[A-Za-z_]\w*$/.test(name));
    return { params, rest: text.slice(0, text.length - whole.length) };
  }

  /** Translates a path, a literal, or a helper with its arguments. */
  call(text: string): string {
    return this.#call(wordsOf(text), 0);
  }

  /** Translates the first value of a text: `a` of `a b`. Returns the code `undefined` if the text is empty. */
  argument(text: string): string {
    // `{{#if (eq a b)}}` and `{{#each (sort xs)}}` have one argument. A helper with a block passes on all of them.
    const [first] = wordsOf(text);
    return first === undefined ? 'undefined' : this.#word(first, 0);
  }

  /** Translates the content of `{{> name context key=value}}`. Empty if the name of the partial is computed. */
  partial(text: string): string {
    const [name = '', ...more] = wordsOf(text);
    if (name === '' || name.startsWith('(')) return '';
    const positional = more.find((word) => !isNamed(word));
    const context = positional === undefined ? this.outer : this.#word(positional, 0);
    const named = more.filter(isNamed).map((word) => this.#named(word, 0));
    return `$$include(${context}, ${quoted(name.replace(/^["'[]|["'\]]$/g, ''))}, {${named.join(', ')}});`;
  }

  #call(words: readonly string[], depth: number): string {
    const [first, ...more] = words;
    if (first === undefined) return 'undefined';
    if (more.length === 0) return this.#word(first, depth);
    if (first === 'lookup' && more.length === 2)
      return `${this.#word(more[0] as string, depth)}[${this.#word(more[1] as string, depth)}]`;
    const args = more.map((word) =>
      isNamed(word)
        ? this.#named(word, depth).replace(/^(\w+): (.*)$/s, '$$$$kw_$1($2)')
        : this.#word(word, depth),
    );
    return `$$filter_${first.replace(/[^\w$]/g, '_')}(${args.join(', ')})`;
  }

  #named(word: string, depth: number): string {
    const at = word.indexOf('=');
    return `${word.slice(0, at)}: ${this.#word(word.slice(at + 1), depth)}`;
  }

  #word(word: string, depth: number): string {
    if (depth > maxDepth) return 'undefined';
    if (word.startsWith('('))
      return this.#call(wordsOf(word.slice(1, word.endsWith(')') ? -1 : undefined)), depth + 1);
    if (/^["']/.test(word)) return quoted(word.slice(1, -1));
    if (/^-?\d+(?:\.\d+)?$/.test(word)) return `(${Number(word)})`;
    if (/^(?:true|false|null|undefined)$/.test(word)) return word;
    return this.#path(word);
  }

  #path(path: string): string {
    let scope = this.#scopes.length - 1;
    let rest = path;
    while (rest.startsWith('../')) {
      rest = rest.slice(3);
      if (scope > 0) scope--;
    }
    if (rest.startsWith('@root')) {
      scope = 0;
      rest = rest.slice(5).replace(/^[./]/, '');
    } else if (rest.startsWith('@')) return '(0)';
    rest = rest.replace(/^(?:this|\.)(?:[./]|$)/, '');
    const names = rest
      .split(/[./]/)
      .filter((name) => name !== '')
      .slice(0, maxWords);
    const [first, ...more] = names.map((name) => name.replace(/^\[|\]$/g, ''));
    const tail = more.map((name) => `[${quoted(name)}]`).join('');
    if (first === undefined) return this.#scopes[scope]?.self ?? '$$context';
    return this.#root(scope, first) + tail;
  }

  #root(from: number, name: string): string {
    const places: string[] = [];
    for (let i = from; i >= 0; i--) {
      const scope = this.#scopes[i] as Scope;
      if (scope.locals.includes(name)) return variable(name);
      if (places.length === 0 || this.#scopes[i + 1]?.isOpen) places.push(`${scope.self}[${quoted(name)}]`);
      if (places.length > 4) break;
    }
    return places.length === 1 ? (places[0] as string) : `(${places.join(' ?? ')})`;
  }
}

function isNamed(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

/** The words of an expression. Brackets and quotes group words. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length && words.length < maxWords) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    const start = at;
    let depth = 0;
    let quote = '';
    for (; at < text.length; at++) {
      const c = text.charAt(at);
      if (quote !== '') {
        if (c === quote) quote = '';
      } else if (c === '"' || c === "'") quote = c;
      else if (c === '(' || c === '[') depth++;
      else if (c === ')' || c === ']') depth--;
      else if (depth <= 0 && /\s/.test(c)) break;
    }
    if (at > start) words.push(text.slice(start, at));
  }
  return words;
}
