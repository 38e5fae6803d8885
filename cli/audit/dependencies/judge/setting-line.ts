import type { Subject } from '../../subject/subject.ts';

const mostLines = 20_000;

/** The last line of a file that matches, with what its first group holds, without quotes; undefined if there is none. */
export function settingLine(
  subject: Subject,
  path: string,
  pattern: RegExp,
):
  | {
      readonly value: string;
      readonly evidence: { readonly text: string; readonly path: string; readonly line: number };
    }
  | undefined {
  const lines = (subject.read(path) ?? '').split(/\r?\n/, mostLines);
  for (let at = lines.length - 1; at >= 0; at--) {
    const text = (lines[at] ?? '').slice(0, 1000);
    const found = pattern.exec(text);
    if (found)
      return {
        value: (found[1] ?? '').replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2'),
        evidence: { text: text.trim(), path, line: at + 1 },
      };
  }
  return undefined;
}
