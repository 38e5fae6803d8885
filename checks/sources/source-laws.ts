/** At most so many lines a file; what is longer holds more than one concept. Tables of data are apart. */
export const longest = 300;

/** What no source may hold: a byte that an editor or a terminal could show as something else (CVE-2021-42574). */
export function foreignBytes(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = line.search(/[^\x20-\x7e]/);
    if (at === -1) return [];
    const code = (line.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return [`${index + 1}:${at + 1}: U+${code}`];
  });
}

export function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
