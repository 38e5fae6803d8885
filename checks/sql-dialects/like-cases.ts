import { contains, endsWith, sql, startsWith } from '../../lib/sql/index.ts';
import type { DialectCase } from './run-case.ts';

export const likeCases: readonly DialectCase[] = [
  {
    name: 'a text anywhere',
    query: () => sql`select id from goods where name like ${contains('off')} order by id`,
    postgres: { text: 'select id from goods where name like $1 order by id', values: ['%off%'] },
    mysql: { text: "select id from goods where name like ? escape '|' order by id", values: ['%off%'] },
    sqlite: { text: "select id from goods where name like ? escape '|' order by id", values: ['%off%'] },
    rows: [['1'], ['2']],
  },
  {
    name: 'a percent sign anywhere',
    query: () => sql`select id from goods where name like ${contains('%')}`,
    postgres: { text: 'select id from goods where name like $1', values: ['%\\%%'] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ['%|%%'] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ['%|%%'] },
    rows: [['1']],
  },
  {
    name: 'an underscore anywhere',
    query: () => sql`select id from goods where name like ${contains('_')}`,
    postgres: { text: 'select id from goods where name like $1', values: ['%\\_%'] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ['%|_%'] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ['%|_%'] },
    rows: [['2']],
  },
  {
    name: 'a backslash anywhere',
    query: () => sql`select id from goods where name like ${contains('\\')}`,
    postgres: { text: 'select id from goods where name like $1', values: ['%\\\\%'] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ['%\\%'] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ['%\\%'] },
    rows: [['3']],
  },
  {
    name: 'a bar anywhere',
    query: () => sql`select id from goods where name like ${contains('|')}`,
    postgres: { text: 'select id from goods where name like $1', values: ['%|%'] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ['%||%'] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ['%||%'] },
    rows: [['4']],
  },
  {
    name: 'an apostrophe anywhere',
    query: () => sql`select id from goods where name like ${contains("'")}`,
    postgres: { text: 'select id from goods where name like $1', values: ["%'%"] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ["%'%"] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ["%'%"] },
    rows: [['5']],
  },
  {
    name: 'nothing anywhere',
    query: () => sql`select count(*) as c from goods where name like ${contains('')}`,
    postgres: { text: 'select count(*) as c from goods where name like $1', values: ['%%'] },
    mysql: { text: "select count(*) as c from goods where name like ? escape '|'", values: ['%%'] },
    sqlite: { text: "select count(*) as c from goods where name like ? escape '|'", values: ['%%'] },
    rows: [['5']],
  },
  {
    name: 'a text at the start',
    query: () => sql`select id from goods where name like ${startsWith('50%')}`,
    postgres: { text: 'select id from goods where name like $1', values: ['50\\%%'] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ['50|%%'] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ['50|%%'] },
    rows: [['1']],
  },
  {
    name: 'a text at the end',
    query: () => sql`select id from goods where name like ${endsWith('_off')}`,
    postgres: { text: 'select id from goods where name like $1', values: ['%\\_off'] },
    mysql: { text: "select id from goods where name like ? escape '|'", values: ['%|_off'] },
    sqlite: { text: "select id from goods where name like ? escape '|'", values: ['%|_off'] },
    rows: [['2']],
  },
  {
    name: 'escape characters at the end',
    query: () =>
      sql`select id from goods where name like ${endsWith('\\b')} or name like ${endsWith('|b')} order by id`,
    postgres: {
      text: 'select id from goods where name like $1 or name like $2 order by id',
      values: ['%\\\\b', '%|b'],
    },
    mysql: {
      text: "select id from goods where name like ? escape '|' or name like ? escape '|' order by id",
      values: ['%\\b', '%||b'],
    },
    sqlite: {
      text: "select id from goods where name like ? escape '|' or name like ? escape '|' order by id",
      values: ['%\\b', '%||b'],
    },
    rows: [['3'], ['4']],
  },
  {
    name: 'a text nowhere',
    query: () =>
      sql`select id from goods where name not like ${contains('o')} and name not like ${contains('O')} order by id`,
    postgres: {
      text: 'select id from goods where name not like $1 and name not like $2 order by id',
      values: ['%o%', '%O%'],
    },
    mysql: {
      text: "select id from goods where name not like ? escape '|' and name not like ? escape '|' order by id",
      values: ['%o%', '%O%'],
    },
    sqlite: {
      text: "select id from goods where name not like ? escape '|' and name not like ? escape '|' order by id",
      values: ['%o%', '%O%'],
    },
    rows: [['3'], ['4']],
  },
];
