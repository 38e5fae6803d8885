import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A temporary folder, in which a test writes programs of its own. */
export interface RunnerFolder {
  readonly path: string;
  /** Writes a shell script that can be run as a program. */
  program(name: string, script: string): string;
  /** The process id that a script wrote into a file. */
  pidIn(file: string): number;
  remove(): void;
}

export function runnerFolder(): RunnerFolder {
  const path = mkdtempSync(join(tmpdir(), 'bulwark-runner-'));
  return {
    path,
    program(name, script) {
      const file = join(path, name);
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
      return file;
    },
    pidIn: (file) => Number(readFileSync(join(path, file), 'utf8')),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export function isAlive(pid: number): boolean {
  try {
    // A zombie still takes signals.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits for what the kernel does a moment after a signal. */
export async function until(holds: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 200; turn++) {
    if (holds()) return true;
    await sleep(20);
  }
  return false;
}
