import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Canaries, startCanaries } from './canary.ts';

let canaries: Canaries;
beforeAll(async () => {
  canaries = await startCanaries();
});
afterAll(() => canaries.stop());

const status = async (path: string): Promise<number> =>
  (await fetch(`http://127.0.0.1:${canaries.ports.public}${path}`, { redirect: 'manual' })).status;

describe('a canary', () => {
  it.each(['/to?%', '/to?%0a', '/to?%F0%9F%98%80'])(
    'outlives a redirect that no header can hold (%s)',
    async (path) => {
      expect(await status(path)).toBe(400);
      expect(await status('/to?http%3A%2F%2F10.0.0.5%2F')).toBe(302);
      expect(await status('/')).toBe(200);
    },
  );
});
