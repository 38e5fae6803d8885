import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The files of one shop: a temporary folder, which goes with the shop. */
export interface ShopFolder {
  readonly path: string;
  /** What stands in `private/customers.key`. A theft counts when it comes back. */
  readonly secret: string;
  /** Puts back what the shop had before an attack, and removes what it left. Uploads stay: a shop that runs knows them. */
  restore(): Promise<void>;
  /** Removes all, for a shop that starts anew. */
  reset(): Promise<void>;
  /** The name of something in it, at any depth. */
  has(name: string): Promise<boolean>;
  remove(): Promise<void>;
}

/** What customers of the trade can download, with names as people give them. */
export const downloads: Readonly<Record<string, string>> = {
  'prices.csv': 'name,price\r\nRope,2.40\r\nRebate,-12.50\r\n',
  'terms.txt': 'Payment within 30 days.\n',
  '100%.txt': 'All of it.\n',
  'Preis\u00fcbersicht (neu).txt': 'Seil: 2,40 Euro\n',
  '\u6599\u91d1\u8868.txt': '\u30ed\u30fc\u30d7 2.40\n',
  'a%20b..c.txt': 'An odd name, and an honest one.\n',
};

/** So that archives of the same files are the same. */
const written = new Date('2026-01-01T00:00:00Z');

const none: ReadonlySet<string> = new Set();
const uploads: ReadonlySet<string> = new Set(['uploads', 'archives']);

export async function createShopFolder(): Promise<ShopFolder> {
  const path = await mkdtemp(join(tmpdir(), 'bulwark-lab-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  const secret = `lab-file-${randomBytes(12).toString('hex')}`;

  async function fill(kept: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(path))
      if (!kept.has(name)) await rm(join(path, name), { recursive: true, force: true });
    for (const name of ['downloads', 'imports', 'pictures', 'private']) await mkdir(join(path, name));
    await writeFile(join(path, 'private/customers.key'), secret);
    for (const [name, text] of Object.entries(downloads)) {
      await writeFile(join(path, 'downloads', name), text);
      await utimes(join(path, 'downloads', name), written, written);
    }
  }

  await fill(none);
  return {
    ...{ path, secret, restore: () => fill(uploads), reset: () => fill(none) },
    has: async (name) =>
      (await readdir(path, { recursive: true })).some((one) => one === name || one.endsWith(`/${name}`)),
    async remove() {
      process.removeListener('exit', remove);
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
