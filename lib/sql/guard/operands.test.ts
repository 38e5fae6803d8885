import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../lex/rules.ts';
import { decideWords } from './decide-words.ts';
import { createOperandReader } from './operands.ts';
import { readText } from './read-text.ts';

const read = (text: string) => readText(text, rulesFor('postgres'));
const words = new Map([['id', 'query.id']]);
const refuses = (text: string): boolean => !decideWords(read(text), words).allow;

const wrap = fc.constantFrom<(inner: string) => string>(
  (inner) => `(${inner})`,
  (inner) => `( ${inner} )::int`,
  (inner) => `cast(${inner} as numeric(10, 2))`,
  (inner) => `cast(${inner} as double precision)`,
  (inner) => `lower(${inner})`,
  (inner) => `trim( upper(${inner}) )`,
  (inner) => `(${inner} /* c */ collate "C")`,
);
const wrapped = (inner: string) =>
  fc.array(wrap, { maxLength: 3 }).map((wraps) => wraps.reduce((text, each) => each(text), inner));
const operator = fc.constantFrom('=', '<>', '>=', 'is not distinct from', 'like', 'not ilike');

describe('an operand', () => {
  it.each([
    ['id', 'id', '', ''],
    ['public.orders.id', 'id', 'public.orders', ''],
    ['"O"."id"::text', 'id', 'o', ''],
    ['date(cast(day as text))', 'day', '', 'date('],
    ['f(g(x))', 'x', '', 'f(g('],
  ])('is read from %s', (text, name, qualifier, calls) => {
    const reader = createOperandReader(read(`${text} = 1`));
    const end = reader.texts.indexOf('=');
    expect(reader.operandAt(0)).toEqual({ found: { name, qualifier, calls }, end });
    expect(reader.operandsBefore(end)).toEqual([{ name, qualifier, calls }]);
  });

  it('is none in an expression', () => {
    for (const text of [
      '1',
      "'id'",
      'f(id, 1)',
      '(id + 1)',
      '(select id)',
      'case when id then 1 end',
      'null',
    ]) {
      expect(createOperandReader(read(text)).operandAt(0)).toBeUndefined();
    }
  });

  it('is found on both sides, however it is wrapped', () => {
    fc.assert(
      fc.property(wrapped('id'), operator, wrapped('o.id'), (left, compares, right) => {
        expect(refuses(`select 1 from o where a = 1 and ${left} ${compares} ${right} limit 5`)).toBe(true);
        expect(refuses(`select 1 from o where (a, ${left}) = ($1, ${right})`)).toBe(true);
        expect(refuses(`select 1 from o where ${left} = any(array[1, ${right}])`)).toBe(true);
      }),
      { numRuns: 300, seed: 20261201 },
    );
  });

  it('is another one beside a value or another column', () => {
    fc.assert(
      fc.property(
        wrapped('id'),
        operator,
        fc.constantFrom('7', "'id'", '$1', 'o.owner', 'id_of'),
        (left, compares, right) => {
          expect(refuses(`select id from o where ${left} ${compares} ${right} order by id`)).toBe(false);
          expect(refuses(`select id from o where (a, ${left}) in ((1, ${right}), (2, 3))`)).toBe(false);
        },
      ),
      { numRuns: 300, seed: 20261201 },
    );
  });

  it('is read from any tokens, without an error', () => {
    const token = fc.constantFrom(
      ...'( ) [ ] , . : :: = <> in any array row cast as id o binary convert using collate between and is not distinct from'.split(
        ' ',
      ),
      ...["'x'", '"id"', '1', '/* c */', 'select', 'where', 'lower(', 'symmetric'],
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (tokens) => void refuses(tokens.join(' '))),
      { numRuns: 5_000, seed: 20261201 },
    );
  });
});
