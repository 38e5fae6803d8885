export interface Fence {
  /** The file it stands in, relative to the repository. */
  readonly file: string;
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
}

/** The ```ts fences of a page, or of the comments of a source file. Others (```text, ```sh) are not compiled. */
export function fencesIn(file: string, text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; indent: string; code: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const start = /^(\s*(?:\* ?)?)```ts\s*$/.exec(line);
    if (open === undefined) {
      if (start) open = { line: index + 2, indent: start[1] ?? '', code: [] };
    } else if (/^\s*(?:\* ?)?```\s*$/.test(line)) {
      fences.push({ file, line: open.line, code: open.code.join('\n') });
      open = undefined;
    } else {
      open.code.push(
        line.startsWith(open.indent) ? line.slice(open.indent.length) : line.replace(/^\s*\* ?/, ''),
      );
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line} opens a fence that nothing closes.`);
  return fences;
}
