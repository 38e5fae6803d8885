import { describe, expect, it } from 'vitest';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { isSql, sql } from '../index.ts';
import { render } from '../render/render.ts';

const v = 1;

describe('a template', () => {
  it.each([
    ['a backslash that JavaScript drops', () => sql`select '^\d+'`],
    ['a NUL', () => sql`select '\0'`],
    ['a malformed escape', () => sql`select '\u{}'`],
  ])('is a mistake with %s', (_, write) => {
    expect(write).toThrow(expect.objectContaining({ code: 'sql/ambiguous-text' }));
  });

  it('is none with escapes that JavaScript knows', () => {
    expect(isSql(sql`select '\x41\u0041\\d\t', ${v}`)).toBe(true);
  });

  it.each([
    ['a literal', () => sql`select '${v}'`, 'sql/hole-in-literal'],
    ['a name', () => sql`select "${v}"`, 'sql/hole-in-identifier'],
    ['a comment', () => sql`select /* ${v} */ 1`, 'sql/hole-in-comment'],
    ['a word in front', () => sql`select log_${v}`, 'sql/glued-hole'],
    ['two statements', () => sql`select 1; select ${v}`, 'sql/several-statements'],
  ])('that no dialect reads is a mistake where it stands: %s', (_, write, code) => {
    expect(write).toThrow(expect.objectContaining({ code }));
  });

  it('that one dialect reads is written for that one alone', () => {
    const inMysql = sql`select 1 # it's one`;
    const inSqlite = sql`select 1 as [it's]`;
    const code = 'sql/unclosed-text';
    expect(render(inMysql, mysql).text).toBe("select 1 # it's one");
    expect(() => render(inMysql, postgres)).toThrow(expect.objectContaining({ code }));
    expect(render(inSqlite, sqlite).text).toBe("select 1 as [it's]");
    expect(() => render(inSqlite, mysql)).toThrow(expect.objectContaining({ code }));
  });

  it('is read anew in each dialect: a hole is no placeholder where it stands in a comment there', () => {
    const query = sql`select 1 # ${v}`;
    expect(render(query, postgres).text).toBe('select 1 # $1');
    expect(() => render(query, mysql)).toThrow(expect.objectContaining({ code: 'sql/hole-in-comment' }));
  });

  it('may end with a semicolon, which is not sent', () => {
    for (const dialect of [postgres, mysql, sqlite]) {
      expect(render(sql`select 1;`, dialect).text).toBe('select 1');
      expect(
        render(
          sql`select 'a;b' -- one
        ; -- the end`,
          dialect,
        ).text.trimEnd(),
      ).toBe("select 'a;b' -- one");
    }
    expect(render(sql`select ${v} ; /* the end */`, postgres)).toMatchObject({
      text: 'select $1 ',
      values: [v],
    });
    expect(render(sql`select ${sql`1;`};`, postgres).text).toBe('select 1');
    expect(render(sql`select 1; # the end`, mysql).text).toBe('select 1');
  });

  it('spliced in with a semicolon at its end starts no second statement', () => {
    const ended = sql`name = ${'a'}; -- the end`;
    const query = sql`delete from users where ${sql.and(ended, sql`owner = ${v};`)} returning id`;
    expect(render(query, postgres).text).toBe(
      'delete from users where ((name = $1) and (owner = $2)) returning id',
    );
    expect(() => sql`select 1; ${ended}`).toThrow(
      expect.objectContaining({ code: 'sql/several-statements' }),
    );
    expect(() => render(sql`;`, postgres)).toThrow(expect.objectContaining({ code: 'sql/empty-statement' }));
  });

  it('has one semicolon at most, and nothing but comments behind it', () => {
    for (const write of [() => sql`select 1;;`, () => sql`select 1; select 2;`, () => sql`select 1; ''`]) {
      expect(write).toThrow(expect.objectContaining({ code: 'sql/several-statements' }));
    }
    // To PostgreSQL the second line is no comment.
    expect(() => render(sql`select 1; # select 2`, postgres)).toThrow(
      expect.objectContaining({ code: 'sql/several-statements' }),
    );
  });

  it('that is a mistake names the file and the line where it stands, and the stack starts there', () => {
    const writes: readonly (() => unknown)[] = [
      () => sql`select '${v}'`,
      () => sql`select 1; select 2`,
      () => sql`select * from ${'users'}`,
      () => (sql as unknown as (text: string[]) => unknown)(['select 1']),
    ];
    for (const write of writes) {
      let mistake: unknown;
      try {
        write();
      } catch (error) {
        mistake = error;
      }
      expect(mistake).toMatchObject({ name: 'Misuse' });
      const { message, stack } = mistake as Error;
      expect(message).toMatch(/\n\nIn \/.*sql-site\.test\.ts:\d+:\d+$/);
      expect(/^ {4}at .*$/m.exec(stack ?? '')?.[0]).toContain('sql-site.test.ts');
    }
  });
});
