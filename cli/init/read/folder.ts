import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isInside, mostBytes, readText } from '../../scan/project/read-inside.ts';
import { InitMistake } from '../init-mistake.ts';

/** The folder of a project. Files are read without their byte order mark, and nothing outside is read. */
export interface ProjectFolder {
  /** Absolute and real. */
  readonly root: string;
  /**
   * The text of a file, or undefined if there is none.
   *
   * @throws {InitMistake} for one that can't be read, is too large, is not UTF-8 or leads out of the folder
   */
  read(path: string): string | undefined;
  /** Whether there is a file or folder of this name, even one that can't be read. */
  has(path: string): boolean;
}

export function openFolder(path: string): ProjectFolder {
  const root = realFolder(resolve(path));
  return {
    root,
    has: (name) => lstatSync(join(root, name), { throwIfNoEntry: false }) !== undefined,
    read(name) {
      if (lstatSync(join(root, name), { throwIfNoEntry: false }) === undefined) return undefined;
      return readFile(root, name);
    },
  };
}

function realFolder(path: string): string {
  try {
    if (statSync(path).isDirectory()) return realpathSync(path);
  } catch {
    // Not there, or not to be entered.
  }
  throw new InitMistake(
    `${path} is not a folder.`,
    'Name the folder that has the package.json of your application.',
  );
}

function readFile(root: string, name: string): string {
  let real: string;
  try {
    real = realpathSync(join(root, name));
  } catch {
    throw new InitMistake(`${name} can't be read.`, 'Make the file readable, or fix the link.');
  }
  if (!isInside(root, real)) {
    throw new InitMistake(
      `${name} is a link that leads out of the folder.`,
      'Run the command in the folder that holds the file.',
    );
  }
  const read = readText(real);
  if (!('text' in read)) {
    throw read.skip === 'huge'
      ? new InitMistake(`${name} is larger than ${mostBytes / 1024 / 1024} MB.`, 'Make the change by hand.')
      : new InitMistake(`${name} can't be read.`, 'Make the file readable.');
  }
  if (read.text.includes('\ufffd')) {
    throw new InitMistake(`${name} is not UTF-8.`, 'Convert the file to UTF-8.');
  }
  return read.text.replace(/^\ufeff/, '');
}
