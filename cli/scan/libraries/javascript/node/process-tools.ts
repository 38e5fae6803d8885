/**
 * Packages that run programs: mz, child-process-promise 2, promisify-child-process 5, teen_process 2, nano-spawn 1, tinyspawn 1,
 * async-shelljs, sudo-prompt 9, @actions/exec 1, concurrently 9, foreground-child 3, simple-ssh 1, ssh-exec 2, remote-exec,
 * dockerode 4; simple-git 3; execa's old `shell`; Bun 1 and Deno 2. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const run = 'spawn,spawnSync,execFile,execFileSync';
const likeChildProcess = [
  'mz/child_process',
  'child-process-promise',
  'promisify-child-process',
  'child-process-es6-promise',
];
const shells = [
  'sh',
  'bash',
  'zsh',
  '/bin/sh',
  '/bin/bash',
  '/bin/zsh',
  'cmd',
  'cmd.exe',
  'powershell',
  'powershell.exe',
  'pwsh',
];

function isShell(at: string): Condition {
  return { at, is: shells };
}

/** A shell is requested: `true`, or its name. */
function withShell(options: number): Condition {
  return { at: `Argument[${options}].Member[shell]`, is: [true, ...shells] };
}

export const processTools: Models = {
  language: 'javascript',
  types: [
    ['use.SimpleGit', 'simple-git', 'ReturnValue'],
    ['use.SimpleGit', 'simple-git', 'Member[simpleGit,gitP,default].ReturnValue'],
    ['use.SimpleGit', 'simple-git', 'Member[SimpleGit].Instance'],
    ['docker.Container', 'dockerode', 'Instance.Member[getContainer].ReturnValue'],
    ['docker.Container', 'dockerode', 'Instance.Member[createContainer].ReturnValue'],
    ['docker.Container', 'dockerode', 'Member[Container].Instance'],
  ],
  sinks: [
    ...likeChildProcess.flatMap((name) => [
      [name, 'Member[exec,execSync].Argument[0]', 'command'] as const,
      [name, `Member[${run}].Argument[0]`, 'command'] as const,
      [name, `Member[${run}].Argument[1].AnyMember`, 'command', withShell(2)] as const,
      [name, 'Member[fork].Argument[0]', 'path'] as const,
    ]),
    ['execa', 'Member[shell,shellSync].Argument[0]', 'command'],
    ['teen_process', 'Member[exec,spawn].Argument[0]', 'command'],
    ['teen_process', 'Member[SubProcess].Argument[0]', 'command'],
    ['nano-spawn', 'Argument[0]', 'command'],
    ['nano-spawn', 'Argument[1].AnyMember', 'command', withShell(2)],
    // Split at spaces and run without a shell: an attacker can choose the program, and add arguments.
    ['tinyspawn', 'Argument[0]', 'command'],
    ['@actions/exec', 'Member[exec,getExecOutput].Argument[0]', 'command'],
    ['async-shelljs', 'Member[asyncExec,exec].Argument[0]', 'command'],
    ['shelljs/global', 'Member[exec].Argument[0]', 'command'],
    ['sudo-prompt', 'Member[exec].Argument[0]', 'command'],
    ['@vscode/sudo-prompt', 'Member[exec].Argument[0]', 'command'],
    ['foreground-child', 'Argument[0]', 'command'],
    ['foreground-child', 'Member[foregroundChild].Argument[0]', 'command'],
    ['concurrently', 'Argument[0].AnyMember', 'command'],
    ['concurrently', 'Argument[0].AnyMember.Member[command]', 'command'],
    ['open', 'Argument[1].Member[app].Member[name]', 'command'],
    ['open', 'Member[openApp].Argument[0]', 'command'],
    ['simple-ssh', 'Instance.Member[exec].Argument[0]', 'command'],
    ['ssh-exec', 'Argument[0]', 'command'],
    ['remote-exec', 'Argument[1].AnyMember', 'command'],
    ['node-ssh', 'Member[NodeSSH].Instance.Member[exec].Argument[0]', 'command'],
    ['ssh2', 'Instance.Member[exec].Argument[0]', 'command'],
    // A shell in the container runs the third element of such a list.
    [
      'docker.Container',
      'Member[exec].Argument[0].Member[Cmd].AnyMember',
      'command',
      isShell('Argument[0].Member[Cmd].Member[0]'),
    ],
    ['global', 'Member[Bun].Member[spawn,spawnSync].Argument[0]', 'command'],
    ['global', 'Member[Bun].Member[spawn,spawnSync].Argument[0].Member[0]', 'command'],
    ['bun', 'Member[spawn,spawnSync].Argument[0]', 'command'],
    ['bun', 'Member[spawn,spawnSync].Argument[0].Member[0]', 'command'],
    ['global', 'Member[Deno].Member[Command].Argument[0]', 'command'],
    [
      'global',
      'Member[Deno].Member[Command].Argument[1].Member[args].AnyMember',
      'command',
      isShell('Argument[0]'),
    ],
  ],
  sanitizers: [
    ['bun', 'Member[$].Member[escape].ReturnValue', ['command']],
    ['global', 'Member[Bun].Member[$].Member[escape].ReturnValue', ['command']],
    ['puka', 'Member[quoteForShell,quoteForSh,quoteForCmd].ReturnValue', ['command']],
    ['shlex', 'Member[quote,join].ReturnValue', ['command']],
  ],
};
