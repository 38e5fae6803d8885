import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { tarOf, zipOf } from './attacks-archives.ts';
import { hookIn, write } from './attacks-files.ts';
import { type Attack, type Box, file, template, within } from './attacks-kind.ts';

/** The file is an image by its name alone. */
function disguised(
  because: string,
  name: string,
  type: string,
  content: (box: Box) => string,
  more?: (box: Box) => void,
) {
  return within('magick', `contents of ${name}: ${because}`, {
    prepare: (box) => {
      write(box, name, content(box));
      more?.(box);
    },
  })`${file(name, type)} -format %c%[label]%[comment] ${file('out.txt', 'image/png')}`;
}

const mvg = (image: (box: Box) => string) => (box: Box) =>
  `push graphic-context\nviewbox 0 0 64 48\nimage over 0,0 0,0 '${image(box)}'\npop graphic-context\n`;
const svg = (body: (box: Box) => string) => (box: Box) =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="48">${body(box)}</svg>`;
const href = (target: (box: Box) => string) =>
  svg((box) => `<image xlink:href="${target(box)}" x="0" y="0" width="64" height="48"/>`);
const web = (box: Box) => `http://127.0.0.1:${box.port}/x.png`;

const hidden: readonly (readonly [string, string, (box: Box) => string])[] = [
  ['MVG with a URL, CVE-2016-3718', 'mvg', mvg(web)],
  ['MVG that deletes, CVE-2016-3715', 'mvg', mvg((box) => `ephemeral:${box.victim}`)],
  ['MVG that reads, CVE-2016-3717', 'mvg', mvg((box) => `text:${box.secret}`)],
  ['MVG with a pipe', 'mvg', mvg((box) => `|touch ${box.canary}`)],
  ['MVG with msl:, CVE-2016-3716', 'mvg', mvg((box) => `msl:${box.work}/x.msl`)],
  ['MVG with a quote in a URL, CVE-2016-3714', 'mvg', mvg((box) => `https://x"|touch "${box.canary}`)],
  ['SVG with a URL', 'svg', href(web)],
  ['SVG with a file', 'svg', href((box) => `text:${box.secret}`)],
  ['SVG that deletes', 'svg', href((box) => `ephemeral:${box.victim}`)],
  ['SVG with msl:', 'svg', href((box) => `msl:${box.work}/x.msl`)],
  [
    'SVG with an entity of a file',
    'svg',
    (box) =>
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${box.secret}">]>${svg(() => '<text x="0" y="9">&x;</text>')(box)}`,
  ],
  [
    'SVG with an external DTD',
    'svg',
    (box) => `<!DOCTYPE svg SYSTEM "http://127.0.0.1:${box.port}/x.dtd">${svg(() => '')(box)}`,
  ],
  [
    'PostScript with a pipe',
    'ps',
    (box) => `%!PS\n(%pipe%touch ${box.canary}) (w) file closefile showpage\n`,
  ],
  [
    'PostScript that reads',
    'ps',
    (box) => `%!PS\n(${box.secret}) (r) file 99 string readline pop print showpage\n`,
  ],
  ['PostScript that writes', 'ps', (box) => `%!PS\n(${box.canary}) (w) file closefile showpage\n`],
  ['PostScript that deletes', 'ps', (box) => `%!PS\n(${box.victim}) deletefile showpage\n`],
  [
    'EPS that changes the page device',
    'eps',
    (box) =>
      `%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nmark /OutputFile (%pipe%touch ${box.canary}) currentdevice putdeviceprops\n`,
  ],
  [
    'MSL that writes',
    'msl',
    (box) =>
      `<?xml version="1.0"?><image><read filename="xc:red[9x9]"/><write filename="png:${box.canary}"/></image>`,
  ],
  ['text that is drawn', 'txt', () => 'TOP-SECRET-7c1f\n'],
];

const magickFiles: readonly Attack[] = hidden.flatMap(([because, extension, content]) => [
  disguised(because, `evil.${extension}`, 'image/png', content, msl),
  disguised(`${because}, named .png`, 'evil.png', 'image/png', content, msl),
]);

const identify: readonly Attack[] = hidden.slice(0, 12).map(
  ([because, extension, content]) =>
    within('magick', `identify of evil.${extension}: ${because}`, {
      prepare: (box) => {
        write(box, `evil.${extension}`, content(box));
        msl(box);
      },
    })`identify ${file(`evil.${extension}`, 'image/jpeg')}`,
);

function msl(box: Box): void {
  write(
    box,
    'x.msl',
    `<?xml version="1.0"?><image><read filename="${box.work}/in.png"/><write filename="png:${box.canary}"/></image>`,
  );
}

const scripts: readonly Attack[] = hidden
  .filter(([, extension]) => extension === 'ps' || extension === 'eps')
  .map(
    ([because, , content]) =>
      within('gs', `a document: ${because}`, {
        prepare: (box) => write(box, 'evil.ps', content(box)),
        ours: template`-sDEVICE=ppmraw -sOutputFile=${file('page.ppm')} ${file('evil.ps')}`,
      })`-q -dNOSAFER -dBATCH -dNOPAUSE -sDEVICE=ppmraw -sOutputFile=${file('page.ppm')} ${file('evil.ps')}`,
  );

const rc: readonly Attack[] = [
  ['output', (box: Box) => `output = ${box.canary}`],
  ['another URL', (box: Box) => `url = "file://${box.secret}"`],
  ['a proxy', (box: Box) => `proxy = http://127.0.0.1:${box.port}`],
  ['a log', (box: Box) => `trace-ascii = ${box.canary}`],
  ['cookies', (box: Box) => `cookie-jar = ${box.canary}`],
].map(
  ([name, content]) =>
    within('curl', `.curlrc in the home folder: ${name}`, {
      prepare: (box) => write(box, '.curlrc', `${(content as (box: Box) => string)(box)}\n`),
    })`-s -m 2 ${'https://api.example.com/'}`,
);

const archives: readonly Attack[] = [
  within('rsync', '.rsync-filter names another file', {
    prepare: (box) => {
      mkdirSync(join(box.work, 'src'));
      write(box, 'src/.rsync-filter', `. ${box.secret}\n`);
    },
  })`-r -F -vvv ${file('src')} ${file('dst')}`,
  within('rsync', 'a link in the folder, followed', {
    prepare: (box) => {
      mkdirSync(join(box.work, 'src'));
      symlinkSync(box.secret, join(box.work, 'src/l'));
    },
  })`-rL ${file('src')} ${file('dst')}`,
  within('zip', 'a link in the folder, followed', {
    prepare: (box) => {
      mkdirSync(join(box.work, 'src'));
      symlinkSync(box.secret, join(box.work, 'src/l'));
    },
  })`-q -0 -r ${file('new.zip')} ${file('src')}`,
  within('grep', 'a link in the folder, followed', {
    prepare: (box) => {
      mkdirSync(join(box.work, 'src'));
      symlinkSync(box.secret, join(box.work, 'src/l'));
    },
  })`-Rh -e TOP ${file('src')}`,
  within('find', 'a link in the folder, followed', {
    prepare: (box) => {
      mkdirSync(join(box.work, 'src'));
      symlinkSync(join(box.secret, '..'), join(box.work, 'src/l'));
    },
  })`-L ${file('src')} -name victim.txt -delete`,
  within('unzip', 'an entry that leads out, let through', {
    prepare: (box) => write(box, 'u.zip', zipOf('../canary')),
  })`-q -o -: ${file('u.zip')}`,
  within('unzip', 'a pattern in the name of the archive', {
    prepare: (box) => write(box, '*.zip', zipOf('a')),
  })`-p ../${file('*.zip')}`,
  within('tar', 'an entry that leads out, let through', {
    prepare: (box) => write(box, 'u.tar', tarOf(box, ['-P', '--transform=s,.*,../canary,'])),
  })`-xPf ${file('u.tar')}`,
  within('tar', 'an absolute entry, let through', {
    prepare: (box) => write(box, 'u.tar', tarOf(box, ['-P', `--transform=s,.*,${box.canary},`])),
  })`-x -P -f ${file('u.tar')}`,
  within('tar', 'a list of files with options in it', {
    prepare: (box) => {
      hookIn(box.work, 'run', box);
      write(box, 'list', `--checkpoint=1\n--checkpoint-action=exec=${box.work}/run\na.txt\n`);
    },
  })`-cf ${file('new.tar')} -T ${file('list')}`,
  within('tar', 'a compressed archive of another program', {
    prepare: (box) => {
      hookIn(box.work, 'run', box);
      write(box, 'u.tar', tarOf(box));
    },
  })`-I ./run -xf ${file('u.tar')}`,
  within('sort', 'a list of files', {
    prepare: (box) => write(box, 'list', `${box.secret}\0`),
  })`--files0-from=${file('list')}`,
  within('grep', 'a list of patterns that is too general', {
    prepare: (box) => write(box, 'list', '.\n'),
  })`-h -f ${file('list')} ../secret.txt`,
  within('find', 'a list of folders', {
    prepare: (box) => write(box, 'list', `..\0`),
  })`-files0-from ${file('list')} -name victim.txt -delete`,
];

export const fileContents: readonly Attack[] = [...magickFiles, ...identify, ...scripts, ...rc, ...archives];
