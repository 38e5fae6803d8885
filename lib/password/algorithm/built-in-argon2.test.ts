import * as crypto from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { builtInArgon2 } from './built-in-argon2.ts';
import { loadArgon2 } from './load-argon2.ts';

const input = [Buffer.from('correct h\u00f6rse'), Buffer.from('sixteen bytes ok'), 32] as const;

describe("Node's own argon2", () => {
  it('is used where Node has it, and computes what @node-rs/argon2 does', async () => {
    const builtIn = builtInArgon2();
    expect(builtIn !== undefined).toBe('argon2' in crypto);
    const packaged = await loadArgon2();
    for (const variant of ['argon2id', 'argon2i', 'argon2d'] as const) {
      const cost = { variant, version: 19, memoryKiB: 1_024, passes: 2, lanes: 2 } as const;
      const expected = await packaged?.(cost, ...input);
      expect(expected).toHaveLength(32);
      if (builtIn) expect(Buffer.from(await builtIn(cost, ...input))).toEqual(expected);
    }
  });

  it('does not take version 16 for 19', async () => {
    const old = { variant: 'argon2i', version: 16, memoryKiB: 64, passes: 1, lanes: 1 } as const;
    const builtIn = builtInArgon2() ?? (() => Promise.reject(new RangeError('version 19 only')));
    await expect(builtIn(old, ...input)).rejects.toThrow('version 19 only');
  });
});
