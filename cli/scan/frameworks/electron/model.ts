/** Electron 28 to 39. Documentation: https://www.electronjs.org/docs/latest/tutorial/security */

import type { Models } from '../../models/model.ts';
import type { SinkId } from '../../sinks/sink-kinds.ts';

const listened = 'Member[on,once,addListener].Argument[1].Parameter[1]';

/**
 * For each Electron type, the names of the events that bring untrusted data: URLs or arguments from a page, or from a link
 * with the program's own protocol.
 */
export const electronEvents: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['electron.App', new Set(['open-url', 'second-instance'])],
  ['electron.Contents', new Set(['will-navigate', 'will-redirect', 'new-window'])],
]);

/** Programs open files and addresses that their user has chosen. */
const asMeant: readonly SinkId[] = ['path', 'ssrf', 'log', 'argument', 'regex', 'redos', 'quadratic', 'xss'];

export const electron: Models = {
  language: 'javascript',
  types: [
    ['electron.Window', 'electron', 'Member[BrowserWindow,BrowserView,WebContentsView].Instance'],
    ['electron.Contents', 'electron.Window', 'Member[webContents]'],
    ['electron.Contents', 'electron', 'Member[WebContents].Instance'],
    ['electron.App', 'electron', 'Member[app]'],
    ['electron.App', 'electron/main', 'Member[app]'],
    // `web-contents-created`
    ['electron.Contents', 'electron.App', listened],
  ],
  sources: [
    ['electron.App', listened, 'remote'],
    ['electron.Contents', listened, 'remote'],
    [
      'electron.Contents',
      'Member[setWindowOpenHandler].Argument[0].Parameter[0].Member[url,referrer]',
      'remote',
    ],
  ],
  sanitizers: [
    ['electron.App', listened, asMeant],
    ['electron.Contents', listened, asMeant],
  ],
  sinks: [
    // The scheme of an address decides which program the system opens.
    ['electron', 'Member[shell].Member[openExternal].Argument[0]', 'link'],
    ['electron', 'Member[shell].Member[openPath,showItemInFolder,trashItem].Argument[0]', 'path'],
    ['electron.Window', 'Member[loadURL].Argument[0]', 'redirect'],
    ['electron.Window', 'Member[loadFile].Argument[0]', 'path'],
    ['electron.Contents', 'Member[loadURL].Argument[0]', 'redirect'],
    ['electron.Contents', 'Member[executeJavaScript].Argument[0]', 'code'],
    ['electron', 'Member[webFrame].Member[executeJavaScript].Argument[0]', 'code'],
  ],
};
