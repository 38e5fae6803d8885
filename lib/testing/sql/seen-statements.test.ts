import { describe, expect, it } from 'vitest';
import { isTransactionCommand, seenStatements } from './seen-statements.ts';

const knows = (harmless: readonly string[], text: string): boolean => {
  const seen = seenStatements('postgres');
  for (const [run, each] of harmless.entries()) seen.add(each, each, run);
  return seen.knows(text);
};

describe('what is known of statements', () => {
  it.each([
    ['a list', 'select 1 where a in ($1)', 'select 1 where a in ($1, $2, $3)'],
    ['rows', 'insert into a values ($1, now(), $2)', 'insert into a values ($1, now(), $2), ($3, now(), $4)'],
    ['words', 'select 1 where a like $1 order by b', 'select 1 where a like $1 and a like $2 order by b'],
    [
      'choices',
      'select 1 where (a = $1 or b = $1)',
      'select 1 where (a = $1 or b = $1) and (a = $2 or b = $2)',
    ],
  ])('counts once what there are as many of as values: %s', (_what, one, many) => {
    expect(knows([one], many)).toBe(true);
  });

  it.each([
    ["select 1 where a = 'x'", "select 1 where a = '' or '1'='1'"],
    ["select 1 where a = 'x'", "select 1 where a = '' or 'y'"],
    ['select 1 where a = 1', 'select 1 where a = 1 or true'],
    ['select 1 where a = 1', 'select 1 where a = 1 and b = 1'],
    ['select 1 where a in (1)', 'select 1 where a in (1) union select b'],
    ['insert into a values (1)', 'insert into a values (1), (b)'],
  ])('and nothing else: %s', (one, other) => {
    expect(knows([one], other)).toBe(false);
  });

  it('takes names that differ between two runs with one value for made up', () => {
    const savepoints = ['savepoint "s-0.1"', 'savepoint "s-0.2"'];
    expect(knows(savepoints, 'savepoint "s-0.3"')).toBe(true);
    expect(knows(savepoints, 'savepoint "s-0.3"; select 1')).toBe(false);
    const cursors = ['declare c_x1 cursor for select 1', 'declare c_x2 cursor for select 1'];
    expect(knows(cursors, 'declare c_x3 cursor for select 1')).toBe(true);
    expect(knows(cursors, 'declare c_x3 cursor for select a')).toBe(false);
  });

  it('takes no name for made up that two values differ in, or that both runs have', () => {
    const columns = ['order by a', 'order by a', 'order by b', 'order by b'].map((end) => `select 1 ${end}`);
    expect(knows(columns, 'select 1 order by password')).toBe(false);
  });
});

describe('what begins and ends transactions', () => {
  it.each([
    'BEGIN',
    'start transaction isolation level serializable;',
    'rollback to savepoint "s-0.1"',
    'ROLLBACK TO sp_1',
    'release savepoint sp_1',
  ])('is %s', (text) => {
    expect(isTransactionCommand(text)).toBe(true);
  });

  it.each([
    'savepoint anything at all',
    'rollback to sp_1; select 1',
    'release "a" or 1',
    'begin; drop table a',
  ])('is not %s', (text) => {
    expect(isTransactionCommand(text)).toBe(false);
  });
});
