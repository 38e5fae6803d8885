import { describe, expect, it } from 'vitest';
import { at, itemsOf, lineOf, readYaml, textOf } from './yaml-tree.ts';

const problem = (text: string): string | undefined => readYaml(text).problem;

describe('readYaml', () => {
  it('reads maps, lists and scalars with their lines', () => {
    const [tree] = readYaml('a:\n  b: [x, 2]\n---\n- c\n').documents;
    expect(itemsOf(at(tree, 'a', 'b')).map(textOf)).toEqual(['x', '2']);
    expect(lineOf(tree, 'a', 'b')).toBe(2);
    expect(readYaml('a: 1\n---\nb: 2\n').documents).toHaveLength(2);
  });

  it('resolves aliases to the anchor above, and merges maps', () => {
    const [tree] = readYaml(
      'x: &a {k: 1, l: 1}\ny: &a {k: 2}\nz: *a\nw: {<<: *a, l: 3}\nu: {<<: [*a, {m: 4, k: 5}]}\n',
    ).documents;
    expect(textOf(at(tree, 'z', 'k'))).toBe('2');
    expect(textOf(at(tree, 'w', 'k'))).toBe('2');
    expect(textOf(at(tree, 'w', 'l'))).toBe('3');
    expect(textOf(at(tree, 'u', 'k'))).toBe('2');
    expect(textOf(at(tree, 'u', 'm'))).toBe('4');
    expect(textOf(at(readYaml('a: &a {b: *a}').documents[0], 'a', 'b'))).toBeUndefined();
    expect(textOf(at(readYaml('a: *none').documents[0], 'a'))).toBeUndefined();
  });

  it('reads the same text once, and others anew', () => {
    expect(readYaml('a: 7')).toBe(readYaml('a: 7'));
    const first = readYaml(`# ${'x'.repeat(900_000)}\na: 1`);
    for (let i = 0; i < 3; i++) readYaml(`# ${'y'.repeat(900_000)}\na: ${i}`);
    expect(readYaml(`# ${'x'.repeat(900_000)}\na: 1`)).not.toBe(first);
  });

  it.each([
    ['two keys alike', 'a: 1\na: 2\n', 'is not valid YAML'],
    ['an open bracket', 'a: [1\n', 'is not valid YAML'],
    ['deep nesting', `a: ${'['.repeat(100)}${']'.repeat(100)}\n`, 'is nested too deeply'],
    ['many documents', '---\na: 1\n'.repeat(100_000), 'has too many documents'],
    ['a megabyte', `# ${'x'.repeat(1_000_000)}`, 'is larger than 1 MB'],
    [
      'merges of merges',
      `a: &a {${Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join(', ')}}\n${Array.from({ length: 5000 }, (_, i) => `b${i}: {<<: *a}`).join('\n')}\n`,
      'is nested too deeply',
    ],
  ])('says what is wrong with %s', (_, text, expected) => expect(problem(text)).toBe(expected));

  it('ends for a hundred thousand keys, and for as many aliases', () => {
    const keys = Array.from({ length: 90_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(readYaml(keys).documents).toHaveLength(1);
    const aliases = `a: &a 1\nb:\n${'- *a\n'.repeat(100_000)}`;
    expect(itemsOf(at(readYaml(aliases).documents[0], 'b'))).toHaveLength(100_000);
  });
});
