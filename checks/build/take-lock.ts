import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Waits until no other process holds the lock, and holds it until this process exits. A process that was killed loses it. */
export async function takeLock(file: string): Promise<void> {
  for (let turn = 0; turn < 1_200; turn += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(file, { force: true }));
      return;
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
