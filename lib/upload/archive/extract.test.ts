import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileArchives } from '../../../checks/upload/archive-hostile.ts';
import { ArchiveError } from './archive-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { extract } from './extract.ts';
import { parseUnpackOptions } from './unpack-options.ts';

let folder: string;
let number = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-extract-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Unpacks in this process, in a directory whose parent is otherwise empty. */
async function unpackHere(
  archive: Buffer,
  limits: ArchiveLimits,
): Promise<{ outcome: string; outside: string[]; bytes: number }> {
  const place = join(folder, String(number++));
  mkdirSync(join(place, 'into'), { recursive: true });
  const file = join(folder, 'archive');
  writeFileSync(file, archive);
  let outcome = 'unpacked';
  try {
    await extract({ file, name: 'content', limits }, join(place, 'into'));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    outcome = error.denied.code;
  }
  const outside = readdirSync(place).filter((name) => name !== 'into');
  const bytes = bytesIn(join(place, 'into'));
  rmSync(place, { recursive: true });
  return { outcome, outside, bytes };
}

function bytesIn(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

describe('extract', () => {
  it.each(hostileArchives)('refuses $format: $name', async ({ build, code, options = {} }) => {
    const archive = build();
    const { limits } = parseUnpackOptions(options);
    const { outcome, outside, bytes } = await unpackHere(archive, limits);
    expect(outcome).toBe(code);
    expect(outside).toEqual([]);
    expect(bytes).toBeLessThanOrEqual(Math.max(1_048_576, limits.maxRatio * archive.length));
    expect(bytes).toBeLessThanOrEqual(limits.maxBytes);
  });
});
