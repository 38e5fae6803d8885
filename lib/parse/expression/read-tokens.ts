import { invalidExpression } from './expression-errors.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** The value of a string, with its escapes resolved; otherwise the source text. */
  readonly text: string;
  readonly at: number;
}

const space = /[ \t\r\n]+/y;
const number = /(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const name = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/uy;
const sign = /===|!==|\?\?|\?\.(?!\d)|\|\||&&|[=!<>]=|\+(?!\+)|-(?!-)|[*/%<>!?:.,()[\]]/y;
const quoted = /'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*"/y;

/** Reads each character once: no pattern here can match in two ways. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const found =
      match(space) ??
      add('number', match(number)) ??
      add('name', match(name)) ??
      add('text', match(quoted)) ??
      add('sign', match(sign));
    if (found === undefined) return invalidExpression(reasonFor(text[at] ?? ''), at);
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;

  function add(kind: Token['kind'], found: string | undefined): string | undefined {
    if (found === undefined) return undefined;
    const following = kind === 'number' ? text[at + found.length] : undefined;
    if (following !== undefined && /[\p{L}\p{N}_$]/u.test(following)) invalidExpression('a number', at);
    tokens.push({ kind, text: kind === 'text' ? unquoted(found, at) : found, at });
    return found;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquoted(literal: string, at: number): string {
  return literal.slice(1, -1).replace(/\\(?:u([\dA-Fa-f]{4})|(.))/g, (_, unit?: string, single?: string) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    const value = /["'\\/]/.test(single ?? '') ? single : escapes[single ?? ''];
    return value ?? invalidExpression('an unknown escape in a string', at);
  });
}

const reasons: Readonly<Record<string, string>> = {
  '`': 'template literals are not supported',
  '=': 'an assignment',
  '+': 'an assignment',
  '-': 'an assignment',
  '{': 'object literals and blocks are not supported',
  '}': 'object literals and blocks are not supported',
  ';': 'more than one expression',
  "'": 'a string without its end',
  '"': 'a string without its end',
};

function reasonFor(character: string): string {
  return Object.hasOwn(reasons, character) ? (reasons[character] as string) : 'an unknown character';
}
