// builtins, os, os.path, pathlib, shutil, io, codecs, glob, tempfile, zipfile, tarfile, gzip, fileinput of Python 3.11;
// aiofiles 24.1.0 and paramiko's SFTP read in Debian 13's packages.
import type { Condition, Models } from '../../../models/model.ts';

/** A condition for functions that take a file name or an open file: an uploaded file is not an untrusted name. */
function unlessOpen(at: string): Condition {
  return { at, isApi: [['io.File', '']], not: true };
}

const pathMethods =
  'Member[open,read_text,read_bytes,write_text,write_bytes,unlink,mkdir,rmdir,rename,replace,touch,symlink_to,hardlink_to,link_to,iterdir,chmod,glob,rglob]';

/** A file that is opened for bytes, possibly of an upload. */
function written(at: string): Condition {
  return { at, is: ['wb', 'bw', 'xb', 'ab', 'wb+', 'w+b', 'xb+', 'ab+'] };
}

/**
 * Functions for files. Those that open, list, create, move or remove a file are sinks; those that test whether it exists
 * are not. `zipfile` writes extracted files only below the target folder; `tarfile` does so only with a `filter`.
 */
export const file: Models = {
  language: 'python',
  types: [
    ['os.path', 'posixpath', ''],
    ['os.path', 'ntpath', ''],
    [
      'pathlib.Path',
      'pathlib',
      'Member[Path,PosixPath,WindowsPath,PurePath,PurePosixPath,PureWindowsPath].Instance',
    ],
    ['pathlib.Path', 'pathlib', 'Member[Path].Member[cwd,home].ReturnValue'],
    ['pathlib.Path', 'pathlib.Path', 'Member[parent]'],
    [
      'pathlib.Path',
      'pathlib.Path',
      'Member[joinpath,resolve,absolute,expanduser,with_name,with_suffix,with_stem,relative_to,rename,replace,readlink].ReturnValue',
    ],
    ['pathlib.Path', 'pathlib.Path', 'Member[iterdir,glob,rglob].ReturnValue.AnyMember'],
    ['pathlib.Path', 'anyio', 'Member[Path].Instance'],
    ['io.File', 'io', 'Member[BytesIO,StringIO,BufferedReader,TextIOWrapper].Instance'],
    ['io.File', 'global', 'Member[open].ReturnValue'],
    ['io.File', 'tempfile', 'Member[TemporaryFile,NamedTemporaryFile,SpooledTemporaryFile].ReturnValue'],
    ['io.File', 'flask.FileStorage', ''],
    ['io.File', 'flask.FileStorage', 'Member[stream]'],
    ['io.File', 'flask.Request', 'Member[stream]'],
    ['io.File', 'django.UploadedFile', ''],
    ['io.File', 'django.UploadedFile', 'Member[file]'],
    ['io.File', 'starlette.UploadFile', 'Member[file]'],
    ['io.File', 'bottle.FileUpload', 'Member[file]'],
    ['io.File', 'bottle.Request', 'Member[body]'],
    ['io.File', 'http.server.Handler', 'Member[rfile]'],
    ['io.File', 'zipfile.ZipFile', 'Member[open].ReturnValue'],
    ['io.File', 'tarfile.TarFile', 'Member[extractfile].ReturnValue'],
    ['os.Environ', 'os', 'Member[environ]'],
    ['zipfile.ZipFile', 'zipfile', 'Member[ZipFile].Instance'],
    ['zipfile.ZipInfo', 'zipfile', 'Member[ZipInfo].Instance'],
    ['zipfile.ZipInfo', 'zipfile.ZipFile', 'Member[infolist].ReturnValue.AnyMember'],
    ['zipfile.ZipInfo', 'zipfile.ZipFile', 'Member[getinfo].ReturnValue'],
    ['tarfile.TarFile', 'tarfile', 'Member[open].ReturnValue'],
    ['tarfile.TarFile', 'tarfile', 'Member[TarFile].Instance'],
    ['tarfile.TarFile', 'tarfile', 'Member[TarFile].Member[open,gzopen,bz2open,xzopen].ReturnValue'],
    ['tarfile.safeFilter', 'tarfile', 'Member[data_filter,tar_filter]'],
    ['tarfile.TarInfo', 'tarfile', 'Member[TarInfo].Instance'],
    ['tarfile.TarInfo', 'tarfile.TarFile', 'Member[getmembers].ReturnValue.AnyMember'],
    ['tarfile.TarInfo', 'tarfile.TarFile', 'Member[getmember,next].ReturnValue'],
    ['tarfile.TarInfo', 'tarfile.TarFile', 'Member[__element__]'],
  ],
  sources: [
    // The author of the archive chooses the names.
    ['zipfile.ZipInfo', 'Member[filename,orig_filename]', 'remote'],
    ['zipfile.ZipFile', 'Member[namelist].ReturnValue', 'remote'],
    ['tarfile.TarInfo', 'Member[name,path,linkname]', 'remote'],
    ['tarfile.TarFile', 'Member[getnames].ReturnValue', 'remote'],
  ],
  sinks: [
    ['global', 'Member[open].Argument[0,file:]', 'path'],
    ['global', 'Member[file].Argument[0]', 'path'],
    ['global', 'Member[open].Argument[0,file:]', 'upload', written('Argument[1,mode:]')],
    ['aiofiles', 'Member[open].Argument[0,file:]', 'upload', written('Argument[1,mode:]')],
    ['pathlib.Path', 'Member[open].Argument[this]', 'upload', written('Argument[0,mode:]')],
    ['pathlib.Path', 'Member[write_bytes].Argument[this]', 'upload'],
    ['shutil', 'Member[copy,copy2,copyfile,move].Argument[1,dst:]', 'upload'],
    ['io', 'Member[open,open_code].Argument[0,file:,path:]', 'path'],
    ['io', 'Member[FileIO].Argument[0,file:]', 'path'],
    ['codecs', 'Member[open].Argument[0,filename:]', 'path'],
    ['aiofiles', 'Member[open].Argument[0,file:]', 'path'],
    ['aiofiles.os', 'Member[remove,unlink,mkdir,makedirs,rmdir,listdir,scandir].Argument[0,path:]', 'path'],
    ['aiofiles.os', 'Member[rename,replace].Argument[0,1,src:,dst:]', 'path'],
    ['anyio', 'Member[open_file].Argument[0,file:]', 'path'],
    [
      'os',
      'Member[open,remove,unlink,rmdir,removedirs,mkdir,makedirs,listdir,scandir,chmod,chown,truncate,mkfifo,mknod,chdir,chroot,readlink,utime].Argument[0,path:,name:]',
      'path',
    ],
    ['os', 'Member[rename,renames,replace,link,symlink].Argument[0,1,src:,dst:,old:,new:]', 'path'],
    ['os', 'Member[walk,fwalk].Argument[0,top:]', 'path'],
    ['pathlib.Path', `${pathMethods}.Argument[this]`, 'path'],
    ['pathlib.Path', 'Member[rename,replace,symlink_to,hardlink_to,link_to].Argument[0,target:]', 'path'],
    ['shutil', 'Member[copy,copy2,copyfile,copytree,move,copymode,copystat].Argument[0,1,src:,dst:]', 'path'],
    ['shutil', 'Member[rmtree,chown].Argument[0,path:]', 'path'],
    ['shutil', 'Member[make_archive].Argument[0,2,base_name:,root_dir:]', 'path'],
    ['shutil', 'Member[unpack_archive].Argument[1,extract_dir:]', 'path'],
    [
      'shutil',
      'Member[unpack_archive].Argument[0,filename:]',
      'path',
      { at: 'Argument[filter:]', is: ['data', 'tar'], not: true },
    ],
    ['glob', 'Member[glob,iglob].Argument[0,pathname:]', 'path'],
    ['fileinput', 'Member[input,FileInput].Argument[0,files:]', 'path'],
    ['linecache', 'Member[getline,getlines].Argument[0,filename:]', 'path'],
    ['gzip', 'Member[open,GzipFile].Argument[0,filename:]', 'path', unlessOpen('Argument[0,filename:]')],
    ['bz2', 'Member[open,BZ2File].Argument[0,filename:]', 'path', unlessOpen('Argument[0,filename:]')],
    ['lzma', 'Member[open,LZMAFile].Argument[0,filename:]', 'path', unlessOpen('Argument[0,filename:]')],
    [
      'tempfile',
      'Member[NamedTemporaryFile,TemporaryDirectory,mkstemp,mkdtemp].Argument[dir:,prefix:,suffix:]',
      'path',
    ],
    ['zipfile', 'Member[ZipFile].Argument[0,file:]', 'path', unlessOpen('Argument[0,file:]')],
    ['zipfile.ZipFile', 'Member[extractall,extract].Argument[path:]', 'path'],
    ['zipfile.ZipFile', 'Member[write].Argument[0,filename:]', 'path'],
    ['tarfile', 'Member[open].Argument[0,name:]', 'path'],
    ['tarfile.TarFile', 'Member[add].Argument[0,name:]', 'path'],
    ['tarfile.TarFile', 'Member[extractall].Argument[0,path:]', 'path'],
    [
      'tarfile.TarFile',
      'Member[extractall,extract].Argument[this]',
      'path',
      {
        at: 'Argument[filter:]',
        is: ['data', 'tar'],
        isApi: [['tarfile.safeFilter', '']],
        not: true,
      },
    ],
    [
      'paramiko.SFTPClient',
      'Member[open,file,remove,unlink,listdir,mkdir,rmdir,get,put].Argument[0,1]',
      'path',
    ],
    [
      'pandas',
      'Member[read_csv,read_json,read_excel,read_table,read_parquet].Argument[0,filepath_or_buffer:,path_or_buf:,io:,path:]',
      'path',
      unlessOpen('Argument[0,filepath_or_buffer:,path_or_buf:,io:,path:]'),
    ],
    ['PIL.Image', 'Member[open].Argument[0,fp:]', 'path', unlessOpen('Argument[0,fp:]')],
    [
      'numpy',
      'Member[load,loadtxt,genfromtxt,fromfile,save,savetxt].Argument[0,file:,fname:]',
      'path',
      unlessOpen('Argument[0,file:,fname:]'),
    ],
    ['logging', 'Member[FileHandler].Argument[0,filename:]', 'path'],
  ],
  summaries: [
    ['contextlib', 'Member[ExitStack].Instance.Member[enter_context]', 'Argument[0]', 'ReturnValue', 'value'],
    [
      'contextlib',
      'Member[AsyncExitStack].Instance.Member[enter_async_context]',
      'Argument[0]',
      'ReturnValue',
      'value',
    ],
    ['os.path', 'Member[join]', 'Argument[0..]', 'ReturnValue', 'taint'],
    [
      'os.path',
      'Member[abspath,realpath,normpath,normcase,expanduser,expandvars,basename,dirname,split,splitext,relpath,splitdrive]',
      'Argument[0,path:,p:,filename:,s:]',
      'ReturnValue',
      'taint',
    ],
    ['os', 'Member[fspath,fsencode,fsdecode]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'pathlib',
      'Member[Path,PosixPath,WindowsPath,PurePath,PurePosixPath,PureWindowsPath]',
      'Argument[0..]',
      'ReturnValue',
      'taint',
    ],
    [
      'pathlib.Path',
      'Member[joinpath,resolve,absolute,expanduser,with_suffix,with_stem,relative_to,as_posix,as_uri]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['pathlib.Path', 'Member[joinpath]', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['pathlib.Path', 'Member[with_name,with_suffix,with_stem]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['io', 'Member[StringIO,BytesIO,TextIOWrapper,BufferedReader]', 'Argument[0]', 'ReturnValue', 'taint'],
    // Names and contents of an untrusted archive are untrusted.
    ['zipfile', 'Member[ZipFile]', 'Argument[0,file:]', 'ReturnValue', 'taint'],
    [
      'zipfile.ZipFile',
      'Member[namelist,infolist,getinfo,read,open]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['tarfile', 'Member[open]', 'Argument[0,2,name:,fileobj:]', 'ReturnValue', 'taint'],
    [
      'tarfile.TarFile',
      'Member[getmembers,getnames,getmember,next,extractfile]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    ['os.path', 'Member[basename].ReturnValue', ['path']],
    ['os.path', 'Member[split].ReturnValue.Member[1]', ['path']],
    // An extension contains no separator.
    ['os.path', 'Member[splitext].ReturnValue.Member[1]', ['path']],
    // It begins with a folder, so no program treats it as an option.
    ['os.path', 'Member[join,abspath,realpath].ReturnValue', ['argument']],
    ['pathlib.Path', 'Member[joinpath,resolve,absolute].ReturnValue', ['argument']],
    ['pathlib.Path', 'Member[name,stem,suffix]', ['path']],
    ['os.path', 'Member[exists,isfile,isdir,islink,isabs,getsize,getmtime].ReturnValue', 'all'],
    ['pathlib.Path', 'Member[exists,is_file,is_dir,stat,write_text,write_bytes].ReturnValue', 'all'],
    // The content of a file is unrelated to its name.
    ['global', 'Member[open].ReturnValue', 'all'],
    ['io', 'Member[open].ReturnValue', 'all'],
    ['codecs', 'Member[open].ReturnValue', 'all'],
    ['aiofiles', 'Member[open].ReturnValue', 'all'],
    [
      'tempfile',
      'Member[mkdtemp,mkstemp,NamedTemporaryFile,TemporaryDirectory,TemporaryFile].ReturnValue',
      'all',
    ],
    ['pathlib.Path', 'Member[read_text,read_bytes,open].ReturnValue', 'all'],
  ],
  traits: [
    ['os', '', 'entries-by-get', 'deep'],
    ['os.Environ', '', 'entries-by-get', 'deep'],
    ['os', '', 'read-by-every-program', 'deep'],
    ['os.Environ', '', 'read-by-every-program', 'deep'],
    ['os.path', 'Member[join]', 'joins-or-restarts'],
    ['zipfile', '', 'in-archive', 'deep'],
    ['zipfile.ZipFile', '', 'in-archive', 'deep'],
    ['zipfile.ZipInfo', '', 'in-archive', 'deep'],
    ['tarfile', '', 'in-archive', 'deep'],
    ['tarfile.TarFile', '', 'in-archive', 'deep'],
    ['tarfile.TarInfo', '', 'in-archive', 'deep'],
  ],
};
