import { hookIn, write } from './attacks-files.ts';
import { type Attack, type Box, by, file } from './attacks-kind.ts';

const withProgram = { prepare: (box: Box) => hookIn(box.work, 'run', box) };

const findValues: readonly (readonly [string, (box: Box) => readonly string[]])[] = [
  ['-exec runs a program', (box) => ['-exec', 'touch', box.canary, ';']],
  ['-exec with +', (box) => ['-exec', `${box.work}/run`, '{}', '+']],
  ['-execdir', (box) => ['-execdir', 'touch', box.canary, ';']],
  ['an expression behind another', (box) => ['-o', '-exec', 'touch', box.canary, ';']],
  ['-fprintf writes a file', (box) => ['-fprintf', box.canary, 'x']],
  ['-fprint', (box) => ['-fprint', box.canary]],
  ['-fprint0', (box) => ['-fprint0', box.canary]],
  ['-fls', (box) => ['-fls', box.canary]],
  ['-files0-from', (box) => ['-files0-from', box.secret]],
  ['in parentheses', (box) => ['(', '-fprint', box.canary, ')']],
  ['behind a negation', (box) => ['!', '-fprint', box.canary]],
  ['behind a comma', (box) => [',', '-fprint', box.canary]],
];

const find: readonly Attack[] = [
  ...findValues.flatMap(([because, values]) => [
    by('find', because, withProgram)`${file('sub')} -name a.txt ${values}`,
    by('find', `behind --: ${because}`, withProgram)`-- ${values}`,
  ]),
  by('find', '-delete')`${file('..')} -name victim.txt ${'-delete'}`,
  by('find', '-delete in front')`-- ${'..'} -name victim.txt ${'-delete'}`,
  by('find', 'starts anywhere')`${(box) => `${box.secret}/..`} -name secret.txt -exec cat {} ;`,
  by('find', 'the pattern is a test')`.. -name ${['victim.txt', '-delete']}`,
];

const grep: readonly Attack[] = [
  by('grep', '-f reads patterns from a file')`-h ${(box) => `-f${box.secret}`} ${(box) => box.secret}`,
  by('grep', 'a file anywhere')`-h -e TOP ${(box) => box.secret}`,
  by('grep', 'the same by ..')`-h -e TOP ${'../secret.txt'}`,
  by('grep', 'behind --')`-h -e TOP -- ${'../secret.txt'}`,
  by('grep', '-r of another folder')`-h -e TOP ${'-r'} ${'..'}`,
  by('grep', 'a pattern that is an option')`${'-rhe.'} ${'..'}`,
  by('grep', '--file')`-h ${(box) => `--file=${box.secret}`} ${(box) => box.secret}`,
  by('grep', '-R follows links')`-h -e TOP ${'-R'} ${'.'}`,
  by('sort', '-o writes a file')`a.txt ${(box) => `-o${box.canary}`}`,
  by('sort', '--output')`a.txt ${(box) => `--output=${box.canary}`}`,
  by('sort', '-o and its value apart')`a.txt ${['-o', (box: Box) => box.canary]}`,
  by('sort', '--compress-program', {
    prepare: (box) => {
      hookIn(box.work, 'run', box);
      write(box, 'big.txt', 'line of text\n'.repeat(40_000));
    },
  })`-S 20K ${(box) => `--compress-program=${box.work}/run`} big.txt`,
  by('sort', '--files0-from')`${(box) => `--files0-from=${box.secret}`}`,
  by('sort', 'a file anywhere')`${(box) => box.secret}`,
  by('sort', 'behind --')`-- ${'../secret.txt'}`,
  by('sort', '-m of files')`${['-m', '../secret.txt']}`,
];

const magick: readonly Attack[] = [
  by('magick', 'text: reads any file')`${(box) => `text:${box.secret}`} info:`,
  by('magick', 'text: with an output')`${(box) => `text:${box.secret}`} -crop 1x1+0+0 txt:${file('out.txt')}`,
  by('magick', '@file is a list of names, CVE-2016-3717 is of this kind')`${(box) => `@${box.secret}`} info:`,
  by('magick', 'label:@file')`${(box) => `label:@${box.secret}`} -format %[label] info:`,
  by('magick', 'caption:@file')`-size 100x ${(box) => `caption:@${box.secret}`} -format %[caption] info:`,
  by(
    'magick',
    "label: behind the programmer's word",
  )`label:${(box) => `@${box.secret}`} -format %[label] info:`,
  by('magick', 'ephemeral: deletes a file, CVE-2016-3715')`${(box) => `ephemeral:${box.victim}`} info:`,
  by('magick', 'msl: runs a script, CVE-2016-3716', {
    prepare: mslOf,
  })`${(box) => `msl:${box.work}/x.msl`} info:`,
  by('magick', 'mvg: draws with files', {
    prepare: mvgOf,
  })`${(box) => `mvg:${box.work}/x.mvg`} -format %c info:`,
  by('magick', 'a URL, CVE-2016-3718')`${(box) => `http://127.0.0.1:${box.port}/x.png`} info:`,
  by('magick', 'a URL in other letters')`${(box) => `HTTP://127.0.0.1:${box.port}/x.png`} info:`,
  by('magick', 'ftp')`${(box) => `ftp://127.0.0.1:${box.port}/x.png`} info:`,
  by('magick', '-write writes any file')`in.png ${['-write', (box: Box) => `png:${box.canary}`]} null:`,
  by('magick', 'the output anywhere')`in.png ${(box) => `png:${box.canary}`}`,
  by('magick', 'the output by an option')`in.png ${['+write', (box: Box) => `png:${box.canary}`]} null:`,
  by('magick', '-script', { prepare: scriptOf })`${['-script', (box: Box) => `${box.work}/x.mgk`]}`,
  by('magick', '-annotate reads @file')`in.png -set comment ${(box) => `@${box.secret}`} -format %c info:`,
  by('magick', '-label reads @file')`in.png -label ${(box) => `@${box.secret}`} -format %l info:`,
  by('magick', '-format reads @file')`in.png -format ${(box) => `@${box.secret}`} info:`,
  by('magick', '-define and -set with a file')`in.png -comment ${(box) => `@${box.secret}`} -format %c info:`,
  by('magick', 'a pipe, |command')`${(box) => `|touch ${box.canary}`} info:`,
  by('magick', 'a pipe behind a coder')`${(box) => `png:|touch ${box.canary}`} info:`,
  by('magick', 'a pipe to write to')`in.png ${(box) => `png:|touch ${box.canary};cat`}`,
  by('magick', 'vid: and a pattern')`${(box) => `vid:msl:${box.work}/x.msl`} info:`,
  by('magick', 'inline: with a coder')`${'inline:data:text/plain;base64,VE9QLVNFQ1JFVA=='} txt:-`,
  by(
    'magick',
    'a profile of any file',
  )`in.png ${['-profile', (box: Box) => box.secret]} -format %[profile:*] info:`,
  by('magick', 'histogram of any file by rgba')`-size 2x2 -depth 8 ${(box) => `gray:${box.secret}`} gray:-`,
  by('magick', 'raw bytes of any file')`-size 15x1 -depth 8 ${(box) => `gray:${box.secret}`} gray:-`,
  by(
    'magick',
    'mogrify of any format to any folder',
  )`mogrify ${['-path', '..', '-format', 'canary.png']} in.png`,
  by(
    'magick',
    'montage of a file',
  )`montage ${(box) => `text:${box.secret}`} -geometry +0+0 ${(box) => `png:${box.canary}`}`,
  by('magick', 'compare writes')`compare in.png in.png ${(box) => `png:${box.canary}`}`,
  by('magick', 'conjure runs a script', { prepare: mslOf })`conjure ${(box) => `msl:${box.work}/x.msl`}`,
];

function mslOf(box: Box): void {
  write(
    box,
    'x.msl',
    `<?xml version="1.0"?><image><read filename="${box.work}/in.png"/><write filename="png:${box.canary}"/></image>`,
  );
}

function mvgOf(box: Box): void {
  write(
    box,
    'x.mvg',
    `viewbox 0 0 9 9\npush graphic-context\nimage over 0,0 0,0 'ephemeral:${box.victim}'\nimage over 0,0 9,9 'http://127.0.0.1:${box.port}/x.png'\npop graphic-context\n`,
  );
}

function scriptOf(box: Box): void {
  write(box, 'x.mgk', `-read ${box.work}/in.png -write png:${box.canary}\n`);
}

const ghostscript: readonly Attack[] = [
  by(
    'gs',
    '-sOutputFile=%pipe% runs a program',
  )`-q -dNOSAFER -dBATCH -dNOPAUSE -sDEVICE=ppmraw ${(box) => `-sOutputFile=%pipe%touch ${box.canary}`} page.ps`,
  by('gs', '-o writes any file')`-q -sDEVICE=ppmraw ${(box) => `-o${box.canary}`} page.ps`,
  by(
    'gs',
    '-c runs PostScript',
  )`-q -dBATCH -dNODISPLAY -dNOSAFER ${['-c', (box: Box) => `(${box.canary}) (w) file closefile quit`]}`,
  by(
    'gs',
    'a file anywhere is an input',
  )`-q -dNODISPLAY -dBATCH ${['--permit-file-read=/', '-c', (box: Box) => `(${box.secret}) (r) file 99 string readline pop print quit`]}`,
];

export const toolAttacks: readonly Attack[] = [...find, ...grep, ...magick, ...ghostscript];
