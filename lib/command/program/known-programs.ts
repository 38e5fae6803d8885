import { curl } from './curl.ts';
import { ffmpeg, ffprobe } from './ffmpeg.ts';
import { find } from './find.ts';
import { ghostscript } from './ghostscript.ts';
import { git } from './git.ts';
import { imagemagick } from './imagemagick.ts';
import type { ProgramRules } from './program-rules.ts';
import { rsync } from './rsync.ts';
import { ssh } from './ssh.ts';
import { tar } from './tar.ts';
import { grep, pdftotext, sort } from './text-programs.ts';
import { unzip, zip } from './zip.ts';

const rules: Readonly<Record<string, () => ProgramRules>> = {
  git: () => git(),
  tar: () => tar,
  gtar: () => tar,
  rsync: () => rsync,
  ssh: () => ssh(),
  curl: () => curl(),
  zip: () => zip,
  unzip: () => unzip,
  find: () => find,
  magick: imagemagick,
  convert: imagemagick,
  identify: imagemagick,
  mogrify: imagemagick,
  ffmpeg: () => ffmpeg,
  ffprobe: () => ffprobe,
  gs: () => ghostscript(),
  grep: () => grep,
  sort: () => sort,
  pdftotext: () => pdftotext,
  pdfinfo: () => pdftotext,
};

/** The rules for a program by the name of its file, such as `git` or `convert-im7.q16`; undefined if there are none. */
export function rulesOfProgram(fileName: string): ProgramRules | undefined {
  const name = fileName.replace(/(?:-im[67])?(?:\.q\d+)?(?:hdri)?$/, '');
  return Object.hasOwn(rules, name) ? rules[name]?.() : undefined;
}
