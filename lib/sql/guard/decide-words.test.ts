import { describe, expect, it } from 'vitest';
import { collectInputs } from '../../request/inputs.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import { rulesFor } from '../lex/rules.ts';
import { decideWords } from './decide-words.ts';
import { readText } from './read-text.ts';

function refuses(query: unknown, text: string, dialect: DialectName = 'postgres'): boolean {
  return !decideWords(readText(text, rulesFor(dialect)), collectInputs({ query }).words).allow;
}

describe('an input that is one word', () => {
  it.each<[string, string, DialectName?]>([
    ['id', 'select * from users where id = id'],
    ['ID', 'select * from users where id = ID'],
    ['id', 'select * from users where ID=id'],
    ['id', 'select * from users where users.id = id'],
    ['id', 'select * from users where id = users.id'],
    ['id', 'delete from users where id = (id)'],
    ['id', 'select * from users where id >= id and tenant = 1'],
    ['id', 'select * from users where id <> id'],
    ['id', 'select * from users where id in (1, id)'],
    ['1,id', 'select * from users where id in (1, id)'],
    ['id', 'select * from users where id not in (1, id)'],
    ['id', 'select * from users where id between id and 9'],
    ['id', 'select * from users where id between 0 and id or false'],
    ['id', 'select * from users where id is not distinct from id'],
    ['id', 'select * from users where id <=> id', 'mysql'],
    ['id', 'select * from users where id is id', 'sqlite'],
    ['name', 'select * from users where name like name'],
    ['name', 'select * from users where name not ilike name'],
    ['name', 'select * from users where name = "name"', 'sqlite'],
    ['name', 'select * from users where `name` = name', 'mysql'],
    ['name', 'update users set admin = true where name = name'],
    ['name', 'select count(*) from users group by age having name = name'],
    ['id', 'select * from a join b on a.x = b.x and id = id'],
    ['id', 'select case when id = id then 1 end from t'],
    ['rowid', 'select * from users where id = rowid', 'sqlite'],
    ['_rowid_', 'delete from users where id in (1, _rowid_)', 'sqlite'],
    ['[id]', 'select * from users where id = [id]', 'sqlite'],
    ['all', 'select * from users limit all'],
    ['NULL', 'select * from users limit NULL offset 3'],
    ['current_user', 'select * from users order by current_user'],
    ['current_user', 'select * from users order by name, CURRENT_USER desc limit 5'],
    ['session_user', 'select count(*) from users group by session_user'],
    ['current_timestamp', 'select rank() over (partition by current_timestamp) from users'],
    ['id', 'select * from users where id = id::int'],
    ['id', 'select * from users where id::text = id'],
    ['id', 'select * from users where id = id::numeric(10, 2)::double precision and true'],
    ['id', 'select * from users where id = cast(id as int)'],
    ['id', 'select * from users where cast(u.id as unsigned) = id', 'mysql'],
    ['name', 'select * from users where lower(name) = lower(name)'],
    ['name', 'select * from users where lower(name) = name'],
    ['name', 'select * from users where name = trim(upper(name))'],
    ['day', 'select * from users where date(day) = date(day)'],
    ['name', 'select * from users where name = name collate "C"'],
    ['id', 'select * from users where (id) = id'],
    ['id', 'select * from users where ((id)) = ((id)::int)'],
    ['id', 'select * from users where id in (id)'],
    ['id', 'select * from users where id in (1 + 1, -2, f(3), id)'],
    ['id', 'select * from users where (id, tenant) = (id, 1)'],
    ['tenant', 'select * from users where (id, tenant) = (1, tenant)'],
    ['id', 'select * from users where (id, tenant) in ((1, 2), (id, 1))'],
    ['id', 'select * from users where id = any(array[id])'],
    ['id', 'select * from users where id = any (array[1, id]::int[])'],
    ['id', 'select * from users where id between 0 and id::int'],
    ['u.id', 'select * from users u where u.id = u.id'],
    ['id', 'select * from users where id = coalesce(id)'],
    ['id', 'select * from users where id = convert(id using utf8mb4)', 'mysql'],
    ['id', 'select * from users where binary id = id', 'mysql'],
    ['id', 'select * from users where id = binary id', 'mysql'],
    ['id', 'select * from users where row(id, 1) = row(id, 1)'],
    ['id', 'select * from users where id between symmetric id and 5'],
    ['user', 'select * from users order by user'],
    ['user', 'select * from users order by name, (user)'],
    ['current_user', 'select distinct on (current_user) id from users'],
    ['user', 'select distinct on (user) id from users'],
    ['null', 'select * from users fetch first null rows only'],
    ['null', 'select * from users offset 5 fetch next (null) rows only'],
    ['null', 'select * from users limit (null)'],
    ['null', 'select * from users limit cast(null as int)'],
    ['null', 'select * from users limit null::int'],
  ])('is told where it became syntax: %s in %s', (input, text, dialect) => {
    expect(refuses({ q: input }, text, dialect)).toBe(true);
    expect(refuses({ q: 'other' }, text, dialect)).toBe(false);
  });

  it.each<[string, string, DialectName?]>([
    ['id', 'select * from users where id = 7 order by id'],
    ['id', 'select id from id where id = 7'],
    ['id', "select * from users where id = 'id'"],
    ['name', 'select * from users where name = "name"', 'mysql'],
    ['id', 'select * from a join b on a.id = b.id'],
    ['id', 'insert into t (id) values (1) on duplicate key update id = id', 'mysql'],
    ['id', 'insert into t (id) values (1) on conflict (id) do update set id = id'],
    ['version', 'update t set version = version + 1 where id = 7'],
    ['version', 'select * from t where version = version + 1'],
    ['days', 'select now() - make_interval(days => days) from t'],
    ['doc', 'select doc -> doc from t'],
    ['id', 'select * from t where id = id(7)'],
    ['id', 'select * from a where exists (select id from b where b.id = a.id)'],
    ['id', 'select * from t where id in (select id from b)'],
    ['id', 'select * from t where t.id = 7 /* id = id */'],
    ['id', 'select * from t where id = $1 -- id = id'],
    ['created_at', 'select * from t where updated_at > created_at order by created_at'],
    ['name', 'select name, count(*) from t group by name order by name desc'],
    ['user', 'select * from "user" order by user', 'mysql'],
    ['current_user', 'select * from notes where owner = current_user'],
    ['current_user', 'select current_user'],
    ['null', 'select a from t group by a order by null', 'mysql'],
    ['true', 'select * from t where active = true'],
    ['all', 'select * from a union all select * from b limit 10'],
    ['rowid', 'select rowid from t where id = 7 order by rowid', 'sqlite'],
    ['rowid', 'select * from posts join search on search.rowid = posts.id', 'sqlite'],
    ['7', 'select * from t where 7 = 7'],
    ['id', 'select * from t where id = 7::int'],
    ['id', 'select * from t where a.id::text = b.id::text'],
    ['day', 'select * from t where day = date_trunc(day)'],
    ['id', 'select * from t where (id, tenant) = (7, id)'],
    ['id', 'select * from t where (owner, id) in ((id, 7))'],
    ['id', 'select * from t where owner = any(array[1, 2]) order by id'],
    ['id', 'select * from t where id = coalesce($1, id)'],
    ['name', 'select * from t where name = lower($1) order by name'],
    ['id', 'select cast(id as text) from t where id = 7'],
    ['id', 'select * from a join b on a.id = b.id and b.id::int = 7'],
    ['user', 'select * from t order by "user"'],
    ['user', 'select * from t order by user', 'sqlite'],
    ['user', 'select * from t where owner = user'],
    ['user', 'select distinct on (id) id, user from t order by id'],
    ['first', 'select * from t fetch first 5 rows only'],
    ['null', 'select * from t where a is null limit 5'],
    ['position', 'select position(a in b) from t where a = 1'],
  ])('passes where it is a name or data: %s in %s', (input, text, dialect) => {
    expect(refuses({ q: input }, text, dialect)).toBe(false);
  });

  it('is a value of the request, and not the name of one', () => {
    expect(refuses({ id: '7' }, 'select 1 from t where id = id')).toBe(false);
    expect(refuses({ q: { id: 'id' } }, 'select 1 from t where id = id')).toBe(true);
  });

  it('is looked for in time that grows with the text', () => {
    const words = collectInputs({ q: 'id' }).words;
    for (const piece of [
      'id = ',
      '(',
      'a.',
      'id in (',
      'id, ',
      'not is ',
      '= ',
      'x in (1, 2) and ',
      'a.a = ',
      '(id, id) = ',
      'lower(',
      'id = any(array[id, ',
      ') = ',
      'id::int = ',
      '(a, b) in ((1, 2), ',
    ]) {
      const read = readText(piece.repeat(20_000), rulesFor('postgres'));
      // Time of this process alone: other work on the machine must not fail the test.
      const start = process.cpuUsage();
      decideWords(read, words);
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
    }
  }, 120_000);
});
