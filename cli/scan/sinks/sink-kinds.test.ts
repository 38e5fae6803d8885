import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capacity } from '../dataflow/domain/kind-set.ts';
import { harmlessIn, kinds, kindsOf, noKinds } from '../dataflow/domain/kinds.ts';
import { isHarmfulOf, type SinkId, sinkIds, sinkKind, sinkKinds } from './sink-kinds.ts';

describe('sinkKinds', () => {
  it('has the kind of each file, by the name of the file', () => {
    const files = readdirSync(join(import.meta.dirname, 'kinds')).map((name) => name.replace(/\.ts$/, ''));
    expect([...sinkIds].sort()).toEqual(files.sort());
    for (const id of sinkIds) expect(sinkKind(id).id).toBe(id);
  });

  it('knows nothing of a kind that a model of a user misspells, and does not fail', () => {
    const misspelt = 'sqll' as SinkId;
    expect(sinkKind(misspelt)).toEqual({ id: misspelt, takes: 'text' });
    expect(kindsOf([misspelt])).toBe(noKinds);
    expect(harmlessIn(misspelt)).toBe(noKinds);
    expect(isHarmfulOf('stored', misspelt)).toBe(false);
  });

  it('leaves room in a set for more kinds and markers', () => {
    expect(sinkKinds.length + 8).toBeLessThan(capacity);
  });

  it('gives each kind an element of its own, unless it shares one', () => {
    const own = sinkKinds.filter(({ sharesWith }) => !sharesWith);
    for (const { id } of own)
      for (const other of own) expect(kinds(id).meets(kinds(other.id))).toBe(id === other.id);
    for (const { id, sharesWith } of sinkKinds) {
      if (!sharesWith) continue;
      expect(sharesWith.sharesWith).toBeUndefined();
      expect(own.some((one) => one === sharesWith)).toBe(true);
      expect(kinds(id).meets(harmlessIn(id))).toBe(true);
    }
  });

  it('lists the harmful characters of each kind that shares no element, or says that names do harm', () => {
    for (const { sharesWith, harmfulCharacters, isByName } of sinkKinds)
      if (!sharesWith) expect(harmfulCharacters !== undefined || isByName === true).toBe(true);
  });

  it('knows in which sinks a narrow source does harm', () => {
    expect(sinkIds.filter((id) => isHarmfulOf('caller', id)).sort()).toEqual([
      'code',
      'command',
      'prototype',
      'quadratic',
      'redos',
      'xss',
    ]);
    expect(sinkIds.filter((id) => isHarmfulOf('secret', id)).sort()).toEqual(['leak', 'log']);
  });
});
