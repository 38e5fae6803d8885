import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestOf } from '../../checks/upload/form.ts';
import { checkMutatedBodies } from '../../checks/upload/fuzz-property.ts';
import { recordedBodies } from '../../checks/upload/recorded-bodies.ts';
import { type TestStore, testStore } from '../../checks/upload/test-store.ts';
import { configureEvents } from '../event/index.ts';
import { uploads } from './index.ts';

let disk: TestStore;
beforeEach(() => {
  configureEvents({ sinks: [] });
  disk = testStore();
});
afterEach(() => disk.remove());

describe('what real clients sent', () => {
  it.each(recordedBodies)(
    'is read as the client meant it: $client',
    async ({ client, contentType, body }) => {
      const picture = { types: ['image/png'] } as const;
      const guard = uploads({
        store: disk.store,
        files: { file: picture, empty: picture },
        allowOriginalImages: true,
      });
      for (const chunkBytes of [1, 65_536]) {
        const request = requestOf(Buffer.from(body, 'base64'), { contentType, chunkBytes });
        const { fields, files } = await guard.receive(request);
        expect([...fields]).toEqual([['title', 'Zo\u00eb & "friends"']]);
        const name = client.includes('blob') ? 'blob' : 'b\u00e4r "1".png';
        expect(files).toMatchObject({ file: { name, type: 'image/png', bytes: 70 }, empty: undefined });
      }
    },
  );

  it('is refused or read correctly after changes in a few places', async () => {
    const { refused, accepted } = await checkMutatedBodies(disk, 150);
    expect(refused).toBeGreaterThan(50);
    expect(accepted).toBeGreaterThan(5);
  });
});
