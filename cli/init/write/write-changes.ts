import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isInside } from '../../scan/project/read-inside.ts';
import { InitMistake } from '../init-mistake.ts';
import type { Change } from '../plan.ts';

/**
 * Writes all changes, or none. Files that changed since they were read are left alone.
 *
 * @throws {InitMistake} after everything was undone
 */
export function writeChanges(root: string, changes: readonly Change[]): void {
  const undo: (() => void)[] = [];
  try {
    const ready = changes.map((change) => prepare(root, change));
    for (const { file, bytes, old } of ready) {
      if (old) {
        undo.push(() => writeFileSync(file, old));
        writeFileSync(file, bytes);
      } else {
        makeFolder(dirname(file), undo);
        undo.push(() => unlinkSync(file));
        writeNew(file, bytes, undo);
      }
    }
  } catch (error) {
    for (const back of undo.reverse()) attempt(back);
    const said = error instanceof Error ? error.message : String(error);
    throw new InitMistake(
      `Nothing was written: ${said}.`,
      'The files must be writable, must not be links, and nothing else may write to them. Then run the command again.',
    );
  }
}

interface Ready {
  readonly file: string;
  readonly bytes: Buffer;
  readonly old: Buffer | undefined;
}

function prepare(root: string, { path, before, after }: Change): Ready {
  const file = join(root, path);
  const bytes = Buffer.from(after);
  const status = lstatSync(file, { throwIfNoEntry: false });
  const isThere = status !== undefined;
  if (status?.isSymbolicLink()) throw new Error(`${path} is a symbolic link`);
  const real = realpathSync(isThere ? file : folderAbove(file));
  if (!isInside(root, real)) throw new Error(`${path} leads out of the folder`);
  if (relative(root, real).split(sep).includes('.git')) throw new Error(`${path} leads into .git`);
  if (before === undefined) {
    if (isThere) throw new Error(`${path} was created in the meantime`);
    accessSync(real, constants.W_OK);
    return { file, bytes, old: undefined };
  }
  if (!isThere) throw new Error(`${path} was removed in the meantime`);
  accessSync(real, constants.W_OK);
  const old = readFileSync(real);
  const mark = old.subarray(0, 3).equals(byteOrderMark) ? byteOrderMark : Buffer.alloc(0);
  if (!old.equals(Buffer.concat([mark, Buffer.from(before)])))
    throw new Error(`${path} was changed in the meantime`);
  return { file: real, bytes: Buffer.concat([mark, bytes]), old };
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

function folderAbove(file: string): string {
  let folder = dirname(file);
  while (lstatSync(folder, { throwIfNoEntry: false }) === undefined) folder = dirname(folder);
  return folder;
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (lstatSync(folder, { throwIfNoEntry: false })) return;
  makeFolder(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdirSync(folder));
}

/** A file that appears at the last moment is not ours to undo. */
function writeNew(file: string, bytes: Buffer, undo: (() => void)[]): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') undo.pop();
    throw error;
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The rest is undone all the same.
  }
}
