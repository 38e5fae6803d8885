import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type ShowMessageParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** An editor, as far as the server can tell. */
export interface Client {
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly messages: readonly string[];
  initialize(folders: readonly string[]): Promise<InitializeResult>;
  open(file: string, version: number, text: string): Promise<void>;
  /** Replaces the whole text. */
  edit(file: string, version: number, text: string): Promise<void>;
  close(file: string): Promise<void>;
  /** The diagnostics of a version of a file, once they are there; of a closed one without a version. */
  diagnostics(file: string, version: number | undefined): Promise<Diagnostic[]>;
  hover(file: string, line: number, character: number): Promise<string>;
  actions(file: string, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]>;
  /** Says good-bye, and gives the exit code. */
  end(): Promise<number | null>;
}

const everything: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
  workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true } },
};

export function startClient(program: URL, capabilities: ClientCapabilities = everything): Client {
  const server = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(program), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const messages: string[] = [];
  let onPublish = (): void => undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    onPublish();
  });
  connection.onNotification('window/showMessage', ({ message }: ShowMessageParams) => {
    messages.push(message);
  });
  connection.listen();

  return {
    server,
    connection,
    messages,
    async initialize(folders) {
      const workspaceFolders = folders.map((folder) => ({ uri: uriOf(folder), name: folder }));
      const rootUri = workspaceFolders[0]?.uri ?? null;
      const result = await connection.sendRequest<InitializeResult>('initialize', {
        processId: process.pid,
        rootUri,
        workspaceFolders,
        capabilities,
      });
      await connection.sendNotification('initialized', {});
      return result;
    },
    async open(file, version, text) {
      const textDocument = { uri: uriOf(file), languageId: 'any', version, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    async edit(file, version, text) {
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(file), version },
        contentChanges: [{ text }],
      });
    },
    async close(file) {
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(file) } });
    },
    async diagnostics(file, version) {
      for (;;) {
        const last = published.findLast(({ uri }) => uri === uriOf(file));
        if (last && last.version === version) return last.diagnostics;
        await new Promise<void>((resolve) => {
          onPublish = resolve;
        });
      }
    },
    async hover(file, line, character) {
      const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: uriOf(file) },
        position: { line, character },
      });
      return hover === null ? '' : (hover.contents as { value: string }).value;
    },
    async actions(file, diagnostics) {
      return await connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uriOf(file) },
        range: diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics },
      });
    },
    async end() {
      const exited = once(server, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const [code] = await exited;
      connection.dispose();
      return code;
    },
  };
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
