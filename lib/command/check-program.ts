import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, normalize } from 'node:path';
import { Misuse } from '../refusal/misuse.ts';
import { whyProgramRefused } from './program/refused-program.ts';

export interface CheckedProgram {
  readonly path: string;
  /** Without links: `/usr/bin/convert` may be `/usr/bin/convert-im7.q16`. */
  readonly real: string;
}

/**
 * Checks a program once, when it is listed: it must be an absolute path to a regular, executable file that not everybody can change.
 *
 * @throws Misuse `command/unsafe-program`
 */
export function checkProgram(path: unknown, allowInterpreter: boolean): CheckedProgram {
  if (typeof path !== 'string' || !isAbsolute(path) || normalize(path) !== path || /\p{Cc}/u.test(path)) {
    throw unsafe('Its path is not absolute, such as /usr/bin/git.');
  }
  if (/\.(?:bat|cmd)[\s.]*$/i.test(path)) {
    throw unsafe(`${path} is a batch file. cmd.exe reads its arguments once more (CVE-2024-27980).`);
  }
  const real = existing(path);
  const stats = statSync(real);
  if (!stats.isFile()) throw unsafe(`${path} is not a file.`);
  try {
    accessSync(real, constants.X_OK);
  } catch {
    throw unsafe(`${path} cannot be executed by this user.`);
  }
  if (process.platform !== 'win32') refuseWritable(path, [real, path]);
  if (!allowInterpreter) refuseInterpreter(path, real);
  return { path, real };
}

function existing(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new Misuse('command/unsafe-program', `${path} does not exist.`, {
      cause,
      hint: 'Install it, or correct the path: `command -v` in a shell says where a program is.',
    });
  }
}

const everybody = 0o002;
const sticky = 0o1000;

/** Whoever can change the file, or replace it, chooses what is run. */
function refuseWritable(shown: string, paths: readonly string[]): void {
  for (const path of paths) {
    if ((statSync(path).mode & everybody) !== 0) throw unsafe(`Everybody can change ${shown}.`);
    const folder = dirname(path);
    const { mode } = statSync(folder);
    if ((mode & everybody) !== 0 && (mode & sticky) === 0)
      throw unsafe(`Everybody can replace files in ${folder}.`);
  }
}

function refuseInterpreter(path: string, real: string): void {
  const because = whyProgramRefused(basename(path)) ?? whyProgramRefused(basename(real));
  if (because === undefined) return;
  throw new Misuse('command/unsafe-program', `${path} is refused: ${because}.`, {
    hint: 'Name the program that does the work. For a script of your own, name the script, or set allowInterpreter.',
  });
}

function unsafe(reason: string): Misuse {
  return new Misuse('command/unsafe-program', reason);
}
