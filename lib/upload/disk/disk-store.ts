import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { record as recordEvent } from '../../event/record.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { refuse } from '../../internal/refuse.ts';
import { inside } from '../../path/inside.ts';
import { deny } from '../../refusal/decision.ts';
import { isFileId } from '../file-id.ts';
import { inTurn } from '../in-turn.ts';
import { inStorage, reasonOf } from '../storage-error.ts';
import type { FileRecord, OpenOptions, StoredFile, UploadStore } from '../upload-store.ts';
import { incomingFile } from './incoming-file.ts';
import { folderOf, keep, openData, recordIn, type Status } from './kept-files.ts';
import { dataName } from './layout.ts';
import { prepareFolder } from './prepare-folder.ts';
import { createSpool } from './spool.ts';
import { storedFile } from './stored-file.ts';
import { sweepSpool } from './sweep-spool.ts';
import { syncFolder } from './sync-folder.ts';

export interface DiskStoreOptions {
  /**
   * An absolute path. The store creates the directory with mode 0700, and needs it for itself. It must be on one file system, outside everything
   * that a web server serves.
   */
  readonly folder: string;
  /** Accepts a directory inside one called `public`, `static`, `htdocs` or the like, if no web server serves it. */
  readonly allowServedFolder?: boolean;
}

/**
 * Keeps uploads in a directory. Each file is a subdirectory with its bytes and its record, under a random name. Files are received in a place from
 * which nothing is served. One rename publishes a file, after file, record and directory were flushed to the disk (`fsync`), and `publish`
 * resolves when the rename is durable too. So a lost connection, a full disk and SIGKILL leave nothing that is served, and no incomplete file
 * (CWE-459, CWE-552).
 *
 * What a killed process left is removed when the next store is made, and by `sweep()`. Several processes may share the directory.
 *
 * @throws Misuse `bulwark/invalid-option` for a directory that others may write to, that contains something else, or that looks as if it were
 * served
 *
 * @example
 * ```ts
 * import { diskStore } from 'bulwark/upload/disk';
 *
 * const store = diskStore({ folder: '/var/lib/shop/uploads' });
 * await store.sweep(); // { removed: 0 }
 * ```
 */
export function diskStore(options: DiskStoreOptions): UploadStore {
  const own = knownOptions(options, ['folder', 'allowServedFolder']);
  const layout = prepareFolder('folder', own.folder, own.allowServedFolder === true);
  const spool = createSpool(layout);

  const find = async (id: string): Promise<FileRecord | undefined> => {
    if (!isFileId(id)) return undefined;
    // It may be released between the first check and the second.
    for (const status of ['ready', 'quarantined', 'ready'] as const) {
      const found = await recordIn(folderOf(layout, id, status), id, status);
      if (found === 'damaged') damaged(id, 'its record is missing or unreadable');
      if (found !== 'absent') return found;
    }
    return undefined;
  };

  const open = async (id: string, options: OpenOptions): Promise<StoredFile> => {
    const { allowQuarantined } = knownOptions(options, ['allowQuarantined']);
    if (!isFileId(id)) notFound('it has not the form of an id');
    const isHeld = allowQuarantined === true && (await find(id))?.status === 'quarantined';
    const status = isHeld ? 'quarantined' : 'ready';
    const folder = folderOf(layout, id, status);
    const data = await openData(folder);
    try {
      const record = await recordIn(folder, id, status);
      if (record === 'absent') notFound(await absenceOf(id));
      if (record === 'damaged' || data === undefined) damaged(id, 'its bytes or its record are missing');
      if (record.bytes !== data.bytes) {
        damaged(id, `the record says ${record.bytes} bytes, and there are ${data.bytes}`);
      }
      return storedFile(record, inside(folder, dataName), data);
    } catch (error) {
      await data?.handle.close();
      throw error;
    }
  };

  const absenceOf = async (id: string): Promise<string> =>
    (await recordIn(folderOf(layout, id, 'quarantined'), id, 'quarantined')) === 'absent'
      ? 'there is none'
      : 'it is in quarantine';

  const release = async (id: string): Promise<void> => {
    const record = await find(id);
    if (record === undefined) notFound('there is none');
    if (record.status === 'ready') return;
    try {
      await keep(layout, folderOf(layout, id, 'quarantined'), id, 'ready');
    } catch (error) {
      // Somebody else released or removed it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      if ((await find(id))?.status !== 'ready') notFound('there is none');
    }
    await syncFolder(layout.quarantine);
  };

  const remove = async (id: string): Promise<void> => {
    if (!isFileId(id)) return;
    for (const status of ['quarantined', 'ready'] satisfies Status[]) {
      const folder = folderOf(layout, id, status);
      // Moved first: once removing has begun, it is never served, even if this process is killed now.
      const doomed = join(await (await spool).folder(), `${id}.removed`);
      if (!(await move(folder, doomed))) continue;
      await syncFolder(dirname(folder));
      await rm(doomed, { recursive: true, force: true, maxRetries: 3 });
    }
  };

  const sweep = inTurn(async () => ({ removed: await sweepSpool(layout, await spool) }));

  sweep().catch((error: unknown) => {
    recordEvent('upload/not-swept', 'reported', { store: 'disk', reason: reasonOf(error) });
  });

  return Object.freeze({
    begin: () => inStorage('disk', 'begin', async () => incomingFile(layout, await (await spool).begin())),
    find: (id: string) => inStorage('disk', 'find', () => find(id)),
    open: (id: string, options: OpenOptions = {}) => inStorage('disk', 'open', () => open(id, options)),
    release: (id: string) => inStorage('disk', 'release', () => release(id)),
    remove: (id: string) => inStorage('disk', 'remove', () => remove(id)),
    sweep: () => inStorage('disk', 'sweep', sweep),
  });
}

function notFound(reason: string): never {
  refuse(deny('upload/not-found', { store: 'disk', reason }));
}

function damaged(id: string, reason: string): never {
  refuse(deny('upload/damaged-file', { store: 'disk', id, reason }));
}

/** False if there is nothing to move. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
