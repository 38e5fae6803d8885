import { describe, expect, it } from 'vitest';
import { nestsTooDeep } from './nests-too-deep.ts';

const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('nestsTooDeep', () => {
  it.each([
    ['lists', lists(10_001)],
    ['objects', objects(10_001)],
    ['both', `${'[{"a":'.repeat(5001)}1${'}]'.repeat(5001)}`],
    ['one of many', `[${'[],'.repeat(20_000)}${lists(10_000)}${',{}'.repeat(20_000)}]`],
    ['what is under a key such as __proto__', `{"__proto__":${lists(10_000)}}`],
  ])('is true for %s', (_, json) => {
    expect(nestsTooDeep(JSON.parse(json), json)).toBe(true);
  });

  it.each([
    ['lists that are just not', lists(10_000)],
    ['objects that are just not', objects(10_000)],
    ['many beside each other', `[${'[{}],'.repeat(20_000)}1]`],
    ['brackets in a text', JSON.stringify('[{"'.repeat(20_000))],
    ['null', 'null'],
  ])('is false for %s', (_, json) => {
    expect(nestsTooDeep(JSON.parse(json), json)).toBe(false);
  });

  it('is false for what goes in circles and is not written', () => {
    const parent = { children: [] as object[], text: 'x'.repeat(20_000) };
    parent.children.push({ parent, toJSON: () => 'a child' });
    expect(nestsTooDeep(parent, JSON.stringify(parent))).toBe(false);
  });

  it('is false for what only a polluted prototype has', () => {
    const json = JSON.stringify([{}, 'x'.repeat(20_000)]);
    try {
      Object.assign(Object.prototype, { deeper: {} });
      expect(nestsTooDeep(JSON.parse(json), json)).toBe(false);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'deeper');
    }
  });
});
