/** A small project whose lines say which places the audit is told of. */
export interface SiteCase {
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly lines: string[] }[];
}

/** `=== title` begins a case, `--- path` a file of it, and `//! kind state` or `#! kind state` ends a line with such a place. */
export function siteCasesIn(text: string): SiteCase[] {
  const cases: { title: string; files: { path: string; lines: string[] }[] }[] = [];
  for (const line of text.split('\n')) {
    const last = cases.at(-1);
    const [, title] = /^=== (.+)$/.exec(line) ?? [];
    const [, path] = /^--- (\S+)$/.exec(line) ?? [];
    if (title !== undefined) cases.push({ title, files: [] });
    else if (path !== undefined) last?.files.push({ path, lines: [] });
    else last?.files.at(-1)?.lines.push(line);
  }
  return cases;
}

/** Stands at the end of a line, and is taken out of the text that is scanned. */
export const siteMarker: RegExp = /\s*(?:\/\/|#)! ([a-z]+) ([a-z-]+)$/;
