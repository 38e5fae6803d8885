import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePath } from './parse-path.ts';

test.each([
  ['', []],
  ['ReturnValue', [{ kind: 'return' }]],
  [
    'AnyMember.Instance.Awaited.Element',
    [{ kind: 'any-member' }, { kind: 'instance' }, { kind: 'awaited' }, { kind: 'any-member' }],
  ],
  ['Member[a,$b,content-type,a.b]', [{ kind: 'member', names: ['a', '$b', 'content-type', 'a.b'] }]],
  [
    'Member[get,post].Argument[1..].Parameter[0]',
    [
      { kind: 'member', names: ['get', 'post'] },
      { kind: 'argument', indices: [], from: 1, names: [], self: false },
      { kind: 'parameter', indices: [0], names: [], self: false },
    ],
  ],
  ['Argument[sql:]', [{ kind: 'argument', indices: [], names: ['sql'], self: false }]],
  ['Argument[0,2..,sql:,this]', [{ kind: 'argument', indices: [0], from: 2, names: ['sql'], self: true }]],
  ['Parameter[0,name:]', [{ kind: 'parameter', indices: [0], names: ['name'], self: false }]],
])('%s', (path, steps) => {
  expect(parsePath(path)).toEqual(steps);
});

test.each([
  ['Membr[a]', 1],
  ['Member', 1],
  ['Member[]', 8],
  ['Member[a,]', 10],
  ['Member[a b]', 8],
  ['Member[a[b]', 8],
  ['Member[a', 7],
  ['Member[a]Member[b]', 10],
  ['Member[a].', 11],
  ['.Member[a]', 1],
  ['Member[a]..Member[b]', 11],
  ['ReturnValue[0]', 1],
  ['Argument', 1],
  ['Argument[x]', 10],
  ['Argument[-1]', 10],
  ['Argument[0..1]', 10],
  ['Argument[0,1..,2..]', 16],
  ['Argument[100]', 10],
  ['Parameter[this]', 11],
  ['returnValue', 1],
  ['toString', 1],
  ['__proto__', 1],
])('%s is nonsense at column %i', (path, column) => {
  expect(() => parsePath(path)).toThrow(RangeError);
  expect(() => parsePath(path)).toThrow(`The access path '${path}' has `);
  expect(() => parsePath(path)).toThrow(`at column ${column}.`);
});

test('any text is read or refused with a RangeError', () => {
  const piece = fc.constantFrom(
    'Member',
    'Argument',
    '[',
    ']',
    '.',
    ',',
    '..',
    '0',
    ':',
    'this',
    'a',
    'Awaited',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((all) => all.join('')),
      ),
      (path) => {
        try {
          parsePath(path);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    ),
  );
});
