import { randomBytes } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';

/** The process that writes to a directory. */
export interface Owner {
  /** Identifies this boot of the kernel and the PID namespace, within which process ids mean the same. */
  readonly system: string;
  readonly pid: number;
  /** When the process started, in clock ticks since the kernel's start, because process ids are reused. */
  readonly startedAt: string;
}

const form = /^([a-z\d]{1,64})-(\d{1,10})-(\d{1,20})-[a-f\d]{16}$/;

/** A directory name that says who writes to it, and that no other store has, not even in the same process. */
export function ownerName({ system, pid, startedAt }: Owner): string {
  return `${system}-${pid}-${startedAt}-${randomBytes(8).toString('hex')}`;
}

/** Undefined for a name that isn't one of ours. */
export function readOwner(name: string): Owner | undefined {
  const [, system, pid, startedAt] = form.exec(name) ?? [];
  if (system === undefined || pid === undefined || startedAt === undefined) return undefined;
  return { system, pid: Number(pid), startedAt };
}

/** This process. If there is no `/proc`, `system` is random, so only heartbeats count. */
export async function currentOwner(): Promise<Owner> {
  const { pid } = process;
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).replace(/[^a-f\d]/g, '');
    const namespace = (await readlink('/proc/self/ns/pid')).replace(/\D/g, '');
    const startedAt = await startOf('self');
    if (boot !== '' && namespace !== '' && startedAt) {
      return { system: `${boot.slice(0, 32)}n${namespace.slice(0, 20)}`, pid, startedAt };
    }
  } catch {
    // Not Linux, or /proc is hidden.
  }
  return { system: randomBytes(16).toString('hex'), pid, startedAt: '0' };
}

/** Whether the process still runs: true, false, or undefined if this process can't tell. */
export async function isRunning(owner: Owner, current: Owner): Promise<boolean | undefined> {
  if (owner.system !== current.system) return undefined;
  try {
    return (await startOf(owner.pid)) === owner.startedAt;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ESRCH: it ended while its file was read. `hidepid` hides the processes of other accounts, but a signal finds them.
    return (code === 'ENOENT' || code === 'ESRCH') && !isKnown(owner.pid) ? false : undefined;
  }
}

function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Field 22 of proc_pid_stat(5). The second is the program's name in parentheses, and may contain spaces and parentheses. */
async function startOf(pid: number | 'self'): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended, and writes nothing any more.
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
