import { afterAll, beforeAll, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { checkMutatedBodies } from './fuzz-property.ts';
import { type TestStore, testStore } from './test-store.ts';

let disk: TestStore;
beforeAll(() => {
  configureEvents({ sinks: [] });
  disk = testStore();
});
afterAll(() => disk.remove());

it('5,000 mutated bodies of real clients are refused, or read correctly', async () => {
  const { refused, accepted } = await checkMutatedBodies(disk, 5_000);
  console.log(`${refused} refused, ${accepted} accepted`);
  expect(refused + accepted).toBe(5_000);
  expect(accepted).toBeGreaterThan(200);
}, 600_000);
