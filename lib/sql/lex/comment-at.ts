import type { LexRules } from './rules.ts';
import type { Token, TokenStyle } from './token.ts';

/** The comment that starts here, or undefined. `executable` tells whether one that is run is open. */
export function commentAt(text: string, at: number, rules: LexRules, executable: boolean): Token | undefined {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case hash:
      return rules.hashComments ? line(text, at, rules) : undefined;
    case dash:
      return next === dash && opensLine(text, at + 2, rules) ? line(text, at, rules) : undefined;
    case star:
      return executable && next === slash ? comment('executable', at, at + 2, true) : undefined;
    default:
      return next === star ? block(text, at, rules) : undefined;
  }
}

function opensLine(text: string, behind: number, rules: LexRules): boolean {
  if (!rules.dashesNeedSpace || behind >= text.length) return true;
  const code = text.charCodeAt(behind);
  return code <= 32 || code === 127;
}

function line(text: string, start: number, rules: LexRules): Token {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 13 && rules.lineEnds.includes(text.charAt(at))) return comment('line', start, at, true);
  }
  return comment('line', start, text.length, false);
}

function block(text: string, start: number, rules: LexRules): Token {
  if (rules.executableComments) {
    opener.lastIndex = start;
    if (opener.test(text)) return comment('executable', start, opener.lastIndex, true);
  }
  const close = rules.nestedComments ? nestedEnd(text, start + 2) : text.indexOf('*/', start + 2);
  const style = rules.executableComments && text.charAt(start + 2) === '+' ? 'hint' : 'block';
  return comment(style, start, close === -1 ? text.length : close + 2, close !== -1);
}

/** Where the closer stands, or -1. */
function nestedEnd(text: string, start: number): number {
  let open = 1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === slash && text.charCodeAt(at + 1) === star) open++;
    else if (code === star && text.charCodeAt(at + 1) === slash) open--;
    else continue;
    if (open === 0) return at;
    at++;
  }
  return -1;
}

function comment(style: TokenStyle, start: number, end: number, closed: boolean): Token {
  return { kind: 'comment', style, start, end, closed };
}

/** With the version from which on its content is run. */
const opener = /\/\*M?!\d{0,6}/y;
const hash = 35;
const star = 42;
const dash = 45;
const slash = 47;
