import { describe, expect, it } from 'vitest';
import { withEntry, withoutEntry } from './add-dependency.ts';

describe('withEntry', () => {
  it.each([
    [
      'sorted in',
      '{\n  "dependencies": {\n    "a": "1",\n    "z": "1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "a": "1",\n    "m": "2",\n    "z": "1"\n  }\n}\n',
    ],
    [
      'at the end of what is not sorted',
      '{\n  "dependencies": {\n    "z": "1",\n    "a": "1"\n  }\n}',
      '{\n  "dependencies": {\n    "z": "1",\n    "a": "1",\n    "m": "2"\n  }\n}',
    ],
    [
      'first',
      '{\n\t"dependencies": {\n\t\t"z": "1"\n\t}\n}',
      '{\n\t"dependencies": {\n\t\t"m": "2",\n\t\t"z": "1"\n\t}\n}',
    ],
    [
      'with the field, at the end',
      '{\r\n    "name": "x"\r\n}\r\n',
      '{\r\n    "name": "x",\r\n    "dependencies": {\r\n        "m": "2"\r\n    }\r\n}\r\n',
    ],
    ['into an empty field', '{\n  "dependencies": {}\n}', '{\n  "dependencies": {\n    "m": "2"\n  }\n}'],
    [
      'to the last of two fields, which counts',
      '{"dependencies":{"z":"1"},"dependencies":{"a":"1"}}',
      '{"dependencies":{"z":"1"},"dependencies":{"a":"1", "m": "2"}}',
    ],
    ['into an empty object', '{}', '{"dependencies": {"m": "2"}}'],
    [
      'on one line',
      '{"name":"x","dependencies":{"a":"1"}}',
      '{"name":"x","dependencies":{"a":"1", "m": "2"}}',
    ],
    [
      'beside a text that looks like the field',
      '{\n  "x": "\\"dependencies\\": {}",\n  "dependencies": {\n    "a": "1"\n  }\n}',
      '{\n  "x": "\\"dependencies\\": {}",\n  "dependencies": {\n    "a": "1",\n    "m": "2"\n  }\n}',
    ],
  ])('adds an entry %s', (_where, before, after) => {
    expect(withEntry(before, 'dependencies', 'm', '2')).toBe(after);
    expect(JSON.parse(after)).toMatchObject({ dependencies: { m: '2' } });
  });

  it('keeps an entry that is there, or replaces it if asked to', () => {
    const text = '{ "scripts": { "test": "a" } }';
    expect(withEntry(text, 'scripts', 'test', 'b')).toBe(text);
    expect(withEntry(text, 'scripts', 'test', 'b', true)).toBe('{ "scripts": { "test": "b" } }');
  });
});

describe('withoutEntry', () => {
  it.each([
    ['{ "d": { "a": "1", "b": "2", "c": "3" } }', 'b', '{ "d": { "a": "1", "c": "3" } }'],
    ['{ "d": { "a": "1", "b": "2" } }', 'b', '{ "d": { "a": "1" } }'],
    ['{ "d": { "a": "1" } }', 'a', '{ "d": {} }'],
    ['{ "d": { "a": "1" } }', 'x', '{ "d": { "a": "1" } }'],
  ])('%s without %s', (before, name, after) => {
    expect(withoutEntry(before, 'd', name)).toBe(after);
  });
});
