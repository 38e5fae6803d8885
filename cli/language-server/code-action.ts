import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../finding/finding.ts';
import type { DiagnosticData } from './diagnostic.ts';
import { placeOf } from './finding-range.ts';
import { editTo, type Fix, type FixesFor } from './fix.ts';
import { suppressionEdit } from './suppression-edit.ts';
import type { LastScan, Workspace } from './workspace.ts';

export interface CodeActionOptions {
  readonly workspace: Workspace;
  /** The path of the document in reports. */
  readonly path: string;
  readonly document: TextDocument;
  readonly rules: readonly string[];
  readonly fixesFor: FixesFor;
  /** An open document. */
  readonly documentAt: (uri: string) => TextDocument | undefined;
  readonly uriOf: (path: string) => string;
  /** What the client can do: ask for the edit once an action is chosen, and check versions of documents. */
  readonly can: { readonly resolve: boolean; readonly versions: boolean };
}

/** What finds a fix again, once it is chosen. */
export interface FixData extends DiagnosticData {
  readonly uri: string;
  readonly version: number;
  readonly index: number;
}

/** What can be done about one diagnostic: its fixes first, then the comment that hides it. */
export async function codeActionsOf(
  diagnostic: Diagnostic,
  options: CodeActionOptions,
): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const [index, fix] of fixesOf(diagnostic.data, options).entries()) {
    const action: CodeAction = {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: index === 0,
    };
    const { uri, version } = options.document;
    const { fingerprint } = diagnostic.data as DiagnosticData;
    const data: FixData = { uri, version, fingerprint, index };
    if (options.can.resolve) actions.push({ ...action, data });
    else actions.push(await withEdit(action, fix, options));
  }
  const suppression = await suppressionOf(diagnostic, options);
  return suppression ? [...actions, suppression] : actions;
}

/** The action with its edit; without one where the document has moved on, or the fix does not hold. */
export async function resolveFix(
  action: CodeAction,
  data: FixData,
  options: CodeActionOptions,
): Promise<CodeAction> {
  if (options.document.version !== data.version) return action;
  const fix = fixesOf(data, options)[data.index];
  return fix ? await withEdit(action, fix, options) : action;
}

/** The finding of a diagnostic, if it is one of the text of now. */
function findingOf(data: unknown, last: LastScan | undefined): Finding | undefined {
  const { fingerprint } = (data ?? {}) as Partial<DiagnosticData>;
  return last?.findings.find((finding) => last.fingerprints.get(finding) === fingerprint);
}

function fixesOf(data: unknown, { workspace, path, document, fixesFor }: CodeActionOptions): readonly Fix[] {
  const { last } = workspace;
  const finding = findingOf(data, last);
  if (!last || !finding || last.versions.get(path) !== document.version) return [];
  return fixesFor(finding, { sources: last.texts, rescan: workspace.rescan });
}

async function withEdit(action: CodeAction, fix: Fix, options: CodeActionOptions): Promise<CodeAction> {
  const texts = await fix.texts();
  if (!texts) return action;
  const edits = [...texts].map(([path, text]): DocumentEdits => {
    const uri = options.uriOf(path);
    const open = options.documentAt(uri);
    const before = open ?? TextDocument.create(uri, '', 0, options.workspace.last?.texts(path) ?? '');
    return { uri, version: open ? open.version : null, edits: [editTo(before, text)] };
  });
  return { ...action, edit: workspaceEdit(edits, options.can.versions) };
}

async function suppressionOf(
  diagnostic: Diagnostic,
  { document, path, rules, can }: CodeActionOptions,
): Promise<CodeAction | undefined> {
  const rule = String(diagnostic.code);
  if (rule.startsWith('scan/') || !rules.includes(rule)) return undefined;
  const place = placeOf(path, diagnostic.range);
  const inserted = await suppressionEdit({ text: document.getText(), place, rule, rules });
  if (!inserted) return undefined;
  const at = { line: inserted.line, character: 0 };
  const edits = [{ range: { start: at, end: at }, newText: inserted.text }];
  const { uri, version } = document;
  return {
    title: `Suppress ${rule} here with a reason`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: workspaceEdit([{ uri, version, edits }], can.versions),
  };
}

interface DocumentEdits {
  readonly uri: string;
  /** `null` for a document that is not open. */
  readonly version: number | null;
  readonly edits: TextEdit[];
}

function workspaceEdit(documents: readonly DocumentEdits[], hasVersions: boolean): WorkspaceEdit {
  if (!hasVersions) return { changes: Object.fromEntries(documents.map(({ uri, edits }) => [uri, edits])) };
  return {
    documentChanges: documents.map(
      ({ uri, version, edits }): TextDocumentEdit => ({ textDocument: { uri, version }, edits }),
    ),
  };
}
