/** What rules ask of Electron 20 to 39. Documentation: https://www.electronjs.org/docs/latest/tutorial/security */
import type { Models } from '../../models/model.ts';

export const electronWindows: Models = {
  language: 'javascript',
  types: [
    ['use.ElectronWindow', 'electron', 'Member[BrowserWindow,BrowserView,WebContentsView]'],
    ['use.ElectronWindow', 'electron/main', 'Member[BrowserWindow,BrowserView,WebContentsView]'],
    ['use.ElectronWindow', 'electron', 'Member[remote].Member[BrowserWindow,BrowserView]'],
    ['use.ElectronWindow', '@electron/remote', 'Member[BrowserWindow,BrowserView]'],
    ['use.ElectronSwitch', 'electron', 'Member[app].Member[commandLine].Member[appendSwitch]'],
    ['use.ElectronSwitch', 'electron/main', 'Member[app].Member[commandLine].Member[appendSwitch]'],
    ['use.ElectronArgument', 'electron', 'Member[app].Member[commandLine].Member[appendArgument]'],
    ['use.ElectronSession', 'electron', 'Member[session].Member[defaultSession]'],
    ['use.ElectronSession', 'electron', 'Member[session].Member[fromPartition].ReturnValue'],
    ['use.ElectronSession', 'use.ElectronWindow', 'Instance.Member[webContents].Member[session]'],
    ['use.ElectronPermission', 'use.ElectronSession', 'Member[setPermissionRequestHandler]'],
  ],
};
