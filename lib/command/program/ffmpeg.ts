import type { ProgramFile, ProgramRules, ValuePosition } from './program-rules.ts';
import type { ProgramTable } from './program-table.ts';
import { judgePath, refuseValue, rulesFromTable } from './rules-from-table.ts';
import { mediaDemuxers, nameOfType } from './typed-file.ts';
import { decimal, matching, never, path, wholeNumber } from './value-kind.ts';

const duration = matching(
  'a time',
  /^(?:\d{1,6}(?:\.\d{1,6})?|(?:\d{1,3}:)?\d{1,2}:\d\d(?:\.\d{1,6})?)$/,
  'it is not a time',
);
const rate = matching('a rate', /^\d{1,9}(?:\.\d{1,6})?[kM]?$/, 'it is not a rate such as 128k');
const size = matching('a size', /^\d{1,5}x\d{1,5}$/, 'it is not a size such as 640x480');
const scale = matching(
  'scale=W:H',
  /^(?:scale=-?\d{1,5}:-?\d{1,5}|fps=\d{1,3})$/,
  'it is not scale=W:H or fps=N',
);

const reads = 'reads files that another file names, ffmpeg-formats(1)';

const forbiddenWords = [
  {
    option: '-i',
    because: 'lets ffmpeg guess the type of its value: write media(type, path) instead of both',
  },
];

const forbidden = [
  { option: '-protocol_whitelist', because: 'is set already, to file and pipe' },
  { option: '-protocol_blacklist', because: 'is set already' },
  { option: '-safe', because: `${reads}: concat` },
  { option: '-allowed_extensions', because: `${reads}: hls` },
  { option: '-enable_drefs', because: `${reads}: mov` },
  { option: '-use_absolute_path', because: `${reads}: mov` },
  { option: '-attach', because: 'puts the file that it names into the output, ffmpeg(1)' },
  { option: '-dump_attachment', because: 'writes files with names from the input, ffmpeg(1)' },
  { option: '-filter_script', because: 'reads its filters from a file, ffmpeg(1)' },
  { option: '-filter_complex_script', because: 'reads its filters from a file, ffmpeg(1)' },
  { option: '-report', because: 'writes a log to the working directory, ffmpeg(1)' },
  { option: '-vpre', because: 'reads its options from a file, ffmpeg(1)' },
  { option: '-fpre', because: 'reads its options from a file, ffmpeg(1)' },
];

// `%d` is a counter in image names, and `:` ends a scheme.
const pathPattern = {
  allowed: /^[^%*?|[\]{}]*$/,
  reason: 'its name has a character with a special meaning to ffmpeg',
};

/** The extension chooses the muxer, and these muxers write more files than the one that is named. */
const severalFiles = /\.(?:m3u8|mpd|ismv?|f4m|sdp|tee|ffconcat)$/i;

const table: ProgramTable = {
  name: 'ffmpeg',
  fixedArgs: ['-nostdin', '-hide_banner'],
  forbidden,
  forbiddenWords,
  pathPattern,
  options: {
    ...{
      '-ss': duration,
      '-t': duration,
      '-to': duration,
      '-r': decimal,
      '-s': size,
      '-vf': scale,
      '-af': never,
    },
    ...{
      '-b:v': rate,
      '-b:a': rate,
      '-crf': wholeNumber,
      '-ar': wholeNumber,
      '-ac': wholeNumber,
      '-frames:v': wholeNumber,
    },
    ...{
      '-q:v': wholeNumber,
      '-q:a': wholeNumber,
      '-threads': wholeNumber,
      '-f': never,
      '-c': never,
      '-c:v': never,
      '-g': wholeNumber,
    },
    ...{
      '-c:a': never,
      '-map': never,
      '-metadata': never,
      '-filter_complex': never,
      '-lavfi': never,
      '-filter:v': never,
    },
    ...{
      '-loglevel': never,
      '-v': never,
      '-preset': never,
      '-pix_fmt': never,
      '-movflags': never,
      '-fs': wholeNumber,
    },
  },
  flags: ['-y', '-n', '-an', '-vn', '-sn', '-dn', '-shortest', '-hide_banner', '-nostats'],
  operands: [path],
};

/**
 * The rules for ffmpeg 5 or later. Inputs are `media(type, path)`, read only by the demuxer of that type. A bare `SafePath` is an output.
 */
export const ffmpeg: ProgramRules = {
  ...rulesFromTable(table),
  writeFile: (file, position) => {
    const judged = judgePath(table, file, position);
    if (!judged.allow) return judged;
    if (file.type !== undefined) return input(table.name, file, position);
    return severalFiles.test(file.path)
      ? refuseValue(table.name, file.path, position, 'an output of this type is several files')
      : `file:${file.path}`;
  },
};

const probeTable: ProgramTable = {
  name: 'ffprobe',
  fixedArgs: ['-hide_banner'],
  forbidden,
  forbiddenWords,
  pathPattern,
  options: {
    ...{
      '-show_entries': never,
      '-of': never,
      '-print_format': never,
      '-select_streams': never,
      '-v': never,
    },
    ...{ '-loglevel': never, '-f': never, '-read_intervals': never },
  },
  flags: ['-show_format', '-show_streams', '-show_chapters', '-count_frames', '-hide_banner', '-show_error'],
  operands: [path],
};

/** The rules for ffprobe 5 or later. Its input is `media(type, path)`. */
export const ffprobe: ProgramRules = {
  ...rulesFromTable(probeTable),
  writeFile: (file, position) => {
    const judged = judgePath(probeTable, file, position);
    return judged.allow ? input(probeTable.name, file, position) : judged;
  },
};

function input(
  program: string,
  file: ProgramFile,
  position: ValuePosition,
): ReturnType<NonNullable<ProgramRules['writeFile']>> {
  const demuxer = nameOfType(file.type, mediaDemuxers);
  if (demuxer === undefined || position.option === '-i') {
    return refuseValue(
      program,
      file.path,
      position,
      'its type is not said: write media(type, path) in place of -i',
    );
  }
  return ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', `file:${file.path}`];
}
