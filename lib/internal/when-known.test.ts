import { expect, it, onTestFinished, vi } from 'vitest';
import { whenKnown } from './when-known.ts';

it('passes a value on at once', () => {
  for (const value of [1, undefined, null, 'text', { any: 1 }]) {
    expect(whenKnown(value, (known) => [known])).toEqual([value]);
  }
});

it("passes on what a promise holds, also Node's own where a library has replaced `Promise`", async () => {
  class Replaced extends Promise<unknown> {}
  vi.stubGlobal('Promise', Replaced);
  onTestFinished(() => void vi.unstubAllGlobals());
  const own = (async () => 1)();
  expect(own).not.toBeInstanceOf(Promise);
  for (const promise of [own, Promise.resolve(1) as Promise<number>]) {
    expect(await whenKnown(promise, (known) => known + 1)).toBe(2);
  }
});
