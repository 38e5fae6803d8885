import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mostRecordBytes, readRecord } from '../file-record.ts';
import type { FileRecord } from '../upload-store.ts';
import { dataName, type Layout, recordName, shardOf } from './layout.ts';
import { ensureFolder, syncFolder } from './sync-folder.ts';

export type Status = FileRecord['status'];

/** The folder of a file, which need not be there. */
export function folderOf(layout: Layout, id: string, status: Status): string {
  return join(parentOf(layout, id, status), id);
}

function parentOf(layout: Layout, id: string, status: Status): string {
  return status === 'ready' ? shardOf(layout, id) : layout.quarantine;
}

/**
 * Moves a file's folder to where files of this status are kept, durably. The rename is the commit: before it nothing can be read,
 * and after it everything.
 */
export async function keep(layout: Layout, from: string, id: string, status: Status): Promise<void> {
  const parent = parentOf(layout, id, status);
  if (status === 'ready') await ensureFolder(parent);
  const to = join(parent, id);
  await rename(from, to);
  try {
    await syncFolder(parent);
  } catch (error) {
    // Nobody was told of the file yet, and whether it would survive a crash is unknown.
    await rename(to, from).catch(() => rm(to, { recursive: true, force: true }).catch(() => undefined));
    throw error;
  }
}

export interface OpenData {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Opens the bytes, or gives undefined if there is no such file. The caller closes the handle. */
export async function openData(folder: string): Promise<OpenData | undefined> {
  const handle = await openRegular(join(folder, dataName));
  if (handle === undefined) return undefined;
  const { size, mtime } = await handle.stat();
  return { handle, bytes: size, modifiedAt: mtime };
}

/** The record in a folder: `absent` if there is no such folder, `damaged` if there is one without a record of ours. */
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
    // A pipe would make `open` wait.
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
