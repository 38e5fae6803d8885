import { readdirSync, readFileSync } from 'node:fs';

/** Set in the environment of every process that is started here, with an id of its own; its descendants inherit it. */
export const markName = 'BULWARK_PROCESS';

/** Signals the group that the process leads. False if there is nobody left in it. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    // A negative id means a group, which Windows doesn't have.
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
    return true;
  } catch {
    return false;
  }
}

/** A process that forks faster than the list is read is found in the next pass. */
const mostPasses = 5;

/**
 * Kills descendants that left the group (`setsid`, daemons), by the mark in their environment. It does not find one that has also emptied its
 * environment.
 */
export function killMarked(mark: string): void {
  if (process.platform !== 'linux') return;
  for (let pass = 0; pass < mostPasses; pass++) {
    const found = markedProcesses(mark);
    if (found.length === 0) return;
    for (const pid of found) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }
}

/** Processes whose environment has the mark. Zombies have none. */
export function markedProcesses(mark: string): number[] {
  const entry = `${markName}=${mark}`;
  return processIds().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(entry);
    } catch {
      return false;
    }
  });
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => pid > 1 && pid !== process.pid);
  } catch {
    return [];
  }
}
