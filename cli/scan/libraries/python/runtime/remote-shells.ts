// Plumbum 1.9, sh 2, AnyIO 4, Trio 0.27, Netmiko 4, docker 7, kubernetes 31, pywinrm 0.5, delegator 0.1, envoy 0.0.3, Sarge
// 0.1, ptyprocess 0.7, psutil 6, testinfra 10, Salt 3007, IPython 8, Twisted 24, GitPython 3.1; as documented.
import type { Models } from '../../../models/model.ts';

/** Libraries besides `subprocess` that run programs, on this machine or on another one. */
export const remoteShells: Models = {
  language: 'python',
  types: [
    // The same functions under another name.
    ['subprocess', 'subprocess32', ''],
    ['subprocess', 'gevent.subprocess', ''],
    ['subprocess', 'eventlet.green.subprocess', ''],
    ['fabric.Connection', 'fabric', 'Member[SerialGroup,ThreadingGroup,Group].Instance'],
    ['fabric.Connection', 'fabric.group', 'Member[SerialGroup,ThreadingGroup,Group].Instance'],
    ['fabric.Connection', 'fabric.connection', 'Member[Connection].Instance'],
    ['docker.Client', 'docker', 'Member[from_env].ReturnValue'],
    ['docker.Client', 'docker', 'Member[DockerClient].Instance'],
    ['docker.Container', 'docker.Client', 'Member[containers].Member[get,run,create].ReturnValue'],
    ['winrm.Session', 'winrm', 'Member[Session].Instance'],
    ['netmiko.Connection', 'netmiko', 'Member[ConnectHandler].ReturnValue'],
    ['ipython.Shell', 'IPython', 'Member[get_ipython].ReturnValue'],
    ['ipython.Shell', 'IPython.core.interactiveshell', 'Member[InteractiveShell].Instance'],
    [
      'ipython.Shell',
      'IPython.core.interactiveshell',
      'Member[InteractiveShell].Member[instance].ReturnValue',
    ],
    // Commands of GitPython, which pass on their arguments.
    ['use.GitCommands', 'git', 'Member[Git].Instance'],
    ['use.GitCommands', 'git.Repo', 'Member[git]'],
    ['git.Repo', 'git', 'Member[Repo].Instance'],
    ['git.Repo', 'git', 'Member[Repo].Member[clone_from,init].ReturnValue'],
    ['asyncio.Loop', 'asyncio', 'Member[get_running_loop,get_event_loop,new_event_loop].ReturnValue'],
  ],
  sinks: [
    ['plumbum', 'Member[local].Member[get].Argument[0..]', 'command'],
    ['sh', 'Member[sh,bash,zsh,dash].Argument[1]', 'command', { at: 'Argument[0]', is: ['-c'] }],
    [
      'kubernetes.stream',
      'Member[stream].Argument[command:].Member[2]',
      'command',
      { at: 'Argument[command:].Member[1]', is: ['-c'] },
    ],
    ['asyncio.Loop', 'Member[subprocess_shell].Argument[1,cmd:]', 'command'],
    ['asyncio.Loop', 'Member[subprocess_exec].Argument[1]', 'command'],
    ['anyio', 'Member[run_process,open_process].Argument[0,command:]', 'command'],
    ['trio', 'Member[run_process].Argument[0,command:]', 'command'],
    ['trio.lowlevel', 'Member[open_process].Argument[0,command:]', 'command'],
    ['pexpect.pxssh', 'Member[pxssh].Instance.Member[sendline].Argument[0,s:]', 'command'],
    [
      'netmiko.Connection',
      'Member[send_command,send_command_timing,send_config_set].Argument[0,command_string:,config_commands:]',
      'command',
    ],
    ['docker.Client', 'Member[containers].Member[run,create].Argument[1,command:]', 'command'],
    ['docker.Container', 'Member[exec_run].Argument[0,cmd:]', 'command'],
    ['winrm.Session', 'Member[run_cmd,run_ps].Argument[0,command:,script:]', 'command'],
    ['delegator', 'Member[run,chain].Argument[0,command:]', 'command'],
    ['envoy', 'Member[run,connect].Argument[0,command:]', 'command'],
    [
      'sarge',
      'Member[run,capture_stdout,capture_stderr,capture_both,get_stdout].Argument[0,cmd:]',
      'command',
    ],
    ['ptyprocess', 'Member[PtyProcess,PtyProcessUnicode].Member[spawn].Argument[0,argv:]', 'command'],
    [
      'ptyprocess',
      'Member[PtyProcess,PtyProcessUnicode].Member[spawn].Argument[0,argv:].Member[0]',
      'command',
    ],
    ['twisted.internet.utils', 'Member[getProcessOutput,getProcessValue].Argument[0,executable:]', 'command'],
    ['twisted.internet', 'Member[reactor].Member[spawnProcess].Argument[1,executable:]', 'command'],
    ['psutil', 'Member[Popen].Argument[0]', 'command', { at: 'Argument[shell:]', is: [true] }],
    ['psutil', 'Member[Popen].Argument[0]', 'command', { at: 'Argument[shell:]', is: [true], not: true }],
    ['testinfra', 'Member[get_host].ReturnValue.Member[run,check_output].Argument[0]', 'command'],
    ['salt.client', 'Member[LocalClient].Instance.Member[cmd].Argument[2].AnyMember', 'command'],
    ['ansible_runner', 'Member[run_command].Argument[0,executable_cmd:]', 'command'],
    ['platform', 'Member[popen].Argument[0]', 'command'],
    ['distutils.spawn', 'Member[spawn].Argument[0,cmd:].Member[0]', 'command'],
    ['ipython.Shell', 'Member[system,getoutput,system_raw,system_piped].Argument[0,cmd:]', 'command'],
    ['ipython.Shell', 'Member[run_cell,run_code,ex,ev].Argument[0]', 'code'],
    [
      'git',
      'Member[Git].Instance.Member[execute].Argument[0,command:]',
      'command',
      { at: 'Argument[shell:]', is: [true] },
    ],
    // It rejects `ext::` and options by default.
    [
      'git',
      'Member[Repo].Member[clone_from].Argument[0,url:]',
      'argument',
      { at: 'Argument[allow_unsafe_protocols:]', is: [true] },
    ],
    [
      'git',
      'Member[Repo].Member[clone_from].Argument[multi_options:].AnyMember',
      'argument',
      { at: 'Argument[allow_unsafe_options:]', is: [true] },
    ],
  ],
};
