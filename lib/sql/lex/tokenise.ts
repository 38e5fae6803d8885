import { commentAt } from './comment-at.ts';
import type { LexRules, QuoteRule } from './rules.ts';
import type { Token, TokenKind } from './token.ts';

/**
 * The tokens of an SQL text, as the database's own scanner finds them. It takes any text, throws nothing, and needs time
 * and memory in proportion to the text's length. Two literals that the database reads as one, and an operator of
 * several characters, are a token each part. A NUL is a hole; a server may take it for the end of the text.
 *
 * @example
 * ```ts
 * import { rulesFor } from '../sql/lex/rules.ts';
 * import { tokenise } from '../sql/lex/tokenise.ts';
 *
 * const tokens = tokenise("a = 'it''s' -- so", rulesFor('postgres'));
 * console.log(tokens.map((token) => token.kind).join(' ')); // word operator literal comment
 * ```
 */
export function tokenise(text: string, rules: LexRules): readonly Token[] {
  const tokens: Token[] = [];
  /** The last literal, while nothing but white space and line comments stands behind it. */
  let literal: Literal | undefined;
  let found: Literal | undefined;
  /** The token that opened the comment that is being run, or -1. */
  let executable = -1;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const code = text.charCodeAt(at);
    if (char === ' ' || ((code < 32 || code === bom) && rules.space.includes(char))) {
      at++;
      continue;
    }
    const token = read(char, code);
    tokens.push(token);
    if (token.style === 'executable') executable = char === '/' ? tokens.length - 1 : -1;
    if (token.style !== 'line') literal = found;
    found = undefined;
    at = token.end;
  }
  const opener = tokens[executable];
  if (opener) tokens[executable] = { ...opener, closed: false };
  return tokens;

  function read(char: string, code: number): Token {
    if (isDigit(code)) {
      const end = matched(rules.number);
      return end > at ? plain('number', end) : word();
    }
    if (isWordPart(code) && (code !== dollar || rules.looseWords)) return word();
    switch (char) {
      case '\0':
        return plain('hole', at + 1);
      case ';':
        return plain('separator', at + 1);
      case '-':
      case '/':
      case '#':
      case '*': {
        const comment = commentAt(text, at, rules, executable !== -1);
        if (comment) return comment;
        break;
      }
      default:
    }
    const quote = rules.quotes.get(char);
    if (quote) return quoted(at, at, continued(quote) ?? quote);
    if (char === '.') {
      const end = matched(rules.number);
      if (end > at) return plain('number', end);
    }
    if (char === '$' && rules.dollarTag) {
      const end = matched(rules.dollarTag);
      if (end > at) return dollarQuoted(end);
    }
    if (rules.placeholder && placeholderStarts.includes(char)) {
      const end = matched(rules.placeholder);
      if (end > at) return plain('placeholder', end);
    }
    return plain(operators.includes(char) ? 'operator' : 'unknown', at + 1);
  }

  function word(): Token {
    let end = at + 1;
    while (end < text.length && isWordPart(text.charCodeAt(end))) end++;
    const length = end - at;
    if (isDigit(text.charCodeAt(at)))
      return plain(numeric.test(text.slice(at, end)) ? 'number' : 'word', end);
    if (length > 1 || rules.prefixes.size === 0) return plain('word', end);
    if (at > 0 && rules.namesBehind.includes(text.charAt(at - 1))) return plain('word', end);
    const open = text.charAt(end) === '&' ? end + 1 : end;
    const rule = rules.prefixes.get(text.slice(at, open + 1).toLowerCase());
    return rule ? quoted(at, open, rule) : plain('word', end);
  }

  /** The rule of the literal that one here is more of. */
  function continued(quote: QuoteRule): QuoteRule | undefined {
    if (!literal || !rules.continues || quote.close !== "'") return undefined;
    return /[\n\r]/.test(text.slice(literal.end, at)) ? literal.rule : undefined;
  }

  function quoted(start: number, open: number, rule: QuoteRule): Token {
    const close = quoteEnd(text, open + 1, rule);
    const end = close === -1 ? text.length : close;
    if (rule.kind === 'literal') found = { rule, end };
    return { kind: rule.kind, style: rule.style, start, end, closed: close !== -1 };
  }

  function dollarQuoted(open: number): Token {
    // A search that fails ends the text, so that it happens once.
    const close = text.indexOf(text.slice(at, open), open);
    const end = close === -1 ? text.length : close + open - at;
    return { kind: 'literal', style: 'dollar', start: at, end, closed: close !== -1 };
  }

  function matched(pattern: RegExp): number {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : -1;
  }

  function plain(kind: TokenKind, end: number): Token {
    return { kind, style: undefined, start: at, end, closed: true };
  }
}

interface Literal {
  readonly rule: QuoteRule;
  readonly end: number;
}

/** The offset behind the closing character, or -1. */
function quoteEnd(text: string, start: number, rule: QuoteRule): number {
  if (rule.backslash) return escapedEnd(text, start, rule);
  for (let at = text.indexOf(rule.close, start); at !== -1; at = text.indexOf(rule.close, at + 2)) {
    if (!rule.doubled || text.charAt(at + 1) !== rule.close) return at + 1;
  }
  return -1;
}

function escapedEnd(text: string, start: number, rule: QuoteRule): number {
  const close = rule.close.charCodeAt(0);
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === close) {
      if (!rule.doubled || text.charCodeAt(at + 1) !== close) return at + 1;
      at++;
    }
  }
  return -1;
}

const dollar = 36;
const backslash = 92;
const bom = 0xfeff;
const placeholderStarts = '?$@:#';
const operators = '!%&()*+,-./:<=>?@[]^{|}~#$`"';
const numeric = /^(?:\d+(?:[eE]\d+)?|0[xX][\da-fA-F]+|0[bB][01]+)$/;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordPart(code: number): boolean {
  // Letters are told by their lower case.
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || isDigit(code) || code === 95 || code === dollar || code > 127;
}
