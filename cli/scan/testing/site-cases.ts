/** A small project whose lines are marked with the sites that an audit must list. */
export interface SiteCase {
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly lines: string[] }[];
}

/**
 * Parses cases: `=== title` starts a case, `--- path` a file in it, and `//! kind state` or `#! kind state` at the end of a line
 * marks a site.
 */
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

/** Matches a marker at the end of a line. It is removed from the scanned text. */
export const siteMarker: RegExp = /\s*(?:\/\/|#)! ([a-z]+) ([a-z-]+)$/;
