import { afterEach, beforeEach, expect } from 'vitest';
import { configureEvents, type SecurityEvent } from '../../lib/event/index.ts';
import { type FileField, type Uploads, type UploadsOptions, uploads } from '../../lib/upload/index.ts';
import type { TestPart } from './form.ts';
import { type TestStore, testStore } from './test-store.ts';

export const png: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const gif: Buffer = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
export const image: FileField = { types: ['image/png', 'image/gif'] };

export function avatar(data: Uint8Array | string = png, fileName = 'me.png'): TestPart {
  return { name: 'avatar', fileName, data };
}

/** A store of each test's own, and the events of the test. */
export interface UploadTest {
  readonly disk: () => TestStore;
  /** Forgets what was stored so far. */
  readonly empty: () => void;
  readonly guard: (files?: Readonly<Record<string, FileField>>, more?: Partial<UploadsOptions>) => Uploads;
  /** The request is refused, and nothing is left in the store. */
  readonly refused: (request: Promise<unknown>, code: string, detail?: object) => Promise<void>;
  readonly events: () => Promise<readonly SecurityEvent[]>;
}

export function uploadTest(): UploadTest {
  let disk: TestStore | undefined;
  const removed: Promise<void>[] = [];
  let written: SecurityEvent[] = [];
  let flush: () => Promise<void>;
  const current = (): TestStore => {
    disk ??= testStore();
    return disk;
  };
  const empty = (): void => {
    if (disk !== undefined) removed.push(disk.remove());
    disk = undefined;
  };
  beforeEach(() => {
    written = [];
    const write = (batch: readonly SecurityEvent[]): void => void written.push(...batch);
    const recorder = configureEvents({ sinks: [{ name: 'test', write }] });
    flush = () => recorder.flush();
  });
  afterEach(async () => {
    empty();
    await Promise.all(removed.splice(0));
    configureEvents({ sinks: [] });
  });
  return {
    disk: current,
    empty,
    guard: (files = { avatar: image }, more = {}) =>
      uploads({ store: current().store, files, allowOriginalImages: true, ...more }),
    async refused(request, code, detail = {}) {
      await expect(request).rejects.toMatchObject({ code, detail: expect.objectContaining(detail) });
      expect(current().left()).toEqual([]);
    },
    async events() {
      await flush();
      return written;
    },
  };
}
