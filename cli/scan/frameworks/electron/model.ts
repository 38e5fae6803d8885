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

/** Functions that answer the requests of a page for addresses with a scheme of the program. */
const register = 'registerFileProtocol,registerStringProtocol,registerBufferProtocol,registerStreamProtocol';
const asked = 'Argument[1].Parameter[0].Member[url]';
/** A program passes on such requests to its own service, and writes down what it is asked for. */
const asAsked: readonly SinkId[] = ['ssrf', 'log', 'redirect', 'regex', 'redos', 'quadratic'];

export const electron: Models = {
  language: 'javascript',
  types: [
    ['electron.Window', 'electron', 'Member[BrowserWindow,BrowserView,WebContentsView].Instance'],
    ['electron.Contents', 'electron.Window', 'Member[webContents]'],
    ['electron.Contents', 'electron', 'Member[WebContents].Instance'],
    ['electron.App', 'electron', 'Member[app]'],
    ['electron.App', 'electron/main', 'Member[app]'],
    ['electron.Session', 'electron', 'Member[session].Member[defaultSession]'],
    ['electron.Session', 'electron', 'Member[session].Member[fromPartition,fromPath].ReturnValue'],
    ['electron.Session', 'electron.Contents', 'Member[session]'],
    ['electron.Protocol', 'electron', 'Member[protocol]'],
    ['electron.Protocol', 'electron/main', 'Member[protocol]'],
    ['electron.Protocol', 'electron.Session', 'Member[protocol]'],
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
    ['electron.Protocol', `Member[handle,${register}].${asked}`, 'remote'],
  ],
  sanitizers: [
    ['electron.Protocol', `Member[handle,${register}].${asked}`, asAsked],
    ['electron.App', listened, asMeant],
    ['electron.Contents', listened, asMeant],
  ],
  sinks: [
    // The function that takes the answer is told the path of a file.
    ['electron.Protocol', 'Member[registerFileProtocol].Argument[1].Parameter[1].Argument[0]', 'path'],
    [
      'electron.Protocol',
      'Member[registerFileProtocol].Argument[1].Parameter[1].Argument[0].Member[path]',
      'path',
    ],
    ['electron', 'Member[net].Member[fetch].Argument[0]', 'path', { at: 'Argument[0]', begins: ['file:'] }],
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
