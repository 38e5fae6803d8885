import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModels } from './read-models.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(models: object): () => unknown {
  const path = join(folder, 'models.json');
  writeFileSync(path, JSON.stringify({ language: 'javascript', ...models }));
  return () => readModels([path]);
}

describe("a user's traits", () => {
  it('are read, with and without their reach', () => {
    const traits = [
      ['a', '', 'decodes-text'],
      ['a', '', 'decodes-text', 'deep'],
    ];
    expect(read({ traits })()).toMatchObject([{ traits }]);
  });

  it('must exist, and reach `deep` or not at all', () => {
    expect(read({ traits: [['a', '', 'decodes']] })).toThrow(/row 1 of `traits` names no trait/);
    expect(read({ traits: [['a', '', 'decodes-text', 'Deep']] })).toThrow(/row 1 of `traits` ends with/);
  });
});

it('cannot have the patterns of file names that models of frameworks have', () => {
  expect(read({ files: [['(a+)+$', 'GET', 'a.T']] })).toThrow(/`files` is not a known list/);
});
