import { describe, expect, it } from 'vitest';
import { rulesFor } from '../lex/rules.ts';
import { objectValue } from './object-value.ts';
import { readText } from './read-text.ts';
import { recordValues } from './record-values.ts';

class Money {
  cents = 1;
}

describe('an object among the values', () => {
  it.each<[string, unknown, object]>([
    ['an object', { a: 1, b: 2 }, { type: 'object', keys: 'a, b', value: 2 }],
    ['one without a prototype', Object.assign(Object.create(null), { a: 1 }), { type: 'object', keys: 'a' }],
    ['one in a list', [1, [{ a: 1 }]], { type: 'object', keys: 'a' }],
    ['one whose toSqlString is no function', { toSqlString: 'a' }, { type: 'object' }],
    ['a function', () => 1, { type: 'function' }],
  ])('is found: %s', (_, value, found) => expect(objectValue([1, value], () => false)).toMatchObject(found));

  it.each<[string, unknown]>([
    ['scalars', ['a', 1, 2n, true, null, undefined]],
    ['dates and bytes', [new Date(), Buffer.of(1), new Uint8Array(1)]],
    ['lists of scalars', [['a', 'b'], [['a', 1]]]],
    ['objects of a class', [new Money()]],
    ['what writes itself', [{ toSqlString: () => 'now()' }, { toPostgres: () => 'a' }]],
  ])('is none: %s', (_, values) => expect(objectValue(values as unknown[], () => false)).toBeUndefined());

  it('may be accepted', () => {
    expect(objectValue([{ a: 1 }, { b: 1 }], (index) => index === 0)).toMatchObject({ keys: 'b', value: 2 });
  });
});

describe('the values that mysql2 takes a record for', () => {
  it('stand behind SET and UPDATE', () => {
    const text = "insert into ?? set ? on duplicate key update ?, a = ? -- set ?\n, b = 'set ?', c = ?";
    expect([...recordValues(readText(text, rulesFor('mysql')))]).toEqual([1, 2]);
  });
});
