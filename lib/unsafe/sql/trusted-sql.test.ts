import { describe, expect, it } from 'vitest';
import { sql } from '../../sql/index.ts';
import { forPg } from '../../sql/pg/index.ts';
import { trustedSql } from './trusted-sql.ts';

const because = 'written in this file, for this test';

describe('trustedSql', () => {
  it('is spliced in as it is', () => {
    const rank = trustedSql("ts_rank(document, 'it''s')", { because });
    expect(forPg(sql`select ${rank}, ${1}`).text).toBe("select ts_rank(document, 'it''s'), $1");
    expect(forPg(trustedSql('select 1', { because })).text).toBe('select 1');
  });

  it.each(['', '   ', 'ok', undefined])('wants a reason, and %o is none', (reason) => {
    expect(() => trustedSql('select 1', { because: reason as string })).toThrow(
      expect.objectContaining({ code: 'sql/trusted-without-reason' }),
    );
  });

  it('wants a reason of its own, and none of a prototype', () => {
    expect(() => trustedSql('select 1', Object.create({ because }))).toThrow(
      expect.objectContaining({ code: 'sql/trusted-without-reason' }),
    );
  });

  it('is read as a template is', () => {
    expect(() => trustedSql("select 'a", { because })).toThrow(
      expect.objectContaining({ code: 'sql/unclosed-text' }),
    );
    expect(() => trustedSql('select 1; select 2', { because })).toThrow(
      expect.objectContaining({ code: 'sql/several-statements' }),
    );
    expect(() => trustedSql('select $1', { because })).toThrow(
      expect.objectContaining({ code: 'sql/own-placeholder' }),
    );
    expect(() => trustedSql('select \0', { because })).toThrow(
      expect.objectContaining({ code: 'sql/ambiguous-text' }),
    );
  });

  it('takes text alone', () => {
    expect(() => trustedSql(['select 1'] as unknown as 'select 1', { because })).toThrow(
      expect.objectContaining({ code: 'sql/string-built-query' }),
    );
  });
});
