import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileId } from '../file-id.ts';
import type { Layout } from './layout.ts';
import { currentOwner, type Owner, ownerName } from './owner.ts';
import { type SpooledFile, spoolFile } from './spooled-file.ts';

/** Shows that the process of a directory still runs, if that can't be seen otherwise. */
export const heartbeatName = 'alive';
const heartbeatMs = 30_000;

/** The directory of this process in `incoming/`. */
export interface Spool {
  readonly owner: Owner;
  /** Its directory, which is created when it is first needed. */
  folder(): Promise<string>;
  begin(): Promise<SpooledFile>;
  /** Writes the heartbeat, and returns its file, which has the file system's own time. */
  beat(): Promise<string>;
}

export async function createSpool(layout: Layout): Promise<Spool> {
  const owner = await currentOwner();
  const own = join(layout.incoming, ownerName(owner));
  let made: Promise<void> | undefined;
  let open = 0;
  let lastBeat = 0;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<string> {
    const file = join(await folder(), heartbeatName);
    // Truncating sets the time by the file system's clock, which other machines may share.
    await writeFile(file, '', { mode: 0o600 });
    lastBeat = Date.now();
    return file;
  }

  async function makeIn(id: string): Promise<string> {
    const incoming = join(await folder(), id);
    try {
      await mkdir(incoming, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // Somebody cleared the directory, or another machine took this process for dead while it was suspended.
      made = undefined;
      await beat();
      await mkdir(incoming, { mode: 0o700 });
    }
    return incoming;
  }

  async function folder(): Promise<string> {
    made ??= mkdir(own, { recursive: true, mode: 0o700 }).then(() => undefined);
    // A failure isn't cached: the disk may have space again.
    await made.catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return own;
  }

  function began(): void {
    open++;
    timer ??= setInterval(() => void beat().catch(() => undefined), heartbeatMs);
    timer.unref();
  }

  function ended(): void {
    open--;
    if (open > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    owner,
    folder,
    beat,
    async begin() {
      const id = createFileId();
      if (Date.now() - lastBeat > heartbeatMs) await beat();
      const incoming = await makeIn(id);
      const file = await spoolFile(incoming, id, ended);
      began();
      return file;
    },
  };
}
