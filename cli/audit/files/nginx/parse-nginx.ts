/** A directive of nginx, with the block that it opens. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly path: string;
  readonly line: number;
  readonly block?: readonly Directive[];
}

export interface ParsedNginx {
  readonly directives: readonly Directive[];
  readonly problem?: string;
}

const maxDirectives = 20_000;
const maxDepth = 30;

/** Reads a configuration of nginx. What is malformed is a problem, never an exception. */
export function parseNginx(text: string, path: string): ParsedNginx {
  const tokens = tokensOf(text);
  if (tokens === undefined) return { directives: [], problem: 'has a quote that does not end' };
  interface Open {
    readonly head: { readonly words: readonly string[]; readonly line: number } | undefined;
    readonly list: Directive[];
  }
  const open: Open[] = [{ head: undefined, list: [] }];
  let words: string[] = [];
  let line = 1;
  let count = 0;
  const add = (block?: readonly Directive[], head: Open['head'] = { words, line }): void => {
    const [name = '', ...args] = head?.words ?? [];
    if (name === '') return;
    const base = { name, args, path, line: head?.line ?? line };
    open.at(-1)?.list.push(block === undefined ? base : { ...base, block });
    count++;
  };
  for (const token of tokens) {
    if (count > maxDirectives) return { directives: [], problem: 'has too many directives' };
    if (token.kind === 'word') {
      if (words.length === 0) line = token.line;
      words.push(token.text);
    } else if (token.text === ';') {
      add();
      words = [];
    } else if (token.text === '{') {
      if (open.length > maxDepth) return { directives: [], problem: 'is nested too deeply' };
      open.push({ head: { words, line }, list: [] });
      words = [];
    } else {
      const closed = open.pop();
      if (closed?.head === undefined || words.length > 0)
        return { directives: [], problem: 'has a brace or a semicolon at a wrong place' };
      add(closed.list, closed.head);
    }
  }
  const [top] = open;
  if (open.length !== 1 || top === undefined || words.length > 0)
    return { directives: [], problem: 'ends within a block or a directive' };
  return { directives: top.list };
}

interface Token {
  readonly kind: 'word' | 'sign';
  readonly text: string;
  readonly line: number;
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length && tokens.length < maxDirectives * 10) {
    const char = text.charAt(at);
    if (char === '\n') line++;
    if (/\s/.test(char)) {
      at++;
    } else if (char === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (char === '{' && /_by_lua_block$/.test(tokens.at(-1)?.text ?? '')) {
      // Lua inside of braces is no configuration.
      const end = luaEnd(text, at);
      tokens.push({ kind: 'sign', text: ';', line });
      line += text.slice(at, end).split('\n').length - 1;
      at = end;
    } else if (char === '{' || char === '}' || char === ';') {
      tokens.push({ kind: 'sign', text: char, line });
      at++;
    } else {
      const word = wordAt(text, at);
      if (word === undefined) return undefined;
      tokens.push({ kind: 'word', text: word.text, line });
      line += text.slice(at, word.end).split('\n').length - 1;
      at = word.end;
    }
  }
  return tokens;
}

function luaEnd(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text.charAt(at) === '{') depth++;
    if (text.charAt(at) === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** A word, quoted or bare; `${name}` is part of one. */
function wordAt(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const quote = text.charAt(from);
  if (quote === '"' || quote === "'") {
    let word = '';
    for (let at = from + 1; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === quote) return { text: word, end: at + 1 };
      if (char === '\\' && at + 1 < text.length) {
        const next = text.charAt(++at);
        word += next === quote || next === '\\' ? next : `\\${next}`;
      } else word += char;
    }
    return undefined;
  }
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '\\') at += 2;
    else if (char === '$' && text.charAt(at + 1) === '{') {
      const end = text.indexOf('}', at);
      at = end < 0 ? text.length : end + 1;
    } else if (/[\s;{]/.test(char)) break;
    else if (char === '}' && at === from) break;
    else at++;
  }
  return { text: text.slice(from, at), end: Math.max(at, from + 1) };
}
