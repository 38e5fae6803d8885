import {
  CodeActionKind,
  createConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { visible } from '../finding/visible.ts';
import type { LiveEngine } from '../scan/incremental/watch/live-engine.ts';
import { ScanMistake } from '../scan/scan-mistake.ts';
import { type ClientFeatures, clientFeatures } from './client-features.ts';
import { type CodeActionOptions, codeActionsOf, type FixData, resolveFix } from './code-action.ts';
import { diagnosticOf, source } from './diagnostic.ts';
import { pathOfUri, realPathOf, uriOfPath } from './document-path.ts';
import { areTouching, rangeOf } from './finding-range.ts';
import type { FixesFor } from './fix.ts';
import { hoverOf } from './hover.ts';
import { openWorkspace, type Workspace } from './workspace.ts';
import { createWorkspaces } from './workspaces.ts';

export interface LanguageServerOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly version: string;
  /** Called once, when a client has said hello. */
  readonly loadEngine: () => Promise<LiveEngine>;
  /** Whether a configuration in JavaScript is run: it is part of what is opened, and may be anyone's. */
  readonly allowConfigCode: boolean;
  readonly fixesFor: FixesFor;
  /** How long it is quiet before what was typed is scanned. */
  readonly quietMs: number;
  /** Where the page of a rule can be opened. */
  readonly pageUrl: (rule: string) => string | undefined;
}

/**
 * Serves findings to an editor by the Language Server Protocol 3.17: diagnostics of the open documents, as they are
 * typed, hover, and code actions. The process ends as the client says, or with it.
 */
export function startLanguageServer(options: LanguageServerOptions): void {
  const connection = createConnection(options.input, options.output);
  const documents = new TextDocuments(TextDocument);
  let features: ClientFeatures = clientFeatures({});
  let engine: Promise<LiveEngine> | undefined;
  let rules: LiveEngine['rules'] = [];
  const told = new Set<string>();

  const workspaces = createWorkspaces(async (folder) => {
    engine ??= options.loadEngine();
    const loaded = await engine;
    rules = loaded.rules;
    const workspace = await openWorkspace({
      folder,
      engine: loaded,
      documents: () => documentsBelow(folder),
      allowConfigCode: options.allowConfigCode,
      quietMs: options.quietMs,
      onScan: publish,
      onProblem: tell,
    });
    return workspace;
  }, tell);

  connection.onInitialize((params) => {
    features = clientFeatures(params.capabilities);
    const folders = foldersOf(params);
    connection.onInitialized(async () => {
      if (features.folders) {
        connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
          await Promise.all(removed.map(({ uri }) => workspaces.remove(uri)));
          await Promise.all(added.map(({ uri }) => workspaces.add(uri)));
          for (const { uri } of documents.all()) {
            if (workspaces.find(uri)) workspaces.find(uri)?.edited();
            else send(connection.sendDiagnostics({ uri, diagnostics: [] }));
          }
        });
      }
      await Promise.all(folders.map((uri) => workspaces.add(uri)));
    });
    return answer(options.version);
  });

  documents.onDidChangeContent(({ document }) => workspaces.find(document.uri)?.edited());
  documents.onDidClose(({ document }) => {
    send(connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));
    workspaces.find(document.uri)?.edited();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      const path = pathOfUri(uri);
      if (path !== undefined) workspaces.find(uri)?.changed([realPathOf(path)]);
    }
  });

  connection.onHover(({ textDocument, position }) => {
    const at = { start: position, end: position };
    const { document, workspace, path } = placed(textDocument.uri) ?? {};
    if (!document || workspace?.last?.versions.get(path ?? '') !== document.version) return null;
    const findings = workspace.last.findings.filter(
      ({ place }) => place.path === path && areTouching(rangeOf(place), at),
    );
    return hoverOf(findings, rules, features.hover) ?? null;
  });

  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const about = actionOptions(textDocument.uri);
    if (!about || !isWanted(context.only)) return [];
    const own = context.diagnostics.filter((one) => one.source === source);
    const shown = own.length > 0 ? own : diagnosticsOf(about).filter((one) => areTouching(one.range, range));
    return (await Promise.all(shown.map((diagnostic) => codeActionsOf(diagnostic, about)))).flat();
  });

  connection.onCodeActionResolve(async (action) => {
    const data = action.data as FixData | undefined;
    const about = data && actionOptions(data.uri);
    return data && about ? await resolveFix(action, data, about) : action;
  });

  connection.onShutdown(() => workspaces.close());
  documents.listen(connection);
  connection.listen();

  function documentsBelow(folder: string): ReadonlyMap<string, TextDocument> {
    const found = new Map<string, TextDocument>();
    for (const document of documents.all()) {
      const path = pathOfUri(document.uri);
      if (path !== undefined && workspaces.find(document.uri)?.folder === folder) {
        found.set(realPathOf(path), document);
      }
    }
    return found;
  }

  function placed(
    uri: string,
  ): { readonly document: TextDocument; readonly workspace: Workspace; readonly path: string } | undefined {
    const document = documents.get(uri);
    const workspace = workspaces.find(uri);
    const file = pathOfUri(uri);
    const path = file === undefined ? undefined : workspace?.pathOf(realPathOf(file));
    return document && workspace && path !== undefined ? { document, workspace, path } : undefined;
  }

  /** The address by which the client knows a file, if it has it open. */
  function uriOf(workspace: Workspace): (path: string) => string {
    const open = new Map([...documentsBelow(workspace.folder)].map(([file, { uri }]) => [file, uri]));
    return (path) => {
      const file = workspace.fileOf(path);
      return open.get(file) ?? uriOfPath(file);
    };
  }

  function actionOptions(uri: string): CodeActionOptions | undefined {
    const found = placed(uri);
    return (
      found && {
        ...found,
        rules: rules.map(({ id }) => id),
        fixesFor: options.fixesFor,
        documentAt: (of) => documents.get(of),
        uriOf: uriOf(found.workspace),
        can: features,
      }
    );
  }

  function diagnosticsOf({ workspace, path }: Pick<CodeActionOptions, 'workspace' | 'path'>): Diagnostic[] {
    const { last } = workspace;
    if (!last) return [];
    const rest = { uriOf: uriOf(workspace), pageUrl: options.pageUrl, shows: features };
    return last.findings
      .filter(({ place }) => place.path === path)
      .map((finding) =>
        diagnosticOf(finding, { ...rest, fingerprint: last.fingerprints.get(finding) ?? '' }),
      );
  }

  function publish(workspace: Workspace): void {
    told.clear();
    for (const [file, { uri, version }] of documentsBelow(workspace.folder)) {
      const path = workspace.pathOf(file);
      // A document that was edited since is scanned again soon.
      if (path === undefined || workspace.last?.versions.get(path) !== version) continue;
      send(connection.sendDiagnostics({ uri, version, diagnostics: diagnosticsOf({ workspace, path }) }));
    }
  }

  /** Says what is wrong, once, until something has gone well. */
  function tell(problem: unknown): void {
    const text = problemText(problem);
    if (told.has(text)) return;
    told.add(text);
    // Not `connection.window`, which sends a request: a client that cannot answer it would end this process.
    send(
      connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message: text }),
    );
  }
}

/** What cannot be sent has nobody who waits for it: the client has gone. */
function send(sent: Promise<void>): void {
  sent.catch(() => undefined);
}

function answer(version: string): InitializeResult {
  return {
    serverInfo: { name: 'bulwark', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [uriOfPath(rootPath)] : [];
}

/** Kinds are asked for by their start: `quickfix`, or all. */
function isWanted(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix);
}

function problemText(problem: unknown): string {
  if (problem instanceof ScanMistake) return `bulwark: ${visible(problem.message)} ${visible(problem.fix)}`;
  return `bulwark: ${visible(problem instanceof Error ? problem.message : String(problem))}`;
}
