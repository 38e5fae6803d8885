/**
 * Node 20 to 24: fs, fs/promises, path, os; fs-extra 11, graceful-fs 4, rimraf, glob, del, make-dir, mkdirp, serve-
 * handler. Documentation: https://nodejs.org/docs/latest-v24.x/api/fs.html
 */
import type { Condition, Models } from '../../../models/model.ts';

/** Functions whose first argument is a path, with callbacks, promises and as `...Sync`. A test for existence is no sink. */
const onePath = both(
  'appendFile,chmod,chown,cp,lchmod,lchown,lutimes,mkdir,open,opendir,readdir,readFile,readlink,rm,rmdir,truncate,unlink,utimes,writeFile',
);
const twoPaths = both('copyFile,cp,link,rename,symlink');
const extraOne = both(
  'emptyDir,emptydir,ensureDir,ensureFile,createFile,mkdirs,mkdirp,outputFile,outputJson,outputJSON,readJson,readJSON,remove,writeJson,writeJSON',
);
const extraTwo = both('copy,move,ensureLink,ensureSymlink,createLink,createSymlink');

const writesTable: Condition = { at: 'Argument[0]', ends: ['.csv', '.tsv'] };
const writesLog: Condition = { at: 'Argument[0]', ends: ['.log'] };
const streamsLog: Condition = { at: 'Argument[this].Argument[0]', ends: ['.log'] };
const streamsTable: Condition = { at: 'Argument[this].Argument[0]', ends: ['.csv', '.tsv'] };

function both(names: string): string {
  return names
    .split(',')
    .flatMap((name) => [name, `${name}Sync`])
    .join(',');
}

export const nodeFiles: Models = {
  language: 'javascript',
  types: [
    ['fs.Module', 'fs', ''],
    ['fs.Module', 'fs', 'Member[promises]'],
    ['fs.Module', 'fs/promises', ''],
    ['fs.Module', 'graceful-fs', ''],
    ['fs.Module', 'fs-extra', ''],
    ['path.Module', 'path', ''],
    ['path.Module', 'path', 'Member[posix,win32]'],
    ['path.Module', 'path/posix', ''],
    ['path.Module', 'path/win32', ''],
    ['path.Module', 'upath', ''],
    ['path.Module', 'pathe', ''],
  ],
  sinks: [
    ['fs.Module', `Member[${onePath}].Argument[0]`, 'path'],
    ['fs.Module', `Member[${twoPaths}].Argument[0,1]`, 'path'],
    [
      'fs.Module',
      'Member[createReadStream,createWriteStream,openAsBlob,watch,watchFile].Argument[0]',
      'path',
    ],
    ['fs.Module', 'Member[glob,globSync].Argument[0]', 'path'],
    ['fs.Module', `Member[${both('writeFile,appendFile')}].Argument[1]`, 'csv', writesTable],
    ['fs.Module', `Member[${both('writeFile,appendFile')}].Argument[1]`, 'log', writesLog],
    ['fs.Module', 'Member[createWriteStream].ReturnValue.Member[write,end].Argument[0]', 'csv', streamsTable],
    ['fs.Module', 'Member[createWriteStream].ReturnValue.Member[write,end].Argument[0]', 'log', streamsLog],
    // Applies if the name is that of an upload.
    ['fs.Module', `Member[${both('writeFile')},createWriteStream].Argument[0]`, 'upload'],
    ['fs.Module', `Member[${both('copyFile,rename')}].Argument[1]`, 'upload'],
    ['fs-extra', `Member[${both('outputFile')}].Argument[0]`, 'upload'],
    ['fs-extra', `Member[${both('copy,move')}].Argument[1]`, 'upload'],
    ['fs.Module', 'Member[mkdtemp,mkdtempSync].Argument[0]', 'path'],
    ['fs-extra', `Member[${extraOne}].Argument[0]`, 'path'],
    ['fs-extra', `Member[${extraTwo}].Argument[0,1]`, 'path'],
    ['rimraf', 'Argument[0]', 'path'],
    ['rimraf', 'Member[rimraf,rimrafSync,sync].Argument[0]', 'path'],
    ['mkdirp', 'Argument[0]', 'path'],
    ['mkdirp', 'Member[mkdirp,mkdirpSync,sync].Argument[0]', 'path'],
    ['make-dir', 'Argument[0]', 'path'],
    ['make-dir', 'Member[makeDirectory,makeDirectorySync].Argument[0]', 'path'],
    ['del', 'Argument[0]', 'path'],
    ['del', 'Member[deleteAsync,deleteSync].Argument[0]', 'path'],
    ['write-file-atomic', 'Argument[0]', 'path'],
    ['load-json-file', 'Argument[0]', 'path'],
    ['load-json-file', 'Member[loadJsonFile,loadJsonFileSync].Argument[0]', 'path'],
  ],
  summaries: [
    ['path.Module', 'Member[join,resolve]', 'Argument[0..]', 'ReturnValue', 'taint'],
    [
      'path.Module',
      'Member[normalize,dirname,basename,extname,toNamespacedPath]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['path.Module', 'Member[relative]', 'Argument[0,1]', 'ReturnValue', 'taint'],
    ['path.Module', 'Member[parse]', 'Argument[0]', 'ReturnValue.AnyMember', 'taint'],
    ['path.Module', 'Member[format]', 'Argument[0].AnyMember', 'ReturnValue', 'taint'],
    ['fs.Module', 'Member[realpath,realpathSync]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['fs.Module', 'Member[realpath]', 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
    ['slash', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['normalize-path', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['sanitize-filename', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['filenamify', '', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    // A name of one segment. Only `..` remains possible, which is a folder.
    ['path.Module', 'Member[basename].ReturnValue', ['path']],
    ['path.Module', 'Member[extname].ReturnValue', ['path']],
    // It begins with a folder, so no program treats it as an option.
    ['path.Module', 'Member[join,resolve].ReturnValue', ['argument']],
    ['sanitize-filename', 'ReturnValue', ['path', 'header']],
    ['filenamify', 'ReturnValue', ['path']],
  ],
  guards: [
    ['path-is-inside', 'Argument[0]', ['path']],
    ['is-path-inside', 'Argument[0]', ['path']],
  ],
  traits: [['path.Module', 'Member[join]', 'joins-below']],
};
