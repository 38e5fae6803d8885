import { Misuse } from '../../refusal/misuse.ts';

export interface XpathToken {
  readonly kind: 'text' | 'number' | 'name' | 'sign' | 'hole' | 'end';
  readonly text: string;
}

const token =
  /\s+|"[^"]*"|'[^']*'|\d+(?:\.\d*)?|\.\d+|[\p{L}_][\p{L}\p{M}\p{N}_.-]*|\/\/|\.\.|::|!=|<=|>=|[/.:@[\](),|+\-=<>*]/uy;

/** The tokens of the literals, with a hole between each two. A value is never read as part of a token. */
export function readXpathTokens(strings: readonly string[]): XpathToken[] {
  const tokens: XpathToken[] = [];
  strings.forEach((literal, index) => {
    if (index > 0) tokens.push({ kind: 'hole', text: String(index - 1) });
    token.lastIndex = 0;
    while (token.lastIndex < literal.length) {
      const at = token.lastIndex;
      const found = token.exec(literal)?.[0];
      if (found === undefined) throw new Misuse('parse/invalid-xpath', whyNot(literal, at));
      if (!/^\s/.test(found)) tokens.push({ kind: kindOf(found), text: found });
    }
  });
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function whyNot(literal: string, at: number): string {
  const character = literal.charAt(at);
  if (character === '"' || character === "'") {
    return 'A quote is not closed. A value stands for itself: write it without quotes around it.';
  }
  if (character === '$') return 'A variable is a value of the template.';
  return `${JSON.stringify(character)} is not part of XPath.`;
}

function kindOf(found: string): XpathToken['kind'] {
  if (/^["']/.test(found)) return 'text';
  if (/^\.?\d/.test(found)) return 'number';
  return /^[\p{L}_]/u.test(found) ? 'name' : 'sign';
}
