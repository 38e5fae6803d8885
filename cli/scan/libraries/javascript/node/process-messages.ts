/**
 * Messages from a page to its surrounding program: Electron 28 to 39, extensions of VS Code 1.90. An injected script can
 * send anything. Paths and addresses are mostly the purpose of such a program, so only code execution counts.
 * Documentation: https://www.electronjs.org/docs/latest/tutorial/security,
 * https://code.visualstudio.com/api/extension-guides/webview
 */

import type { Models } from '../../../models/model.ts';
import type { SinkId } from '../../../sinks/sink-kinds.ts';

const messages = 'Member[ipcMain].Member[on,once,handle,handleOnce].Argument[1].Parameter[1..]';
const webview = 'Member[onDidReceiveMessage].Argument[0].Parameter[0]';
const asMeant: readonly SinkId[] = [
  'path',
  'ssrf',
  'sql',
  'nosql',
  'log',
  'argument',
  'regex',
  'redos',
  'xss',
  'link',
  'mass-assignment',
  'prototype',
  'upload',
  'reflection',
  'deserialize',
];

/**
 * Matches the names of sources that are messages from the program's own pages, such as an Electron window. To control such
 * a message, an attacker must first inject a script into a page.
 */
export const ofOwnPages: RegExp = /^(?:electron\.ipcMain|vscode\.Webview)\./;

export const processMessages: Models = {
  language: 'javascript',
  types: [
    ['vscode.Webview', 'vscode', 'Member[window].Member[createWebviewPanel].ReturnValue.Member[webview]'],
    ['vscode.Webview', 'vscode', 'Member[WebviewView,WebviewPanel].Instance.Member[webview]'],
    ['vscode.Webview', 'vscode', 'Member[Webview].Instance'],
  ],
  sources: [
    ['electron', messages, 'remote'],
    ['vscode.Webview', webview, 'remote'],
  ],
  sanitizers: [
    ['electron', messages, asMeant.filter((kind) => kind !== 'link')],
    ['vscode.Webview', webview, asMeant],
  ],
};
