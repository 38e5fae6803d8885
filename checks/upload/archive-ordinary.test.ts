import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveError } from '../../lib/upload/archive/archive-error.ts';
import { extract } from '../../lib/upload/archive/extract.ts';
import { parseUnpackOptions } from '../../lib/upload/archive/unpack-options.ts';
import { makeOrdinaryArchives, type OrdinaryArchive, ordinarySources } from './archive-ordinary.ts';
import { digests, readTree } from './archive-tree.ts';

const { limits } = parseUnpackOptions({ formats: ['zip', 'tar', 'tar.gz', 'gz'] });
let folder: string;
let archives: readonly OrdinaryArchive[];
let missing: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-archives-'));
  ({ archives, missing } = await makeOrdinaryArchives(folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ordinary archives', () => {
  it.each(ordinarySources.map(({ name }) => name))('unpacks %s', async (name) => {
    const archive = archives.find((made) => made.name === name);
    if (archive === undefined) {
      expect(missing).toContain(name);
      return;
    }
    const into = join(folder, 'into');
    mkdirSync(into);
    try {
      await extract({ file: archive.file, name: 'content', limits }, into);
      expect(readTree(into)).toEqual(digests(archive.files));
    } catch (error) {
      throw error instanceof ArchiveError ? new Error(JSON.stringify(error.denied)) : error;
    } finally {
      rmSync(into, { recursive: true });
    }
  });
});
