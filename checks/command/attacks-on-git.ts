import { hookIn } from './attacks-files.ts';
import { type Attack, type Box, by, file } from './attacks-kind.ts';

const touch = (box: Box) => `touch ${box.canary}`;
const repository = { cwd: 'repo' };

/** What takes the place of a URL. */
const urls: readonly (readonly [string, (box: Box) => string])[] = [
  ['ext:: runs a program, git-remote-ext(1)', (box) => `ext::sh -c touch% ${box.canary}`],
  ['ext:: with another shell', (box) => `ext::/bin/sh -c touch% ${box.canary}% %S`],
  ['ext:: without a shell', (box) => `ext::touch ${box.canary}`],
  ['--upload-pack runs a program, CVE-2022-24066 (simple-git)', (box) => `--upload-pack=${touch(box)}`],
  ['-u runs a program', (box) => `-u${touch(box)}`],
  [
    'a dash before the host of ssh, CVE-2017-1000117',
    (box) => `ssh://-oProxyCommand=touch%20${box.canary}/x`,
  ],
  ['the same in the short form', (box) => `-oProxyCommand=touch\t${box.canary}:x`],
  ['a repository of somebody else on this machine', (box) => box.privateRepository],
  ['the same as a URL', (box) => `file://${box.privateRepository}`],
  ['the same through localhost', (box) => `file://localhost${box.privateRepository}`],
  ['a host in the own network, CWE-918', (box) => `http://127.0.0.1:${box.port}/x.git`],
  ['the same by git://', (box) => `git://127.0.0.1:${box.port}/x.git`],
  ['the same by ftp', (box) => `ftp://127.0.0.1:${box.port}/x.git`],
  ['the same over TLS', (box) => `https://127.0.0.1:${box.port}/x.git`],
  ['the same with a name before it', (box) => `http://github.com@127.0.0.1:${box.port}/x.git`],
  ['the same by ssh', (box) => `ssh://127.0.0.1:${box.port}/x.git`],
];

const fetching: readonly Attack[] = urls.flatMap(([because, url]) => [
  by('git', `clone: ${because}`)`clone ${url} ${file('copy')}`,
  by('git', `ls-remote: ${because}`, repository)`ls-remote ${url}`,
  by('git', `fetch: ${because}`, repository)`fetch ${url}`,
]);

/** What takes the place of a revision. */
const output = (box: Box) => `--output=${box.canary}`;
const revisions: readonly Attack[] = [
  by('git', 'log writes to a file, git-log(1) --output', repository)`log ${output}`,
  by('git', 'show writes to a file', repository)`show ${output}`,
  by('git', 'diff writes to a file, CVE-2022-25648 is of this kind', repository)`diff HEAD~1 ${output}`,
  by('git', 'diff-tree writes to a file', repository)`diff-tree -p HEAD ${output}`,
  by('git', 'log with a list of values', repository)`log ${['-p', output]}`,
  by('git', 'an abbreviation of --output', repository)`log ${(box) => `--outpu=${box.canary}`}`,
  by('git', 'diff of two files anywhere', repository)`diff ${'--no-index'} /dev/null ${(box) => box.secret}`,
  by(
    'git',
    'diff turns to any files without an option',
    repository,
  )`diff ${'/dev/null'} ${(box) => box.secret}`,
  by('git', 'the same behind --', repository)`diff -- ${'/dev/null'} ${(box) => box.secret}`,
  by('git', 'the same by ..', repository)`diff -- ${'../../none'} ${'../../secret.txt'}`,
  by(
    'git',
    'blame of a file anywhere, git-blame(1) --contents',
    repository,
  )`blame ${(box) => `--contents=${box.secret}`} -- a.txt`,
  by(
    'git',
    'grep opens a pager, git-grep(1) -O',
    repository,
  )`grep ${(box) => `-O${touch(box)};true`} -e hello`,
  by(
    'git',
    'the same in full',
    repository,
  )`grep ${(box) => `--open-files-in-pager=${touch(box)};true`} -e hello`,
  by('git', 'an abbreviation of it', repository)`grep ${(box) => `--open=${touch(box)};true`} -e hello`,
  by(
    'git',
    'grep reads patterns from any file',
    repository,
  )`grep ${(box) => `-f${box.secret}`} -h --untracked`,
  by('git', 'grep looks in any folder', repository)`grep ${'--no-index'} -e TOP ${'../..'}`,
  by('git', 'a pattern that is an option', repository)`grep ${(box) => `-O${touch(box)};true`} ${'hello'}`,
  by(
    'git',
    'archive runs a program, git-archive(1) --exec',
    repository,
  )`archive ${['--remote=.', (box: Box) => `--exec=${touch(box)};true`]} HEAD`,
  by(
    'git',
    'archive from elsewhere',
    repository,
  )`archive ${(box) => `--remote=${box.privateRepository}`} HEAD`,
  by('git', 'archive writes to a file', repository)`archive ${output} HEAD`,
  by('git', 'the same, short', repository)`archive ${(box) => `-o${box.canary}`} HEAD`,
  by(
    'git',
    'archive adds any file, git-archive(1) --add-file',
    repository,
  )`archive ${(box) => `--add-file=${box.secret}`} HEAD`,
  by(
    'git',
    'the text of a file in an archive',
    repository,
  )`archive ${(box) => `--add-virtual-file=x:${box.canary}`} ${output} HEAD`,
  by(
    'git',
    'fetch runs a program of its own',
    repository,
  )`fetch ${['.', (box: Box) => `--upload-pack=${touch(box)};true`]}`,
  by('git', 'the order does not matter', repository)`fetch ${(box) => `--upload-pack=${touch(box)};true`} .`,
  by('git', 'an abbreviation', repository)`fetch ${(box) => `--upload=${touch(box)};true`} .`,
  by('git', 'pull does too', repository)`pull ${(box) => `--upload-pack=${touch(box)};true`} .`,
  by(
    'git',
    'ls-remote does too, CVE-2022-25766 (ungit)',
    repository,
  )`ls-remote ${(box) => `--upload-pack=${touch(box)};true`} .`,
  by('git', 'ls-remote, the older name', repository)`ls-remote ${(box) => `--exec=${touch(box)};true`} .`,
  by(
    'git',
    'push runs a program',
    repository,
  )`push ${(box) => `--receive-pack=${touch(box)};true`} . HEAD:refs/heads/x`,
  by(
    'git',
    'push, the other name',
    repository,
  )`push ${(box) => `--exec=${touch(box)};true`} . HEAD:refs/heads/x`,
  by(
    'git',
    'a refspec overwrites a branch',
    repository,
  )`fetch . ${(box) => (box ? '+HEAD~1:refs/heads/kept' : '')}`,
  by('git', 'a branch is deleted', repository)`branch ${'-D'} ${'kept'}`,
  by('git', 'the same in one value', repository)`push . ${':kept'}`,
  by('git', 'a tag is deleted', repository)`tag ${'-d'} ${'v1'}`,
  by('git', 'rebase runs a program', repository)`rebase ${(box) => `--exec=${touch(box)}`} HEAD~1`,
  by(
    'git',
    'a commit message from any file',
    repository,
  )`commit --allow-empty ${(box) => `--file=${box.secret}`} -q --no-edit`,
  by('git', 'the same, short', repository)`commit --allow-empty ${(box) => `-F${box.secret}`}`,
  by('git', 'init copies hooks', {
    prepare: templateOf,
  })`init ${(box) => `--template=${box.work}/template`} new`,
  by('git', 'clone copies hooks', {
    prepare: templateOf,
  })`clone ${(box) => `--template=${box.work}/template`} repo new`,
  by('git', 'init puts the repository elsewhere')`init ${(box) => `--separate-git-dir=${box.canary}`} new`,
  by(
    'git',
    'clone puts the repository elsewhere',
  )`clone ${(box) => `--separate-git-dir=${box.canary}`} repo new`,
  by('git', 'clone sets a setting', {
    prepare: templateOf,
  })`clone ${(box) => `--config=core.hooksPath=${box.work}/template/hooks`} repo new`,
  by('git', 'the same, short', {
    prepare: templateOf,
  })`clone ${(box) => `-ccore.hooksPath=${box.work}/template/hooks`} repo new`,
  by('git', 'clone to any folder')`clone repo ${(box) => box.canary}`,
  by('git', 'clone to a folder above')`clone repo ${'../canary'}`,
  by('git', 'init of any folder')`init ${(box) => box.canary}`,
  by(
    'git',
    'a setting before the subcommand',
    repository,
  )`-c ${(box) => `core.fsmonitor=${touch(box)};false`} status`,
  by('git', 'an alias that is a program', repository)`-c ${(box) => `alias.x=!${touch(box)}`} x`,
  by(
    'git',
    'diff.external by a setting',
    repository,
  )`-c ${(box) => `diff.external=${touch(box)};true`} diff HEAD~1`,
  by('git', 'programs of git from another folder', {
    ...repository,
    prepare: execPathOf,
  })`${(box) => `--exec-path=${box.work}/exec`} x`,
  by('git', 'the subcommand itself', {
    ...repository,
    prepare: execPathOf,
  })`${'init'} ${(box) => box.canary}`,
  by(
    'git',
    'a file is read into the repository',
    repository,
  )`hash-object -w ${(box) => box.secret} --stdin-paths`,
  by(
    'git',
    'difftool runs a program',
    repository,
  )`difftool ${(box) => `--extcmd=${touch(box)};true`} -y HEAD~1`,
  by('git', 'bisect runs a program', {
    ...repository,
    prepare: execPathOf,
  })`bisect run ${'sh'} ${(box) => `${box.work}/exec/git-x`}`,
  by(
    'git',
    'for-each-ref is no place for a format',
    repository,
  )`submodule foreach ${(box) => `${touch(box)};true`}`,
  by(
    'git',
    'filter-branch runs a program',
    repository,
  )`filter-branch -f --msg-filter ${(box) => `${touch(box)};cat`} HEAD~1..HEAD`,
  by('git', 'a bundle is written anywhere', repository)`bundle create ${(box) => box.canary} HEAD`,
  by('git', 'format-patch writes to any folder', repository)`format-patch -1 ${(box) => `-o${box.canary}`}`,
  by('git', 'a worktree anywhere', repository)`worktree add ${(box) => box.canary}`,
  by(
    'git',
    'archive of another repository',
    repository,
  )`${(box) => `--git-dir=${box.privateRepository}`} show HEAD:secret.txt`,
  by('git', 'the same by -C', repository)`-C ${(box) => box.privateRepository} show HEAD:secret.txt`,
  by(
    'git',
    'checkout of another work tree',
    repository,
  )`${(box) => `--work-tree=${box.victim}/..`} checkout -f HEAD -- victim.txt`,
  by('git', 'config sets what runs', repository)`config ${'core.hooksPath'} ${(box) => box.canary}`,
  by('git', 'config writes anywhere', repository)`config ${(box) => `--file=${box.canary}`} a.b c`,
  by(
    'git',
    'remote add of ext::, and its use',
    repository,
  )`remote add -f evil ${(box) => `ext::sh -c touch% ${box.canary}`}`,
  by(
    'git',
    'apply of a patch anywhere',
    repository,
  )`apply ${(box) => `--directory=${box.canary}`} ${(box) => box.secret}`,
  by('git', 'a pathspec from a file', repository)`rm ${(box) => `--pathspec-from-file=${box.secret}`}`,
  by('git', 'shortlog writes to a file', repository)`shortlog ${output} HEAD`,
  by('git', 'notes read any file', repository)`notes add ${(box) => `-F${box.secret}`}`,
  by('git', 'interpret-trailers reads any file', repository)`interpret-trailers ${(box) => box.secret}`,
  by(
    'git',
    'check-ignore, verbose, reads any list',
    repository,
  )`ls-files -o ${(box) => `--exclude-from=${box.secret}`} ${(box) => `--with-tree=${box.canary}`}`,
  by('git', 'stripspace and mailinfo write files', repository)`mailinfo ${(box) => box.canary} ${'patch'}`,
  by('git', 'var runs no program, help opens a browser', repository)`help ${'-w'} ${'git'}`,
];

function templateOf(box: Box): void {
  hookIn(`${box.work}/template/hooks`, 'post-checkout', box);
  hookIn(`${box.work}/template/hooks`, 'reference-transaction', box);
}

function execPathOf(box: Box): void {
  hookIn(`${box.work}/exec`, 'git-x', box);
}

export const gitAttacks: readonly Attack[] = [...fetching, ...revisions];
