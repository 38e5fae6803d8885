import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits until no other process holds the lock. A process that was killed loses it.
 *
 * @returns a function that gives the lock back; the end of this process does so too
 */
export async function takeLock(file: string): Promise<() => void> {
  for (let turn = 0; turn < 1_200; turn += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const release = (): void => {
        process.off('exit', release);
        rmSync(file, { force: true });
      };
      process.once('exit', release);
      return release;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!isHeld(file)) rmSync(file, { force: true });
    await wait(250);
  }
  throw new Error(`Another process has held ${file} for five minutes. If none is running, remove the file.`);
}

function isHeld(file: string): boolean {
  try {
    // Signal 0 only asks whether the process exists. A file that is still empty asks about this one.
    process.kill(Number(readFileSync(file, 'utf8')) || process.pid, 0);
    return true;
  } catch {
    return false;
  }
}
