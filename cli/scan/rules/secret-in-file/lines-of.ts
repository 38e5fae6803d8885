/** A line of a file, with its offset in the file. */
export interface NamedLine {
  readonly text: string;
  readonly at: number;
}

/** A longer line has no single value. */
const longest = 2000;

/**
 * The lines that may have a name and a value. Leaves out empty lines, comments, and lines that are too long for a single
 * value.
 */
export function* linesOf(text: string): Generator<NamedLine> {
  let at = 0;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    if (end - at <= longest) {
      const line = text.slice(at, end).trimEnd();
      if (line !== '' && !/^\s*(?:[#;!]|\/\/\s|--\s|REM\s)/.test(line)) yield { text: line, at };
    }
    at = end + 1;
  }
}
