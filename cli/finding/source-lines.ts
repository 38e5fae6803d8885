/** One line of a file, from 1, without its line break. */
export type LineOf = (path: string, line: number) => string | undefined;

/** Lines of sources; each file is cut once. */
export function sourceLines(sources: (path: string) => string | undefined): LineOf {
  const files = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = files.get(path);
    if (!lines) {
      lines = sources(path)?.split(/\r\n|\n|\r/) ?? [];
      files.set(path, lines);
    }
    return lines[line - 1];
  };
}
