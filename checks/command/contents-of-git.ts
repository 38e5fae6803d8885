import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { repo, run, withConfig, write } from './attacks-files.ts';
import { type Attack, type Box, within } from './attacks-kind.ts';

function hostile(because: string, settings: (box: Box) => string, more?: (box: Box) => void) {
  return within('git', because, { cwd: repo, prepare: withConfig(settings, more) });
}

const attributes = (text: string) => (box: Box) => write(box, `${repo}/.gitattributes`, `${text}\n`);
const changed = (box: Box) => write(box, `${repo}/a.txt`, 'changed\n');
const both =
  (...all: readonly ((box: Box) => void)[]) =>
  (box: Box) => {
    for (const one of all) one(box);
  };

const fsmonitor = (box: Box) => `[core]\nfsmonitor = ${run(box)}`;
const external = (box: Box) => `[diff]\nexternal = ${run(box)}`;
const textconv = (box: Box) => `[diff "x"]\ntextconv = ${run(box)}`;
const driver = (box: Box) => `[diff "x"]\ncommand = ${run(box)}`;
const clean = (box: Box) => `[filter "x"]\nclean = ${run(box)}`;
const smudge = (box: Box) => `[filter "x"]\nsmudge = ${run(box)}`;
const process = (box: Box) => `[filter "x"]\nprocess = ${run(box)}`;
const byAttribute = attributes('*.txt diff=x filter=x merge=x');
const inInfo = (box: Box) => write(box, `${repo}/.git/info/attributes`, '*.txt diff=x filter=x merge=x\n');
const tgz = (box: Box) => `[tar "tgz"]\ncommand = ${run(box)}`;

const programs: readonly Attack[] = [
  hostile('core.fsmonitor, CVE-2022-24765', fsmonitor)`status --short`,
  hostile('core.fsmonitor on diff', fsmonitor)`diff --stat`,
  hostile('core.fsmonitor on add', fsmonitor, changed)`add -- ${'a.txt'}`,
  hostile('core.fsmonitor on ls-files', fsmonitor)`ls-files -m`,
  hostile('core.fsmonitor on grep', fsmonitor)`grep -e ${'hello'}`,
  hostile('core.fsmonitor on checkout', fsmonitor)`checkout -q ${'kept'}`,
  hostile('core.fsmonitor on describe', fsmonitor)`describe --tags --dirty`,
  hostile('core.fsmonitor on blame', fsmonitor)`blame -- ${'a.txt'}`,
  hostile('core.fsmonitor on rm', fsmonitor)`rm -q -- ${'a.txt'}`,
  hostile('diff.external on diff', external)`diff HEAD~1`,
  hostile('diff.external on a changed file', external, changed)`diff`,
  hostile('a driver of diff on diff', driver, both(byAttribute, changed))`diff`,
  hostile('a driver of diff, by info/attributes', driver, both(inInfo, changed))`diff`,
  hostile('textconv on diff', textconv, both(byAttribute, changed))`diff`,
  hostile('textconv on log', textconv, inInfo)`log -p`,
  hostile('textconv on show', textconv, inInfo)`show ${'HEAD'}`,
  hostile('textconv on blame', textconv, inInfo)`blame -- ${'a.txt'}`,
  hostile('textconv by .gitattributes on log', textconv, byAttribute)`log -p -n ${'1'}`,
  hostile('a filter on add', clean, both(byAttribute, changed))`add -- ${'a.txt'}`,
  hostile('a filter on status', clean, both(inInfo, changed))`status --short`,
  hostile('a filter on diff', clean, both(byAttribute, changed))`diff`,
  hostile('a filter on commit', clean, both(inInfo, changed))`commit -q -a -m ${'x'}`,
  hostile('a filter on checkout', smudge, both(inInfo, changed))`checkout -q -- ${'a.txt'}`,
  hostile('a filter on restore', smudge, both(inInfo, changed))`restore -- ${'a.txt'}`,
  hostile('a filter on switch', smudge, inInfo)`switch -q ${'kept'}`,
  hostile('a filter on archive', smudge, inInfo)`archive --format=tar HEAD`,
  hostile('a filter on reset', smudge, both(inInfo, changed))`reset -q --hard`,
  hostile('a process filter on add', process, both(byAttribute, changed))`add -- ${'a.txt'}`,
  hostile('a process filter on status', process, both(inInfo, changed))`status --short`,
  hostile('the program of an archive format', tgz)`archive --format=tgz HEAD`,
  hostile(
    'the program of an archive format, by name',
    (box) => `[tar "tar.gz"]\ncommand = ${run(box)}`,
  )`archive --format=tar.gz HEAD`,
  hostile(
    'gpg.program by log.showSignature',
    (box) => `[log]\nshowSignature = true\n[gpg]\nprogram = ${run(box)}`,
    signedCommit,
  )`log`,
  hostile(
    'gpg.program by commit.gpgSign',
    (box) => `[commit]\ngpgSign = true\n[gpg]\nprogram = ${run(box)}`,
  )`commit -q --allow-empty -m ${'x'}`,
  hostile(
    'gpg.program by tag.gpgSign',
    (box) => `[tag]\ngpgSign = true\n[gpg]\nprogram = ${run(box)}`,
  )`tag -m ${'x'} ${'v2'}`,
  hostile(
    'gpg.ssh.defaultKeyCommand',
    (box) => `[commit]\ngpgSign = true\n[gpg]\nformat = ssh\n[gpg "ssh"]\ndefaultKeyCommand = ${run(box)}`,
  )`commit -q --allow-empty -m ${'x'}`,
  hostile('core.editor on commit', (box) => `[core]\neditor = ${run(box)}`)`commit -q --allow-empty`,
  hostile('core.editor on tag', (box) => `[core]\neditor = ${run(box)}`)`tag -a ${'v3'}`,
  hostile(
    'core.sshCommand on fetch',
    (box) => `[core]\nsshCommand = ${run(box)}\n[remote "origin"]\nurl = ssh://x/y`,
  )`fetch ${'origin'}`,
  hostile(
    'core.sshCommand on ls-remote',
    (box) => `[core]\nsshCommand = ${run(box)}\n[remote "origin"]\nurl = x:y`,
  )`ls-remote ${'origin'}`,
  hostile(
    'core.gitProxy on fetch',
    (box) => `[core]\ngitProxy = ${run(box)}\n[remote "origin"]\nurl = git://x/y`,
  )`fetch ${'origin'}`,
  hostile(
    'ext:: as the URL of a remote',
    (box) => `[remote "origin"]\nurl = ext::${run(box)}\n[protocol "ext"]\nallow = always`,
  )`fetch ${'origin'}`,
  hostile(
    'ext:: by insteadOf',
    (box) =>
      `[url "ext::${run(box)} "]\ninsteadOf = https://github.com/\n[protocol "ext"]\nallow = always\n[remote "origin"]\nurl = https://github.com/x`,
  )`fetch ${'origin'}`,
  hostile(
    'ext:: by pushInsteadOf',
    (box) =>
      `[url "ext::${run(box)} "]\npushInsteadOf = .\n[protocol "ext"]\nallow = always\n[remote "origin"]\nurl = .`,
  )`push ${'origin'} ${'kept'}`,
  hostile(
    'ext:: as the URL to push to',
    (box) => `[protocol]\nallow = always\n[remote "origin"]\nurl = .\npushurl = ext::${run(box)}`,
  )`push ${'origin'} ${'kept'}`,
  hostile(
    'remote.*.uploadpack',
    (box) => `[remote "origin"]\nurl = .\nuploadpack = ${run(box)}`,
  )`fetch ${'origin'}`,
  hostile(
    'remote.*.uploadpack on ls-remote',
    (box) => `[remote "origin"]\nurl = .\nuploadpack = ${run(box)}`,
  )`ls-remote ${'origin'}`,
  hostile(
    'remote.*.receivepack',
    (box) => `[remote "origin"]\nurl = .\nreceivepack = ${run(box)}`,
  )`push ${'origin'} ${'kept'}`,
  hostile(
    'a remote that connects elsewhere',
    (box) => `[remote "origin"]\nurl = http://127.0.0.1:${box.port}/x`,
  )`fetch ${'origin'}`,
  hostile(
    'a proxy',
    (box) => `[http]\nproxy = http://127.0.0.1:${box.port}\n[remote "origin"]\nurl = http://example.com/x`,
  )`ls-remote ${'origin'}`,
  hostile(
    'a branch whose remote connects elsewhere',
    (box) => `[branch "main"]\nremote = http://127.0.0.1:${box.port}/x\nmerge = refs/heads/main`,
  )`fetch`,
  hostile(
    'credential.helper',
    (box) => `[credential]\nhelper = !${run(box)}\n[remote "origin"]\nurl = http://127.0.0.1:${box.port}/x`,
  )`fetch ${'origin'}`,
  hostile(
    'core.askPass',
    (box) => `[core]\naskPass = ${run(box)}\n[remote "origin"]\nurl = http://u@127.0.0.1:${box.port}/x`,
  )`fetch ${'origin'}`,
  hostile(
    'a missing object is fetched',
    (box) =>
      `[extensions]\npartialClone = origin\n[core]\nrepositoryformatversion = 1\n[remote "origin"]\nurl = .\npromisor = true\nuploadpack = ${run(box)}`,
  )`cat-file -p ${'0123456789012345678901234567890123456789'}`,
  hostile(
    'the same over the network',
    (box) =>
      `[extensions]\npartialClone = origin\n[core]\nrepositoryformatversion = 1\n[remote "origin"]\nurl = http://127.0.0.1:${box.port}/x\npromisor = true`,
  )`show ${'0123456789012345678901234567890123456789'}`,
  hostile(
    'core.alternateRefsCommand',
    (box) => `[core]\nalternateRefsCommand = ${run(box)}`,
    alternates,
  )`fetch ${'.'}`,
  hostile(
    'a driver of merge',
    (box) => `[merge "x"]\ndriver = ${run(box)} %A`,
    inInfo,
  )`merge -m ${'x'} ${'side'}`,
  hostile(
    'a trailer',
    (box) => `[trailer "x"]\nkey = X\ncommand = ${run(box)}`,
  )`commit -q --allow-empty -m ${'x'} --trailer x`,
  hostile(
    'the default driver of merge',
    (box) => `[merge]\ndefault = x\n[merge "x"]\ndriver = ${run(box)} %A`,
  )`merge -m ${'x'} ${'side'}`,
  hostile(
    'an include of another file',
    () => `[include]\npath = ../extra`,
    (box) => write(box, `${repo}/extra`, fsmonitor(box)),
  )`status`,
  hostile(
    'an include with a condition',
    () => `[includeIf "gitdir:**"]\npath = ../extra`,
    (box) => write(box, `${repo}/extra`, fsmonitor(box)),
  )`status`,
  hostile(
    'an include of a branch',
    () => `[includeIf "onbranch:main"]\npath = ../extra`,
    (box) => write(box, `${repo}/extra`, fsmonitor(box)),
  )`status`,
  hostile(
    'settings of a work tree',
    () => `[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true`,
    (box) => write(box, `${repo}/.git/config.worktree`, fsmonitor(box)),
  )`status`,
  hostile('an alias in place of a subcommand', (box) => `[alias]\nst = !${run(box)}`)`st`,
  hostile(
    'a pager for the output',
    (box) => `[pager]\nlog = ${run(box)}\n[core]\npager = ${run(box)}`,
  )`--paginate log`,

  hostile(
    'core.worktree on reset',
    (box) => `[core]\nworktree = ${box.work}/..`,
    (box) => rmSync(join(box.work, repo, '.git/index')),
  )`reset -q --hard ${'withCanary'}`,
  hostile(
    'mailmap.file',
    (box) => `[mailmap]\nfile = ${box.secret}\n[core]\nfsmonitor = ${run(box)}`,
  )`status`,
  hostile(
    'commit.template',
    (box) => `[commit]\ntemplate = ${box.secret}\n[core]\neditor = sed -i s/^$/x/`,
  )`commit --allow-empty -v`,
];

function signedCommit(box: Box): void {
  const body =
    'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nx\n';
  write(box, 'signed', body);
  const id = execFileSync(
    '/usr/bin/git',
    ['-C', join(box.work, repo), 'hash-object', '-w', '-t', 'commit', '../signed'],
    { encoding: 'utf8' },
  );
  write(box, `${repo}/.git/refs/heads/main`, id);
}

function alternates(box: Box): void {
  write(box, `${repo}/.git/objects/info/alternates`, `${box.privateRepository}/objects\n`);
}

export const gitContents: readonly Attack[] = programs;
