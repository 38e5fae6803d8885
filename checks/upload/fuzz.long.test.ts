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

it('20,000 mutated bodies of real clients are refused, or read correctly', async () => {
  const { refused, accepted } = await checkMutatedBodies(disk, 20_000);
  console.log(`${refused} refused, ${accepted} accepted`);
  expect(refused + accepted).toBe(20_000);
  expect(accepted).toBeGreaterThan(1_000);
}, 600_000);
