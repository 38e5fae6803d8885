import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskStore } from '../../lib/upload/disk/index.ts';
import type { UploadStore } from '../../lib/upload/index.ts';

/** A store on this machine's disk, in a temporary folder. */
export interface TestStore {
  readonly store: UploadStore;
  readonly folder: string;
  /** Every file below the folder whose bytes are an upload's, also of uploads that were not published. */
  left(): string[];
  read(id: string): Promise<Buffer>;
  /** Waits for what the store does at its start, which would make the folder again. */
  remove(): Promise<void>;
}

export function testStore(): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-form-'));
  const store = diskStore({ folder });
  return {
    store,
    folder,
    left: () => uploadsIn(folder),
    async read(id) {
      const chunks: Buffer[] = [];
      const file = await store.open(id);
      for await (const chunk of file.read()) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    async remove() {
      await store.sweep().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Uploads in the folder of a disk store: each has a folder, named after its id. */
function uploadsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?:^|\/)data(?:\.new)?$/.test(path),
  );
}
