/**
 * unzipper 0.10 and 0.12, adm-zip 0.5, jszip 3.8, tar-stream 3, unzip, decompress, @zip.js/zip.js 2: names of entries.
 * Not tar, and yauzl only if it does not decode names: both reject names that leave the folder. Documentation: the
 * README of each.
 */
import type { Models } from '../../../models/model.ts';

export const archives: Models = {
  language: 'javascript',
  types: [
    [
      'archive.Entry',
      'unzipper',
      'Member[Parse,ParseOne].ReturnValue.Member[on,once].Argument[1].Parameter[0]',
    ],
    // `for await (const entry of stream)`
    ['archive.Entry', 'unzipper', 'Member[Parse].ReturnValue.Member[__element__]'],
    ['archive.Entry', 'tar-stream', 'Member[extract].ReturnValue.Member[__element__].Member[header]'],
    ['archive.Entry', 'unzip', 'Member[Parse].ReturnValue.Member[on].Argument[1].Parameter[0]'],
    [
      'archive.Entry',
      'unzipper',
      'Member[Open].Member[file,buffer,url,s3,custom].ReturnValue.Member[files].AnyMember',
    ],
    ['archive.Entry', 'unzipper', 'Member[Entry].Instance'],
    ['archive.Entry', 'archive.AdmZip', 'Member[getEntries].ReturnValue.AnyMember'],
    ['archive.Entry', 'archive.AdmZip', 'Member[getEntry].ReturnValue'],
    ['archive.Entry', 'archive.AdmZip', 'Member[forEach].Argument[0].Parameter[0]'],
    ['archive.Entry', 'tar-stream', 'Member[extract].ReturnValue.Member[on].Argument[1].Parameter[0]'],
    ['archive.JsEntry', 'archive.JsZip', 'Member[files].AnyMember'],
    ['archive.JsEntry', 'archive.JsZip', 'Member[file].ReturnValue'],
    ['archive.JsEntry', 'archive.JsZip', 'Member[forEach].Argument[0].Parameter[1]'],
    [
      'archive.RawEntry',
      'yauzl',
      'Member[open,fromBuffer,fromFd].Argument[1,2].Parameter[1].Member[on,once].Argument[1].Parameter[0]',
    ],
    [
      'archive.ZipJsEntry',
      '@zip.js/zip.js',
      'Member[ZipReader].Instance.Member[getEntries].ReturnValue.AnyMember',
    ],
    [
      'archive.ZipJsEntry',
      '@zip.js/zip.js',
      'Member[ZipReader].Instance.Member[getEntriesGenerator].ReturnValue.Member[__element__]',
    ],
    ['archive.AdmZip', 'adm-zip', 'Instance'],
    ['archive.JsZip', 'jszip', 'Instance'],
    ['archive.JsZip', 'jszip', 'Member[loadAsync].ReturnValue'],
    ['archive.JsZip', 'archive.JsZip', 'Member[loadAsync].ReturnValue'],
  ],
  sources: [
    ['archive.Entry', 'Member[path,entryName,rawEntryName,name,linkname]', 'remote'],
    ['archive.ZipJsEntry', 'Member[filename,rawFilename]', 'remote'],
    // The name is then bytes, which yauzl does not check.
    ['archive.RawEntry', 'Member[fileName].Member[toString].ReturnValue', 'remote'],
    // Its other names are sanitised when the archive is read.
    ['archive.JsEntry', 'Member[unsafeOriginalName]', 'remote'],
  ],
  sinks: [
    ['archive.AdmZip', 'Member[extractAllTo,extractAllToAsync].Argument[0]', 'path'],
    ['archive.AdmZip', 'Member[addLocalFile,addLocalFolder,writeZip].Argument[0]', 'path'],
    ['extract-zip', 'Argument[0]', 'path'],
    ['extract-zip', 'Argument[1].Member[dir]', 'path'],
    ['unzipper', 'Member[Extract].Argument[0].Member[path]', 'path'],
    ['tar', 'Member[x,extract].Argument[0].Member[cwd,C,file,f]', 'path'],
    ['decompress', 'Argument[1]', 'path'],
  ],
  traits: [
    ['archive.Entry', '', 'in-archive', 'deep'],
    ['archive.AdmZip', '', 'in-archive', 'deep'],
    ['archive.JsEntry', '', 'in-archive', 'deep'],
    ['archive.JsZip', '', 'in-archive', 'deep'],
    ['archive.RawEntry', '', 'in-archive', 'deep'],
    ['archive.ZipJsEntry', '', 'in-archive', 'deep'],
  ],
};
