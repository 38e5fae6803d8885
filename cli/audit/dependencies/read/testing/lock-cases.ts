/** The files of a small project, and how its package manager lists it. */
export interface LockCase {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Reads cases: `=== title` begins one, `--- path` a file of it. */
export function readLockCases(text: string): readonly LockCase[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...files] = part.split(/^--- (?=\S)/m);
      return {
        title: title.trim(),
        files: Object.fromEntries(
          files.map((file) => {
            const end = file.indexOf('\n');
            return [file.slice(0, end).trim(), `${file.slice(end + 1).trimEnd()}\n`];
          }),
        ),
      };
    });
}
