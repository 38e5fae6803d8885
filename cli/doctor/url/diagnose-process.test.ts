import { describe, expect, it } from 'vitest';
import { diagnoseProcess } from './diagnose-process.ts';
import type { Sighting } from './sighting.ts';

const verdicts = (copies: readonly string[], limitedServer: boolean | undefined): string[] =>
  diagnoseProcess({ copies, peer: { limitedServer } } as unknown as Sighting).map(({ verdict }) => verdict);

describe('the process', () => {
  it('is wrong with two copies of bulwark, or without limits of its server', () => {
    expect(verdicts(['file:///a/registry.js', 'file:///b/registry.js'], true)).toEqual(['wrong', 'ok']);
    expect(verdicts(['file:///a/registry.js'], false)).toEqual(['ok', 'wrong']);
    expect(verdicts(['file:///a/registry.js'], undefined)).toEqual(['ok', 'unknown']);
  });
});
