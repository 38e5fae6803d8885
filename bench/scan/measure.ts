import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a whole process cost, from its start to its end. */
export interface Measurement {
  /** User and system time, in seconds, of it and of the processes that it waited for. */
  readonly cpu: number;
  /** Seconds on the clock. */
  readonly wall: number;
  /** The most memory that any one of the processes held, in megabytes. */
  readonly rss: number;
  readonly stdout: string;
}

export interface Run {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Exit codes of a run that did its work. */
  readonly codes: readonly number[];
  /** Seconds on the clock after which it is ended. */
  readonly limit: number;
}

/**
 * Runs a command under GNU time: a child that Node itself makes would count Node's own memory as its peak.
 *
 * @throws {Error} that says how it ended, if not with one of `codes`
 */
export function measure({ command, cwd, codes, limit }: Run): Measurement {
  const folder = mkdtempSync(join(tmpdir(), 'bench-measure-'));
  const file = (name: string): string => join(folder, name);
  // To a file, so that nothing here has to keep up with what is written.
  const out = openSync(file('out'), 'w');
  try {
    const { status, error, stderr } = spawnSync(
      'time',
      // The limit is inside of what is measured: it costs a millisecond, and ends the whole group of processes.
      ['-q', '-f', '%U %S %e %M', '-o', file('time'), 'timeout', '-k', '5', String(limit), ...command],
      { cwd, stdio: ['ignore', out, 'pipe'], encoding: 'utf8', maxBuffer: 1e8 },
    );
    if (error) throw new Error(`GNU time could not be run (Debian: apt-get install time): ${error.message}`);
    if (status === 124 || status === 137) throw new Error(`was not ready after ${limit} s`);
    if (status === null || !codes.includes(status)) {
      throw new Error(`ended with ${status}: ${stderr.trim().slice(0, 300) || 'it said nothing'}`);
    }
    const [user, system, wall, rss] = readFileSync(file('time'), 'utf8').trim().split(' ').map(Number);
    return {
      cpu: (user as number) + (system as number),
      wall: wall as number,
      rss: (rss as number) / 1024,
      stdout: readFileSync(file('out'), 'utf8'),
    };
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true, force: true });
  }
}
