/**
 * Node 20 to 24: child_process, os; execa 5 to 9, cross-spawn 7, tinyexec 1, shelljs 0.8 to 0.10, zx 8. Documentation:
 * https://nodejs.org/docs/latest-v24.x/api/child_process.html
 */
import type { Condition, Models } from '../../../models/model.ts';

/** Values of `shell`; `true` is the system's own. */
const shells = [
  true,
  '/bin/sh',
  '/bin/bash',
  '/usr/bin/bash',
  '/bin/zsh',
  'sh',
  'bash',
  'zsh',
  'cmd',
  'cmd.exe',
  'powershell',
  'powershell.exe',
];
const shellIn2: Condition = { at: 'Argument[2].Member[shell]', is: shells };
const run = 'spawn,spawnSync,execFile,execFileSync';

export const nodeProcess: Models = {
  language: 'javascript',
  types: [
    ['execa.Function', 'execa', ''],
    ['execa.Function', 'execa', 'Member[execa,execaSync,sync,$]'],
    ['execa.Function', 'execa.Function', 'Member[default,sync,s]'],
    // Called with options, it returns the same function, which is called or tags a template.
    ['execa.Function', 'execa.Function', 'ReturnValue'],
  ],
  sinks: [
    // bluebird makes `execAsync` from `exec`.
    ['child_process', 'Member[exec,execSync,execAsync].Argument[0]', 'command'],
    ['child_process', `Member[${run}].Argument[0]`, 'command'],
    ['child_process', 'Member[fork].Argument[0]', 'path'],
    ['child_process', `Member[${run}].Argument[1]`, 'command', shellIn2],
    ['child_process', `Member[${run}].Argument[1].AnyMember`, 'command', shellIn2],
    ['child_process', `Member[exec,execSync,${run},fork].Argument[1,2].Member[shell,execPath]`, 'command'],
    ['cross-spawn', 'Argument[0]', 'command'],
    ['cross-spawn', 'Argument[1].AnyMember', 'command', shellIn2],
    ['cross-spawn', 'Member[spawn,sync].Argument[0]', 'command'],
    ['cross-spawn', 'Member[spawn,sync].Argument[1].AnyMember', 'command', shellIn2],
    ['execa.Function', 'Argument[0]', 'command'],
    ['execa.Function', 'Argument[1]', 'command', shellIn2],
    ['execa.Function', 'Argument[1].AnyMember', 'command', shellIn2],
    // Split at spaces and run without a shell: an attacker can choose the program, and add arguments.
    ['execa', 'Member[execaCommand,execaCommandSync,command,commandSync].Argument[0]', 'command'],
    ['execa', 'Member[execaNode,node].Argument[0]', 'path'],
    ['tinyexec', 'Member[exec,x].Argument[0]', 'command'],
    ['shelljs', 'Member[exec].Argument[0]', 'command'],
    ['shelljs', 'Member[cmd].Argument[0]', 'command'],
    ['shelljs', 'Member[cat,cd,chmod,cp,head,ls,mkdir,mv,rm,sort,tail,touch].Argument[0..]', 'path'],
    ['shelljs', 'Member[cat,cp,ls,mkdir,mv,rm,touch].Argument[0..].AnyMember', 'path'],
    ['cross-spawn-async', 'Argument[0]', 'command'],
    ['node-cmd', 'Member[run,get,runSync].Argument[0]', 'command'],
    ['exec-sh', 'Argument[0]', 'command'],
    ['node-pty', 'Member[spawn].Argument[0]', 'command'],
    ['ssh2', 'Member[Client].Instance.Member[exec].Argument[0]', 'command'],
    ['node-ssh', 'Member[NodeSSH].Instance.Member[execCommand].Argument[0]', 'command'],
  ],
  sanitizers: [
    ['shell-quote', 'Member[quote].ReturnValue', ['command']],
    [
      'shescape',
      'Member[Shescape].Instance.Member[quote,quoteAll,escape,escapeAll].ReturnValue',
      ['command'],
    ],
    ['shell-escape', 'ReturnValue', ['command']],
    ['any-shell-escape', 'ReturnValue', ['command']],
  ],
};
