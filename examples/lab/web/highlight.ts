import Prism from 'prismjs';
import 'prismjs/components/prism-typescript.js';

/** A piece of a line, with the kind of token that it is, such as `keyword`. */
export interface CodePiece {
  readonly text: string;
  readonly kind: string;
}

export type CodeLine = readonly CodePiece[];

/** Splits code into lines of tokens. */
export function highlight(code: string, language: 'javascript' | 'typescript'): readonly CodeLine[] {
  const lines: CodePiece[][] = [[]];
  const add = (text: string, kind: string): void => {
    text.split('\n').forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part) lines.at(-1)?.push({ text: part, kind });
    });
  };
  const walk = (tokens: Prism.TokenStream, kind: string): void => {
    if (typeof tokens === 'string') add(tokens, kind);
    else if (Array.isArray(tokens)) for (const token of tokens) walk(token, kind);
    else walk(tokens.content, kinds.has(tokens.type) ? tokens.type : kind);
  };
  walk(Prism.tokenize(code, Prism.languages[language] ?? {}), 'plain');
  return lines;
}

/** The kinds that have a colour of their own. */
const kinds: ReadonlySet<string> = new Set(
  'keyword string template-string function comment number punctuation operator interpolation'.split(' '),
);
