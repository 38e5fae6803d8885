import type { TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../finding/finding.ts';

/** A change of the code after which a finding is gone. */
export interface Fix {
  /** `Use the sql tag`, as an editor offers it. */
  readonly title: string;
  /** The new texts of the files that change, by path; `undefined` if it turns out not to hold. Asked once it is chosen. */
  readonly texts: () => Promise<ReadonlyMap<string, string> | undefined>;
}

export interface FixContext {
  /** The texts that were scanned. */
  readonly sources: (path: string) => string | undefined;
  /** The findings of the project where files have these texts instead. */
  readonly rescan: (texts: ReadonlyMap<string, string>) => Promise<readonly Finding[]>;
}

/** What can be done about a finding. Quick: editors ask whenever the cursor moves. */
export type FixesFor = (finding: Finding, context: FixContext) => readonly Fix[];

/** The one edit that makes a document's text another one, without what both begin and end with. */
export function editTo(document: TextDocument, after: string): TextEdit {
  const before = document.getText();
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const range = { start: document.positionAt(start), end: document.positionAt(before.length - end) };
  return { range, newText: after.slice(start, after.length - end) };
}
