import type { Dialect } from '../firewall-case.ts';

/** A place of a developer's text where a value is put between quotes, or bare. */
export interface Site {
  readonly kind: 'select' | 'update' | 'insert' | 'delete';
  /** `{v}` is the value. */
  readonly text: string;
  /** What ends the literal and the parentheses around it. */
  readonly close: string;
  /** A harmless value. */
  readonly plain: string;
  readonly only?: Dialect;
}

const x = 'alice';

export const stringSites: readonly Site[] = [
  { kind: 'select', text: "select * from users where name = '{v}'", close: "'", plain: x },
  {
    kind: 'select',
    text: "select id, role from users where email = '{v}' and password = 'x9' limit 1",
    close: "'",
    plain: 'alice@shop.example',
  },
  {
    kind: 'select',
    text: "SELECT * FROM orders WHERE (status = '{v}') AND paid = 1",
    close: "')",
    plain: 'open',
  },
  {
    kind: 'select',
    text: "select * from products where title like '%{v}%' order by id",
    close: "'",
    plain: 'lamp',
  },
  {
    kind: 'select',
    text: "select count(*) from logs where lower(agent) = lower('{v}')",
    close: "')",
    plain: 'curl',
  },
  {
    kind: 'select',
    text: "select * from tags where slug in ('news', '{v}') and hidden = 0",
    close: "')",
    plain: 'art',
  },
  {
    kind: 'select',
    text: "SELECT p.id, p.title FROM posts p JOIN users u ON u.id = p.author_id WHERE ((u.name = '{v}')) ORDER BY p.id DESC",
    close: "'))",
    plain: x,
  },
  { kind: 'delete', text: "delete from sessions where token = '{v}'", close: "'", plain: 'a81f' },
  { kind: 'update', text: "update users set seen = 1 where login = '{v}'", close: "'", plain: x },
  { kind: 'select', only: 'mysql', text: 'select * from users where name = "{v}"', close: '"', plain: x },
  {
    kind: 'select',
    only: 'mysql',
    text: 'SELECT `id` FROM `users` WHERE (`email` = "{v}") LIMIT 1',
    close: '")',
    plain: x,
  },
];

export const numberSites: readonly Site[] = [
  { kind: 'select', text: 'select * from users where id = {v}', close: '', plain: '7' },
  {
    kind: 'select',
    text: 'SELECT * FROM products WHERE category_id = {v} AND active = 1',
    close: '',
    plain: '7',
  },
  {
    kind: 'select',
    text: 'select name from items where (owner_id = {v}) order by name',
    close: ')',
    plain: '7',
  },
  { kind: 'select', text: 'select * from users where id in (1, 2, {v})', close: ')', plain: '7' },
  { kind: 'select', text: 'select * from products where price between 10 and {v}', close: '', plain: '70' },
  { kind: 'delete', text: 'delete from carts where id = {v}', close: '', plain: '7' },
  { kind: 'update', text: 'update users set role_id = 2 where id = {v}', close: '', plain: '7' },
];
