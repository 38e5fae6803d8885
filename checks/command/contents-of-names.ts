import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { tarOf, zipOf } from './attacks-archives.ts';
import { hookIn, write } from './attacks-files.ts';
import { type Attack, type Box, file, within } from './attacks-kind.ts';

/** Names as a folder of uploads may have them, which a list of its files puts on the command line. */
function named(program: string, because: string, names: readonly string[], contents?: (box: Box) => void) {
  return within(program, `names of files: ${because}`, {
    cwd: 'up',
    prepare: (box) => {
      hookIn(box.work, 'run', box);
      for (const name of names) write(box, `up/${name}`, 'x\n');
      contents?.(box);
    },
  });
}

// The programs run in the folder `up`, where `hook` is a program too: a name can't have a slash.
const withHook = (box: Box) => {
  write(box, 'up/a.txt', 'x\n'.repeat(100));
  hookIn(join(box.work, 'up'), 'hook', box);
};
const up = (names: readonly string[]) => names.map((name) => file(`up/${name}`));
const checkpoint = ['--checkpoint=1', '--checkpoint-action=exec=sh hook'];
const compress = ['--use-compress-program=sh hook'];

const names: readonly Attack[] = [
  named(
    'tar',
    '--checkpoint-action, the wildcard attack',
    checkpoint,
    withHook,
  )`-cf ${file('up/new.tar')} ${up([...checkpoint, 'a.txt'])}`,
  named(
    'tar',
    '--checkpoint-action with gzip',
    checkpoint,
    withHook,
  )`-czf ${file('up/new.tar')} ${up([...checkpoint, 'a.txt'])}`,
  named(
    'tar',
    '--use-compress-program',
    compress,
    withHook,
  )`-cf ${file('up/new.tar')} ${up([...compress, 'a.txt'])}`,
  named('tar', '--to-command', ['--to-command=sh hook'], (box) => {
    withHook(box);
    write(box, 'up/p.tar', tarOf(box));
  })`-xf ${file('up/p.tar')} ${up(['--to-command=sh hook'])}`,
  named(
    'tar',
    '--remove-files',
    ['--remove-files'],
    withHook,
  )`-cf ${file('up/new.tar')} ${up(['--remove-files'])} ../../victim.txt`,
  named(
    'tar',
    'an archive with a colon',
    ['evil:x.tar'],
    withHook,
  )`-tf ${up(['evil:x.tar'])} --rsh-command=./hook`,
  named(
    'rsync',
    '-e, the wildcard attack',
    ['-e sh hook'],
    withHook,
  )`-r ${up(['-e sh hook'])} ${file('up/a.txt')} x:y`,
  named('rsync', '--rsh', ['--rsh=sh hook'], withHook)`-r ${up(['--rsh=sh hook'])} x:y ${file('up/b')}`,
  named('rsync', 'a colon', ['h:x'], withHook)`-r --rsh=./hook ${up(['h:x'])} ${file('up/b')}`,
  named(
    'zip',
    '-T and -TT, the wildcard attack',
    ['-T', '-TTsh hook #'],
    withHook,
  )`-q ${file('up/new.zip')} ${up(['a.txt', '-T', '-TTsh hook #'])}`,
  named('zip', '-m moves', ['-m'], withHook)`-q ${file('up/new.zip')} ${up(['-m'])} ../../victim.txt`,
  named('zip', 'a pattern', ['*'], withHook)`-q -0 - ${up(['*'])} -i ../../secret.txt ../../secret.txt`,
  named('grep', '-f', ['-rhe.'], withHook)`${up(['-rhe.'])} ../..`,
  named('sort', '--output', ['--output=canary'], (box) => {
    withHook(box);
    symlinkSync(box.canary, join(box.work, 'up/canary'));
  })`${up(['--output=canary', 'a.txt'])}`,
  named('find', '-delete', ['-delete'], withHook)`.. -name a.txt ${up(['-delete'])} -o -fprint ../../canary`,
  named(
    'magick',
    'a coder in a name',
    ['text:a.png'],
    secretLink('a.png'),
  )`${up(['text:a.png'])} -format %c txt:-`,
  named('magick', 'a list of names', ['@list.png'], (box) => {
    secretLink('list.png')(box);
  })`${up(['@list.png'])} info:`,
  named('magick', 'a pipe in a name', ['|sh hook'], withHook)`${up(['|sh hook'])} info:`,
  named('magick', 'a coder that deletes', ['ephemeral:a.png'], (box) =>
    symlinkSync(box.victim, join(box.work, 'up/a.png')),
  )`${up(['ephemeral:a.png'])} info:`,
  named('curl', 'a file to send', ['-K'], (box) =>
    write(box, 'up/opts', `output = ${box.canary}\n`),
  )`-s ${up(['-K', 'opts'])} file:///dev/null`,
  named('unzip', '-: in a name', ['-:'], (box) =>
    write(box, 'up/up.zip', zipOf('../../canary')),
  )`-qo ${up(['-:', 'up.zip'])}`,
  named('git', 'an option in a name', ['--output=canary'], (box) => {
    symlinkSync(box.canary, join(box.work, 'up/canary'));
    symlinkSync('../repo/.git', join(box.work, 'up/.git'));
  })`log ${up(['--output=canary'])}`,
];

function secretLink(name: string): (box: Box) => void {
  return (box) => symlinkSync(box.secret, join(box.work, 'up', name));
}

export const nameContents: readonly Attack[] = names;
