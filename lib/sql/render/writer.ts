import type { Dialect } from '../dialect/dialect.ts';
import type { BoundValue } from '../value/sql-value.ts';

/** Puts a statement together: text, and a placeholder for each value. */
export interface Writer {
  text(text: string): void;
  value(value: BoundValue, as: 'value' | 'pattern' | 'json'): void;
  name(path: readonly string[]): void;
  /** What comes next is another piece: no token may grow out of the end of one and the start of the other. */
  separate(): void;
  written(): { text: string; values: BoundValue[] };
}

// The white space of SQL. That of JavaScript has U+00A0 in it, which is a letter of names there.
const spaceOrOpen = /[ \t\n\r\f(,]/;
const spaceOrClose = /^[ \t\n\r\f),]/;

export function createWriter(dialect: Dialect): Writer {
  let out = '';
  /** Kept apart, because reading the end of a string that is being built would copy all of it. */
  let end = '';
  let apart = false;
  let afterPlaceholder = false;
  const values: BoundValue[] = [];

  function text(more: string): void {
    if (more === '') return;
    if (apart && end !== '' && !spaceOrOpen.test(end) && !spaceOrClose.test(more)) out += ' ';
    apart = false;
    afterPlaceholder = false;
    out += more;
    end = more.slice(-1);
  }

  return {
    text,
    // The lexer keeps words and digits away from holes; only two placeholders can meet.
    value(value, as) {
      values.push(value);
      apart ||= afterPlaceholder;
      text(dialect.placeholder(values.length, as));
      afterPlaceholder = true;
    },
    name(path) {
      apart = true;
      text(path.map(dialect.quoteName).join('.'));
      apart = true;
    },
    separate() {
      apart = true;
    },
    written: () => ({ text: out, values }),
  };
}
