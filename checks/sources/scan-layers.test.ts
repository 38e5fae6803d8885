import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { importedFiles } from './import-circles.ts';
import { layerOf, scanLayers } from './scan-layers.ts';

const scanner = 'cli/scan/';
const sources = repositoryFiles('cli/scan/*.ts').filter(
  (file) => !/\.test\.ts$|\/testing\/|\.test-d\.ts$/.test(file),
);
const inside = (file: string): string => file.slice(scanner.length);
const imports = sources.map(
  (file) =>
    [
      file,
      importedFiles(file, readFileSync(join(root, file), 'utf8')).filter((to) => to.startsWith(scanner)),
    ] as const,
);

describe('the layers of the scanner', () => {
  it('hold each of its files', () => {
    expect(sources.filter((file) => layerOf(inside(file)) < 0)).toEqual([]);
    const held = new Set(sources.map((file) => layerOf(inside(file))));
    expect(scanLayers.filter((_, layer) => !held.has(layer))).toEqual([]);
  });

  // Move what the lower layer needs further down, or let it ask through an interface of its own layer.
  it('import downwards only, types included', () => {
    const upwards = imports.flatMap(([file, imported]) =>
      imported.filter((to) => layerOf(inside(to)) > layerOf(inside(file))).map((to) => `${file} -> ${to}`),
    );
    expect(imports.flatMap(([, imported]) => imported).length).toBeGreaterThan(sources.length);
    expect(upwards).toEqual([]);
  });
});

describe('this check', () => {
  it.each([
    ['ir/ir.ts', 'ir/query/words.ts'],
    ['dataflow/function/calls.ts', 'dataflow/program/readers.ts'],
    ['frameworks/koa/model.ts', 'frameworks/traits/request/going-on.ts'],
    ['semantics/text/text.ts', 'semantics/builtin/builtins.ts'],
    ['fix/fix.ts', 'scan.ts'],
  ])('puts %s no higher than %s', (lower, higher) => {
    expect(layerOf(lower)).toBeLessThanOrEqual(layerOf(higher));
    expect(layerOf(lower)).toBeGreaterThanOrEqual(0);
  });
});
