import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mostRecordBytes, readRecord } from '../file-record.ts';
import type { FileRecord } from '../upload-store.ts';
import { dataName, type Layout, recordName, shardOf } from './layout.ts';
import { ensureFolder, syncFolder } from './sync-folder.ts';

export type Status = FileRecord['status'];

/** The directory of a file, which may not exist. */
export function folderOf(layout: Layout, id: string, status: Status): string {
  return join(parentOf(layout, id, status), id);
}

function parentOf(layout: Layout, id: string, status: Status): string {
  return status === 'ready' ? shardOf(layout, id) : layout.quarantine;
}

/**
 * Moves a file's directory to the place for files with this status, durably. The rename is the commit: before it nothing can be read, and after it
 * everything.
 */
export async function keep(layout: Layout, from: string, id: string, status: Status): Promise<void> {
  const parent = parentOf(layout, id, status);
  if (status === 'ready') await ensureFolder(parent);
  const to = join(parent, id);
  await rename(from, to);
  try {
    await syncFolder(parent);
  } catch (error) {
    // Nobody knows the file yet, and it may not survive a crash.
    await rename(to, from).catch(() => rm(to, { recursive: true, force: true }).catch(() => undefined));
    throw error;
  }
}

export interface OpenData {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Opens the bytes; undefined if there is no such file. The caller closes the handle. */
export async function openData(folder: string): Promise<OpenData | undefined> {
  const handle = await openRegular(join(folder, dataName));
  if (handle === undefined) return undefined;
  const { size, mtime } = await handle.stat();
  return { handle, bytes: size, modifiedAt: mtime };
}

/** The record in a directory: `absent` if there is no such directory, `damaged` if it has no record of ours. */
export async function recordIn(
  folder: string,
  id: string,
  status: Status,
): Promise<FileRecord | 'absent' | 'damaged'> {
  const handle = await openRegular(join(folder, recordName));
  if (handle === undefined) return (await isThere(folder)) ? 'damaged' : 'absent';
  try {
    const { size } = await handle.stat();
    if (size > mostRecordBytes) return 'damaged';
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
    return readRecord(buffer.toString('utf8', 0, bytesRead), id, status) ?? 'damaged';
  } finally {
    await handle.close();
  }
}

async function openRegular(file: string): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    // `open` would wait for a pipe.
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  }
  let isFile = false;
  try {
    isFile = (await handle.stat()).isFile();
  } finally {
    if (!isFile) await handle.close();
  }
  return isFile ? handle : undefined;
}

async function isThere(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
