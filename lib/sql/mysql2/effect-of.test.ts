import { describe, expect, it } from 'vitest';
import { effectOf } from './effect-of.ts';

describe('what a statement does to its transaction', () => {
  it.each([
    ['ends', 'commit'],
    ['ends', '  COMMIT and chain'],
    ['ends', 'start transaction'],
    ['ends', 'begin'],
    ['ends', 'rollback'],
    ['ends', 'rollback and chain'],
    ['other', 'rollback to here'],
    ['other', 'rollback work to savepoint here'],
    ['other', 'savepoint here'],
    ['ends', 'create table t (a int)'],
    ['ends', 'create or replace table t (a int)'],
    ['other', 'create temporary table t (a int)'],
    ['other', 'create or replace temporary table t (a int)'],
    ['ends', 'drop table t'],
    ['other', 'drop temporary table t'],
    ['ends', '/* a */ -- b\n # c\n Truncate t'],
    ['ends', 'alter table t add b int'],
    ['may-end', 'call p()'],
    ['may-end', 'begin not atomic commit; end'],
    ['reads', '(select 1) union (select 2)'],
    ['reads', 'with a as (select 1) select * from a'],
    ['other', 'insert into t values (1) returning a'],
    ['other', 'delete from t'],
    ['other', '/* open'],
    ['other', ''],
  ])('%s: %s', (effect, text) => {
    expect(effectOf(text)).toBe(effect);
  });

  it('is found in time that grows with the length of the text', () => {
    expect(effectOf(`${'/**/'.repeat(100_000)}commit`)).toBe('ends');
    expect(effectOf(' ('.repeat(100_000))).toBe('other');
  });
});
