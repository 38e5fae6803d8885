import { accessSync, constants } from 'node:fs';
import { Misuse } from '../../refusal/misuse.ts';
import type { ProcessLimits } from './process-spec.ts';

/** From util-linux, which every Debian, Fedora and Alpine (`apk add util-linux-misc`) installs here. */
const prlimit = '/usr/bin/prlimit';

export interface LimitedCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The command that runs `file` with limits. prlimit executes the program in its own place, so there is no extra process.
 *
 * @throws Misuse `command/prlimit-missing` if limits are asked for and prlimit is not installed
 */
export function limitCommand(
  file: string,
  args: readonly string[],
  limits: ProcessLimits | undefined,
): LimitedCommand {
  const flags = limitFlags(limits ?? {});
  if (flags.length === 0) return { file, args };
  if (!hasPrlimit()) throw new Misuse('command/prlimit-missing');
  // If hostile input crashes a program, no copy of its memory is left on the disk.
  return { file: prlimit, args: [...flags, '--core=0', '--', file, ...args] };
}

/** Whether limits can be set on this machine. */
export function hasPrlimit(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    accessSync(prlimit, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function limitFlags(limits: ProcessLimits): string[] {
  const own: ProcessLimits = Object.assign(Object.create(null), limits);
  const flags: string[] = [];
  if (own.memoryBytes !== undefined) flags.push(`--as=${own.memoryBytes}`);
  if (own.dataBytes !== undefined) flags.push(`--data=${own.dataBytes}`);
  // The soft limit sends SIGXCPU, which a program may ignore. One second later, the hard limit sends SIGKILL.
  if (own.cpuSeconds !== undefined) flags.push(`--cpu=${own.cpuSeconds}:${own.cpuSeconds + 1}`);
  if (own.fileBytes !== undefined) flags.push(`--fsize=${own.fileBytes}`);
  if (own.openFiles !== undefined) flags.push(`--nofile=${own.openFiles}`);
  return flags;
}
