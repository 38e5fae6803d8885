import { describe, expect, it } from 'vitest';
import type { DialectName } from '../lex/dialect-name.ts';
import { rulesFor } from '../lex/rules.ts';
import { isStacked } from './is-stacked.ts';
import { readText } from './read-text.ts';

const stacked = (dialect: DialectName, text: string): boolean => isStacked(readText(text, rulesFor(dialect)));

describe('several statements', () => {
  it.each<[DialectName, string]>([
    ['postgres', 'select 1; select 2'],
    ['postgres', "select 'a;b'; drop table t"],
    ['postgres', 'select $$;$$; select 2'],
    ['postgres', "select E'\\';'; select 2"],
    ['mysql', 'select 1; /*!50000 drop table t */'],
    ['mysql', 'select 1;# a\ndrop table t'],
    ['mysql', "select '\\''; drop table t"],
    ['mysql', 'create trigger a before insert on t for each row begin set @a = 1; end; drop table t'],
    ['mysql', 'create procedure p() begin if 1 then select 1; end if; end; drop table t'],
    ['sqlite', 'select [;]; select 2'],
    ['postgres', 'create table a (b int); create function f() returns int language sql return 1'],
  ])('on %s: %s', (dialect, text) => expect(stacked(dialect, text)).toBe(true));
});

describe('one statement', () => {
  it.each<[DialectName, string]>([
    ['postgres', ''],
    ['postgres', ';'],
    ['postgres', 'select 1;'],
    ['postgres', 'select 1; -- and so on; or not\n ; /* ; */ ;'],
    ['postgres', "select ';', \";\", $$ ; select 1 $$, E'\\'; a'"],
    ['postgres', 'create function f() returns int language sql begin atomic select 1; select 2; end'],
    [
      'postgres',
      'create or replace function f() returns int as $f$ begin return 1; end; $f$ language plpgsql',
    ],
    ['mysql', 'create trigger a before insert on t for each row begin set @a = 1; set @b = 2; end;'],
    [
      'mysql',
      'create procedure p() begin if a() then select case when 1 then 2 end; end if; while 1 do select 1; end while; end',
    ],
    ['mysql', 'create procedure p() begin case 1 when 1 then select 1; end case; select if(1, 2, 3); end'],
    ['sqlite', 'create trigger a after insert on t begin update t set a = 1; delete from u; end;'],
    ['mysql', "select 'a\\'; b'"],
  ])('on %s: %s', (dialect, text) => expect(stacked(dialect, text)).toBe(false));
});
