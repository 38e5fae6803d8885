import { describe, expect, it } from 'vitest';
import { withRequest } from '../../request/context.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import { createInspector } from './create-inspector.ts';

function refuses(q: string, text: string, dialect: DialectName = 'postgres'): boolean {
  const inspector = createInspector(dialect, {});
  return withRequest({ inputs: () => ({ query: { q } }) }, () => inspector.inspect(text)) !== undefined;
}

describe('names that a client chooses', () => {
  it.each<[string, string, DialectName?]>([
    ['o.total', 'select id from orders o order by o.total'],
    ['O.Total', 'select id from orders o order by O.Total'],
    ['o.total desc', 'select id from orders o order by o.total desc'],
    ['o.total desc nulls last', 'select id from orders o order by o.total desc nulls last'],
    ['total asc nulls first', 'select id from orders o order by total asc nulls first limit 5'],
    ['o.status', 'select count(*) from orders o group by o.status'],
    ['o.total', 'select o.total from orders o'],
    ['o.total', 'select sum(o.total) from orders o'],
    ['o.status', 'select id from orders o where o.status = $1'],
    ['public.orders', 'select id from public.orders'],
    ['app.public.orders', 'select id from app.public.orders where id = 7'],
    ['public.orders', 'insert into public.orders (id) values (1)'],
    ['"o"."total"', 'select id from orders o order by "o"."total"'],
    ['`o`.`total`', 'select id from orders o order by `o`.`total`', 'mysql'],
    ['total,id', 'select id from orders order by total,id'],
    ['total, id', 'select id from orders order by total, id'],
    ['total desc, id asc', 'select id from orders order by total desc, id asc limit 9'],
    ['o.total desc,o.id', 'select id from orders o order by o.total desc,o.id'],
    ['status,city', 'select count(*) from orders group by status,city'],
    ['b, c desc', 'select id from orders order by lower(a), b, c desc'],
    ['2024.sales', 'select id from orders where id = 7 /* 2024.sales */'],
  ])('pass as such: %s in %s', (q, text, dialect) => {
    expect(refuses(q, text, dialect)).toBe(false);
  });

  it.each<[string, string, DialectName?]>([
    ['o.id', 'select 1 from orders o where id = o.id'],
    ['o.id', 'select 1 from orders o where o.id = o.id'],
    ['orders.id', 'select 1 from orders where public.orders.id = orders.id'],
    ['o.id', 'select 1 from orders o where id in (1, o.id)'],
    ['o.id', 'select 1 from orders o where id between 0 and o.id'],
    ['o.id', 'select 1 from orders o where id = (o.id)'],
    ['o.rowid', 'select 1 from orders o where id in (1, o.rowid)', 'sqlite'],
    ['o.secret', 'select 1 from orders o where id = o.secret'],
    ['o.secret', 'select 1 from orders o where name like o.secret'],
    ['o.secret', 'select 1 from orders o where name is not distinct from o.secret'],
    ['total,id', 'select 1 from orders where id in (total,id)'],
    ['total,id', 'insert into orders values (total,id)'],
    ['total, id', 'select total, id from orders'],
    ['total,(select 1)', 'select 1 from orders order by total,(select 1)'],
    ['total,current_user', 'select 1 from orders order by total,current_user'],
    ['total,null', 'select 1 from orders order by total,null'],
    ['total,id limit', 'select 1 from orders order by total,id limit 5'],
    ['total desc,id for update', 'select 1 from orders order by total desc,id for update'],
    ['total,', 'select 1 from orders order by total, id'],
    ['o.total +', 'select 1 from orders o order by o.total + 1'],
    ['total::text', 'select 1 from orders order by total::text'],
    [`a${',a'.repeat(200)}`, `select 1 from orders order by a${',a'.repeat(200)}`],
    ['total,id', 'select 1 from orders order by price limit total,id', 'mysql'],
    ['x.secret', 'select 1 from app_x.secret'],
    ['pg_catalog.pg_authid', 'select 1 from pg_catalog.pg_authid'],
    ['"pg_catalog"."pg_authid"', 'select 1 from "pg_catalog"."pg_authid"'],
    ['`mysql`.`user`', 'select 1 from `mysql`.`user`', 'mysql'],
    ['information_schema.tables', 'select 1 from information_schema.tables'],
  ])('are refused where they say more: %s in %s', (q, text, dialect) => {
    expect(refuses(q, text, dialect)).toBe(true);
    expect(refuses('other', text, dialect)).toBe(false);
  });
});

describe('a negative number', () => {
  it.each<[string, string, DialectName?]>([
    ['-5', 'select total + -5 from orders'],
    ['-5', 'select total - -5 from orders'],
    ['-5', 'select total+-5 from orders'],
    ['-5.25', 'update orders set total = total + -5.25 where id = 7'],
    ['-5', 'select total * -5 from orders where total > -5'],
    ['+5', 'select total - +5 from orders'],
    ['-5', 'select now() + interval -5 day', 'mysql'],
  ])('is a value where one is expected: %s in %s', (q, text, dialect) => {
    expect(refuses(q, text, dialect)).toBe(false);
  });

  it.each([
    ['-5', 'select total -5 from orders'],
    ['-5', 'select (total) -5 from orders'],
    ['-5', "select 1 where a = '7' -5"],
    ['-5', 'select total --5\n, id from orders'],
    ['-5', 'select case when a then b end -5 from t'],
    ['-5', 'select null -5'],
    ['- -5', 'select total - -5 from orders'],
  ])('is refused where its sign is an operator: %s in %s', (q, text) => {
    expect(refuses(q, text)).toBe(true);
  });
});
