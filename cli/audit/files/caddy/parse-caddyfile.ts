/** A line of a Caddyfile, with the block that it opens. */
export interface CaddyLine {
  readonly words: readonly string[];
  readonly path: string;
  readonly line: number;
  readonly block?: readonly CaddyLine[];
}

export interface ParsedCaddyfile {
  readonly lines: readonly CaddyLine[];
  readonly problem?: string;
}

const maxLines = 20_000;
const maxDepth = 30;

/** Reads a Caddyfile. What is malformed is a problem, never an exception. */
export function parseCaddyfile(text: string, path: string): ParsedCaddyfile {
  const open: {
    readonly head: { readonly words: readonly string[]; readonly line: number } | undefined;
    readonly lines: CaddyLine[];
  }[] = [{ head: undefined, lines: [] }];
  for (const { words, line } of wordLines(text)) {
    const last = words.at(-1);
    if (last === '{') {
      if (open.length > maxDepth) return { lines: [], problem: 'is nested too deeply' };
      open.push({ head: { words: words.slice(0, -1), line }, lines: [] });
    } else if (words.length === 1 && last === '}') {
      const closed = open.pop();
      if (closed?.head === undefined) return { lines: [], problem: 'has a brace at a wrong place' };
      open.at(-1)?.lines.push({ ...closed.head, path, block: closed.lines });
    } else {
      open.at(-1)?.lines.push({ words, path, line });
    }
  }
  const [top] = open;
  if (open.length !== 1 || top === undefined) return { lines: [], problem: 'ends within a block' };
  return { lines: top.lines };
}

interface WordLine {
  readonly words: readonly string[];
  readonly line: number;
}

function wordLines(text: string): readonly WordLine[] {
  const found: WordLine[] = [];
  let words: string[] = [];
  let line = 1;
  let start = 1;
  let at = 0;
  const end = (): void => {
    if (words.length > 0) found.push({ words, line: start });
    words = [];
  };
  while (at < text.length && found.length < maxLines) {
    const char = text.charAt(at);
    if (char === '\n') {
      // A comma at the end of the line goes on with the addresses of the next.
      if (words.at(-1)?.endsWith(',') !== true) end();
      line++;
      at++;
    } else if (char === '\\' && text.charAt(at + 1) === '\n') {
      line++;
      at += 2;
    } else if (/\s/.test(char)) {
      at++;
    } else if (char === '#') {
      const next = text.indexOf('\n', at);
      at = next < 0 ? text.length : next;
    } else {
      if (words.length === 0) start = line;
      const [word, next] = wordAt(text, at);
      line += text.slice(at, next).split('\n').length - 1;
      words.push(word);
      at = next;
    }
  }
  end();
  return found;
}

function wordAt(text: string, from: number): readonly [word: string, next: number] {
  const quote = text.charAt(from);
  if (quote === '"' || quote === '`') {
    let word = '';
    for (let at = from + 1; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === quote) return [word, at + 1];
      if (quote === '"' && char === '\\' && text.charAt(at + 1) === '"') word += text.charAt(++at);
      else word += char;
    }
    return [word, text.length];
  }
  const [word = quote] = /^\S+/.exec(text.slice(from, from + 2000)) ?? [];
  return [word, from + word.length];
}
