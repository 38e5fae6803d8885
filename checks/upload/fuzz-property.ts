import fc from 'fast-check';
import { isRefusal } from '../../lib/refusal/index.ts';
import { type FileRecord, type IncomingFile, type UploadStore, uploads } from '../../lib/upload/index.ts';
import { requestOf } from './form.ts';
import { mutated } from './fuzz-cases.ts';
import { recordedBodies } from './recorded-bodies.ts';
import type { TestStore } from './test-store.ts';

/** A store that counts what is begun and what becomes of it. */
function counting(store: UploadStore): {
  readonly store: UploadStore;
  readonly open: () => number;
} {
  let open = 0;
  const begin = async (): Promise<IncomingFile> => {
    const file = await store.begin();
    open++;
    let isOpen = true;
    const end = (): void => {
      if (isOpen) open--;
      isOpen = false;
    };
    return Object.create(file, {
      publish: {
        value: (record: FileRecord) => file.publish(record).then(end),
      },
      discard: { value: () => file.discard().then(end) },
    }) as IncomingFile;
  };
  return { store: { ...store, begin }, open: () => open };
}

/**
 * Recorded bodies with changes, in chunks of any size, are either refused or read to files that are what they say. Nothing else is thrown, and
 * nothing is left.
 */
export async function checkMutatedBodies(
  disk: TestStore,
  numRuns: number,
): Promise<{ refused: number; accepted: number }> {
  const counted = counting(disk.store);
  const guard = uploads({
    store: counted.store,
    files: { file: { types: ['image/png'] }, empty: { types: ['image/png'] } },
    allowOriginalImages: true,
  });
  const outcome = { refused: 0, accepted: 0 };
  const run = fc.constantFrom(...recordedBodies).chain(({ contentType, body }) =>
    fc.record({
      contentType: fc.constant(contentType),
      body: mutated(Buffer.from(body, 'base64')),
      chunkBytes: fc.constantFrom(1, 2, 3, 5, 17, 64, 65_536),
    }),
  );
  const property = fc.asyncProperty(run, async ({ contentType, body, chunkBytes }) => {
    let files: readonly FileRecord[] = [];
    try {
      const received = await guard.receive(requestOf(body, { contentType, chunkBytes }));
      files = Object.values(received.files).filter((file) => file !== undefined) as FileRecord[];
      outcome.accepted++;
    } catch (error) {
      if (!isRefusal(error, 'upload/*') || error.status >= 500) throw error;
      outcome.refused++;
    }
    if (counted.open() !== 0) throw new Error('A file was neither published nor discarded.');
    for (const { id, name, type, bytes } of files) {
      const stored = await disk.read(id);
      await disk.store.remove(id);
      if (stored.length !== bytes || type !== 'image/png' || !body.includes(stored))
        throw new Error('Not what was sent.');
      if (/[\p{Cc}/\\]/u.test(name)) throw new Error('A name that is a path.');
    }
    if (disk.left().length > 0) throw new Error('Something is left.');
  });
  await fc.assert(property, { numRuns, seed: 31 });
  return outcome;
}
