import type { Token } from 'parse5';
import type { MisuseCode } from '../../refusal/codes.ts';

/** Thrown while a template is read, for static content that ends up somewhere else than it seems to. */
export class Moved {
  readonly offset: number;
  readonly fix: string;
  readonly code: MisuseCode;

  constructor({ location }: Token.Token, fix: string, code: MisuseCode = 'html/misplaced-content') {
    this.offset = location?.startOffset ?? 0;
    this.fix = fix;
    this.code = code;
  }
}

export const outOfTable = (what: string, table: string): string =>
  `A parser moves ${what} out of <${table}>, to in front of the table. Put it into a <td>, <th> or <caption>.`;

export const endedHead = 'The <head> ended in front of the first text or element that is no metadata.';

export const latePolicy =
  'A Content-Security-Policy counts only in the <head>: put it in front of what opens the body.';

export const mixedTemplate = (name: string): string =>
  `A <template> that starts with a part of a table holds nothing else: take out ${name === 'text' ? 'the text' : `<${name}>`}.`;

export const reopened = (name: string): string =>
  `Close <${name}> within the element that it was opened in: text opens it again.`;

/** Deeper than any page is, and no depth that costs time. */
export const maxDepth = 512;
export const tooDeep: string = `Nest at most ${maxDepth} elements.`;
