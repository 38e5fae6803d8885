/** Electron 28 to 39. Documentation: https://www.electronjs.org/docs/latest/tutorial/security */
import type { Models } from '../../model.ts';

export const electron: Models = {
  language: 'javascript',
  types: [
    ['electron.Window', 'electron', 'Member[BrowserWindow,BrowserView,WebContentsView].Instance'],
    ['electron.Contents', 'electron.Window', 'Member[webContents]'],
    ['electron.Contents', 'electron', 'Member[WebContents].Instance'],
  ],
  sinks: [
    // What the system opens is picked by the beginning of the address.
    ['electron', 'Member[shell].Member[openExternal].Argument[0]', 'redirect'],
    ['electron', 'Member[shell].Member[openPath,showItemInFolder,trashItem].Argument[0]', 'path'],
    ['electron.Window', 'Member[loadURL].Argument[0]', 'redirect'],
    ['electron.Window', 'Member[loadFile].Argument[0]', 'path'],
    ['electron.Contents', 'Member[loadURL].Argument[0]', 'redirect'],
    ['electron.Contents', 'Member[executeJavaScript].Argument[0]', 'code'],
    ['electron', 'Member[webFrame].Member[executeJavaScript].Argument[0]', 'code'],
  ],
};
