/**
 * Packages that open, write, find or delete files by a path: jsonfile 6, fs-jetpack 5, glob 8 to 13, fast-glob 3, globby
 * 11 to 16, tinyglobby 0.2, klaw 4, readdirp 4, chokidar 3 to 5, trash 9, move-file 4, cpy 11, cp-file, write-json-file
 * 7, sharp 0.34, exceljs 4, xlsx 0.20, archiver 7, csvtojson 2, fluent-ffmpeg 2, lowdb 7, cloudinary 2; the files of Bun
 * 1 and Deno 2. Left out is what takes bytes in the same place as a path. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const denoOne =
  'readFile,readFileSync,readTextFile,readTextFileSync,writeFile,writeFileSync,writeTextFile,writeTextFileSync,open,openSync,create,createSync,remove,removeSync,mkdir,mkdirSync,readDir,readDirSync,readLink,readLinkSync,stat,statSync,lstat,lstatSync,truncate,truncateSync,chmod,chmodSync,chdir';
const denoTwo = 'copyFile,copyFileSync,rename,renameSync,link,linkSync,symlink,symlinkSync';
const jetpackOne =
  'read,readAsync,write,writeAsync,append,appendAsync,remove,removeAsync,dir,dirAsync,file,fileAsync,list,listAsync,find,findAsync,inspect,inspectAsync,inspectTree,inspectTreeAsync,exists,existsAsync,createReadStream,createWriteStream,cwd';
const jetpackTwo = 'copy,copyAsync,move,moveAsync,rename,renameAsync,symlink,symlinkAsync';
const outside: Condition = { at: 'Argument[1].Member[confine]', is: [false] };

/** Packages that find files by patterns: package, functions. */
const globs = [
  [
    'glob',
    ['', 'Member[glob,globSync,globStream,globStreamSync,globIterate,globIterateSync,sync,stream,Glob]'],
  ],
  ['fast-glob', ['', 'Member[glob,globSync,globStream,async,sync,stream]']],
  ['globby', ['', 'Member[globby,globbySync,globbyStream,sync,stream]']],
  ['tinyglobby', ['Member[glob,globSync]']],
] as const;

export const fileTools: Models = {
  language: 'javascript',
  types: [
    ...globs.flatMap(([name, paths]) => paths.map((path) => ['glob.Function', name, path] as const)),
    ['cloudinary.Uploader', 'cloudinary', 'Member[uploader]'],
    ['cloudinary.Uploader', 'cloudinary', 'Member[v2].Member[uploader]'],
    ['jetpack.Module', 'fs-jetpack', ''],
    ['jetpack.Module', 'jetpack.Module', 'Member[cwd].ReturnValue'],
    ['sharp.Image', 'sharp', 'ReturnValue'],
    [
      'sharp.Image',
      'sharp.Image',
      'Member[resize,rotate,flip,flop,sharpen,blur,extract,trim,composite,grayscale,greyscale,toFormat,png,jpeg,webp,avif,gif,tiff,withMetadata,clone].ReturnValue',
    ],
    ['archiver.Archive', 'archiver', 'ReturnValue'],
    ['archiver.Archive', 'archiver', 'Member[create].ReturnValue'],
    ['archiver.Archive', 'archiver', 'Member[Archiver,ZipArchive,TarArchive].Instance'],
    ['ffmpeg.Command', 'fluent-ffmpeg', 'ReturnValue'],
    ['ffmpeg.Command', 'fluent-ffmpeg', 'Instance'],
    ['ffmpeg.Command', 'ffmpeg.Command', 'AnyMember.ReturnValue'],
    ['exceljs.Book', 'exceljs', 'Member[Workbook].Instance'],
  ],
  sinks: [
    ['glob.Function', 'Argument[0]', 'path'],
    ['glob.Function', 'Argument[0].AnyMember', 'path'],
    ['glob.Function', 'Argument[1].Member[cwd,root]', 'path'],
    ['jsonfile', 'Member[readFile,readFileSync,writeFile,writeFileSync].Argument[0]', 'path'],
    ['jetpack.Module', `Member[${jetpackOne}].Argument[0]`, 'path'],
    ['jetpack.Module', `Member[${jetpackTwo}].Argument[0,1]`, 'path'],
    ['klaw', 'Argument[0]', 'path'],
    ['klaw-sync', 'Argument[0]', 'path'],
    ['readdirp', 'Argument[0]', 'path'],
    ['readdirp', 'Member[readdirp,readdirpPromise,promise].Argument[0]', 'path'],
    ['recursive-readdir', 'Argument[0]', 'path'],
    ['chokidar', 'Member[watch].Argument[0]', 'path'],
    ['trash', 'Argument[0]', 'path'],
    ['trash', 'Argument[0].AnyMember', 'path'],
    ['move-file', 'Member[moveFile,moveFileSync,renameFile,renameFileSync].Argument[0,1]', 'path'],
    ['move-file', 'Argument[0,1]', 'path'],
    ['cpy', 'Argument[0,1]', 'path'],
    ['cp-file', 'Argument[0,1]', 'path'],
    ['cp-file', 'Member[copyFile,copyFileSync].Argument[0,1]', 'path'],
    ['copy-file', 'Member[copyFile,copyFileSync].Argument[0,1]', 'path'],
    ['write-file-atomic', 'Member[sync,writeFile,writeFileSync].Argument[0]', 'path'],
    ['write-json-file', 'Argument[0]', 'path'],
    ['write-json-file', 'Member[writeJsonFile,writeJsonFileSync].Argument[0]', 'path'],
    ['write-yaml-file', 'Argument[0]', 'path'],
    ['read-pkg', 'Member[readPackage,readPackageSync].Argument[0].Member[cwd]', 'path'],
    ['sharp.Image', 'Member[toFile].Argument[0]', 'path'],
    ['jimp', 'Member[Jimp].Member[read].ReturnValue.Member[write,writeAsync].Argument[0]', 'path'],
    ['jimp', 'Member[read].ReturnValue.Member[write,writeAsync].Argument[0]', 'path'],
    ['exceljs.Book', 'Member[xlsx,csv].Member[readFile,writeFile].Argument[0]', 'path'],
    ['xlsx', 'Member[readFile].Argument[0]', 'path'],
    ['xlsx', 'Member[writeFile,writeFileXLSX].Argument[1]', 'path'],
    ['archiver.Archive', 'Member[file,directory,glob].Argument[0]', 'path'],
    ['archiver.Archive', 'Member[glob].Argument[1].Member[cwd]', 'path'],
    ['tar', 'Member[c,create,t,list,r,replace,u,update].Argument[0].Member[cwd,C,file,f]', 'path'],
    ['tar-fs', 'Member[pack,extract].Argument[0]', 'path'],
    ['yauzl', 'Member[open].Argument[0]', 'path'],
    ['csvtojson', 'ReturnValue.Member[fromFile].Argument[0]', 'path'],
    ['csv-writer', 'Member[createObjectCsvWriter,createArrayCsvWriter].Argument[0].Member[path]', 'path'],
    ['n-readlines', 'Argument[0]', 'path'],
    ['line-reader', 'Member[eachLine,open].Argument[0]', 'path'],
    ['dotenv', 'Member[config,configDotenv].Argument[0].Member[path]', 'path'],
    [
      'lowdb/node',
      'Member[JSONFilePreset,JSONFileSyncPreset,JSONFile,JSONFileSync,TextFile,DataFile].Argument[0]',
      'path',
    ],
    ['node-persist', 'Member[init,initSync].Argument[0].Member[dir]', 'path'],
    // A file or an address. A name with a prefix such as `concat:` opens several.
    ['fluent-ffmpeg', 'Argument[0]', 'path'],
    [
      'ffmpeg.Command',
      'Member[input,addInput,mergeAdd,save,saveToFile,output,addOutput,mergeToFile].Argument[0]',
      'path',
    ],
    ['ffmpeg.Command', 'Member[screenshots,thumbnail,takeScreenshots].Argument[0].Member[folder]', 'path'],
    ['fluent-ffmpeg', 'Member[ffprobe].Argument[0]', 'path'],
    // Files of this host. Remote files are the other side's concern.
    ['ssh2-sftp-client', 'Instance.Member[get,fastGet,downloadDir].Argument[1]', 'path'],
    ['ssh2-sftp-client', 'Instance.Member[fastPut,uploadDir].Argument[0]', 'path'],
    [
      'basic-ftp',
      'Member[Client].Instance.Member[downloadTo,downloadToDir,uploadFrom,appendFrom,uploadFromDir].Argument[0]',
      'path',
    ],
    // A string that is neither an address nor data is a file name here.
    [
      'cloudinary.Uploader',
      'Member[upload,upload_large,upload_image,upload_video,unsigned_upload,upload_chunked].Argument[0]',
      'path',
      { at: 'Argument[0]', begins: ['data:', 'http://', 'https://', 'ftp://', 's3://', 'gs://'], not: true },
    ],
    ['@aws-sdk/lib-storage', 'Member[Upload].Argument[0].Member[params].Member[Body].Member[path]', 'path'],
    ['global', 'Member[Bun].Member[file,write].Argument[0]', 'path'],
    ['bun', 'Member[file,write].Argument[0]', 'path'],
    ['global', `Member[Deno].Member[${denoOne}].Argument[0]`, 'path'],
    ['global', `Member[Deno].Member[${denoTwo}].Argument[0,1]`, 'path'],
    ['global', 'Member[process].Member[chdir].Argument[0]', 'path'],
    ['process', 'Member[chdir].Argument[0]', 'path'],
    // Paths stay below its root. The root itself must not be tainted.
    ['fastify.Reply', 'Member[sendFile,download].Argument[1]', 'path'],
    ['hapi.Toolkit', 'Member[file].Argument[0]', 'path', outside],
    [
      'hapi.Toolkit',
      'Member[file].Argument[0].Member[path]',
      'path',
      { at: 'Argument[0].Member[confine]', is: [false] },
    ],
  ],
};
