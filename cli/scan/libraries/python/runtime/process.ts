// subprocess, os, pty, asyncio of Python 3.11; paramiko 3.5.1, Fabric 2.6.0, Invoke 2.2.0, pexpect 4.9, asyncssh 2.20.0;
// read in the installed interpreter and Debian 13's packages.
import type { Models } from '../../../models/model.ts';

const run = 'Member[run,call,check_call,check_output,Popen]';

/**
 * Functions that run programs. With `shell=True`, a shell parses the first argument of `subprocess`. Otherwise this
 * argument (or the first entry of the list) is the program, and the other entries of the list are no sinks.
 */
export const processes: Models = {
  language: 'python',
  types: [
    ['paramiko.SSHClient', 'paramiko', 'Member[SSHClient].Instance'],
    ['paramiko.SSHClient', 'paramiko.client', 'Member[SSHClient].Instance'],
    ['paramiko.Channel', 'paramiko.SSHClient', 'Member[invoke_shell].ReturnValue'],
    [
      'paramiko.Channel',
      'paramiko.SSHClient',
      'Member[get_transport].ReturnValue.Member[open_session].ReturnValue',
    ],
    ['paramiko.Channel', 'paramiko', 'Member[Transport].Instance.Member[open_session].ReturnValue'],
    ['paramiko.SFTPClient', 'paramiko.SSHClient', 'Member[open_sftp].ReturnValue'],
    ['fabric.Connection', 'fabric', 'Member[Connection].Instance'],
    ['fabric.Connection', 'fabric', 'Member[task].Argument[0].Parameter[0]'],
    ['fabric.Connection', 'invoke', 'Member[Context].Instance'],
    ['fabric.Connection', 'invoke', 'Member[task].Argument[0].Parameter[0]'],
    ['asyncssh.Connection', 'asyncssh', 'Member[connect].ReturnValue'],
  ],
  sinks: [
    ['subprocess', `${run}.Argument[0,args:]`, 'command', { at: 'Argument[shell:]', is: [true] }],
    ['subprocess', `${run}.Argument[0,args:]`, 'command', { at: 'Argument[shell:]', is: [true], not: true }],
    ['subprocess', `${run}.Argument[executable:]`, 'command'],
    ['subprocess', 'Member[getoutput,getstatusoutput].Argument[0,cmd:]', 'command'],
    ['os', 'Member[system].Argument[0,command:]', 'command'],
    ['os', 'Member[popen].Argument[0,cmd:]', 'command'],
    ['os', 'Member[popen2,popen3,popen4].Argument[0]', 'command'],
    [
      'os',
      'Member[execl,execle,execlp,execlpe,execv,execve,execvp,execvpe].Argument[0,file:,path:]',
      'command',
    ],
    [
      'os',
      'Member[spawnl,spawnle,spawnlp,spawnlpe,spawnv,spawnve,spawnvp,spawnvpe].Argument[1,file:]',
      'command',
    ],
    ['os', 'Member[posix_spawn,posix_spawnp].Argument[0,path:]', 'command'],
    ['os', 'Member[startfile].Argument[0,filepath:]', 'command'],
    ['commands', 'Member[getoutput,getstatusoutput].Argument[0]', 'command'],
    ['popen2', 'Member[popen2,popen3,popen4].Argument[0]', 'command'],
    ['pty', 'Member[spawn].Argument[0,argv:]', 'command'],
    ['asyncio', 'Member[create_subprocess_shell].Argument[0,cmd:]', 'command'],
    ['asyncio', 'Member[create_subprocess_exec].Argument[0,program:]', 'command'],
    ['asyncio.subprocess', 'Member[create_subprocess_shell].Argument[0,cmd:]', 'command'],
    ['asyncio.subprocess', 'Member[create_subprocess_exec].Argument[0,program:]', 'command'],
    ['paramiko.SSHClient', 'Member[exec_command].Argument[0,command:]', 'command'],
    ['paramiko.Channel', 'Member[exec_command].Argument[0,command:]', 'command'],
    ['fabric.Connection', 'Member[run,sudo,local].Argument[0,command:]', 'command'],
    ['fabric.api', 'Member[run,sudo,local].Argument[0,command:]', 'command'],
    ['fabric.operations', 'Member[run,sudo,local].Argument[0,command:]', 'command'],
    ['invoke', 'Member[run,sudo].Argument[0,command:]', 'command'],
    ['pexpect', 'Member[spawn,spawnu,run,runu].Argument[0,command:]', 'command'],
    ['pexpect.popen_spawn', 'Member[PopenSpawn].Argument[0,cmd:]', 'command'],
    ['asyncssh.Connection', 'Member[run,create_process].Argument[0,command:]', 'command'],
    ['sh', 'Member[Command].Argument[0]', 'command'],
  ],
  summaries: [
    ['shlex', 'Member[quote]', 'Argument[0,s:]', 'ReturnValue', 'taint'],
    ['shlex', 'Member[join]', 'Argument[0,split_command:]', 'ReturnValue', 'taint'],
    ['shlex', 'Member[split]', 'Argument[0,s:]', 'ReturnValue', 'taint'],
    ['pipes', 'Member[quote]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['shlex', 'Member[quote,join].ReturnValue', ['command']],
    ['pipes', 'Member[quote].ReturnValue', ['command']],
  ],
};
