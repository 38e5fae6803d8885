import { sql } from '../../lib/sql/index.ts';
import type { DialectCase } from './run-case.ts';

export const conditionCases: readonly DialectCase[] = [
  {
    name: 'all of some conditions',
    query: () => sql`select id from goods where ${sql.and(sql`stock = ${7}`, sql`id > ${2}`)}`,
    postgres: { text: 'select id from goods where ((stock = $1) and (id > $2))', values: [7, 2] },
    mysql: { text: 'select id from goods where ((stock = ?) and (id > ?))', values: [7, 2] },
    sqlite: { text: 'select id from goods where ((stock = ?) and (id > ?))', values: [7, 2] },
    rows: [['3']],
  },
  {
    name: 'all of them, with missing ones',
    query: () =>
      sql`select id from goods where ${sql.and(undefined, sql`stock = ${7}`, false, null, '')} order by id`,
    postgres: { text: 'select id from goods where ((stock = $1)) order by id', values: [7] },
    mysql: { text: 'select id from goods where ((stock = ?)) order by id', values: [7] },
    sqlite: { text: 'select id from goods where ((stock = ?)) order by id', values: [7] },
    rows: [['2'], ['3']],
  },
  {
    name: 'all of none',
    query: () => sql`select count(*) as c from goods where ${sql.and(undefined)}`,
    postgres: { text: 'select count(*) as c from goods where true', values: [] },
    mysql: { text: 'select count(*) as c from goods where true', values: [] },
    sqlite: { text: 'select count(*) as c from goods where true', values: [] },
    rows: [['6']],
  },
  {
    name: 'one of some conditions',
    query: () =>
      sql`select id from goods where ${sql.or(sql`id = ${1}`, sql`id = ${5} or id = ${6}`)} order by id`,
    postgres: {
      text: 'select id from goods where ((id = $1) or (id = $2 or id = $3)) order by id',
      values: [1, 5, 6],
    },
    mysql: {
      text: 'select id from goods where ((id = ?) or (id = ? or id = ?)) order by id',
      values: [1, 5, 6],
    },
    sqlite: {
      text: 'select id from goods where ((id = ?) or (id = ? or id = ?)) order by id',
      values: [1, 5, 6],
    },
    rows: [['1'], ['5'], ['6']],
  },
  {
    name: 'one of none',
    query: () => sql`select id from goods where ${sql.or()}`,
    postgres: { text: 'select id from goods where false', values: [] },
    mysql: { text: 'select id from goods where false', values: [] },
    sqlite: { text: 'select id from goods where false', values: [] },
    rows: [],
  },
  {
    name: 'alternatives among conditions',
    query: () =>
      sql`select id from goods where ${sql.and(sql.or(sql`id = ${1}`, sql`id = ${3}`), sql`active = ${true}`)}`,
    postgres: {
      text: 'select id from goods where ((((id = $1) or (id = $2))) and (active = $3))',
      values: [1, 3, true],
    },
    mysql: {
      text: 'select id from goods where ((((id = ?) or (id = ?))) and (active = ?))',
      values: [1, 3, true],
    },
    sqlite: {
      text: 'select id from goods where ((((id = ?) or (id = ?))) and (active = ?))',
      values: [1, 3, true],
    },
    rows: [['1']],
  },
  {
    name: 'conditions behind not',
    query: () => sql`select id from goods where not ${sql.or(sql`id < ${3}`, sql`id > ${4}`)} order by id`,
    postgres: { text: 'select id from goods where not ((id < $1) or (id > $2)) order by id', values: [3, 4] },
    mysql: { text: 'select id from goods where not ((id < ?) or (id > ?)) order by id', values: [3, 4] },
    sqlite: { text: 'select id from goods where not ((id < ?) or (id > ?)) order by id', values: [3, 4] },
    rows: [['3'], ['4']],
  },
  {
    name: 'parts with commas',
    query: () => sql`select ${sql.join([sql`id`, sql`stock`])} from goods where id = ${2}`,
    postgres: { text: 'select id, stock from goods where id = $1', values: [2] },
    mysql: { text: 'select id, stock from goods where id = ?', values: [2] },
    sqlite: { text: 'select id, stock from goods where id = ?', values: [2] },
    rows: [['2', '7']],
  },
  {
    name: 'values with commas',
    query: () => sql`select id from goods where id in (${sql.join([1, 3, 5])}) order by id`,
    postgres: { text: 'select id from goods where id in ($1, $2, $3) order by id', values: [1, 3, 5] },
    mysql: { text: 'select id from goods where id in (?, ?, ?) order by id', values: [1, 3, 5] },
    sqlite: { text: 'select id from goods where id in (?, ?, ?) order by id', values: [1, 3, 5] },
    rows: [['1'], ['3'], ['5']],
  },
  {
    name: 'parts with a separator',
    query: () =>
      sql`select id from goods where ${sql.join([sql`id = ${1}`, sql`id = ${2}`], sql` or `)} order by id`,
    postgres: { text: 'select id from goods where id = $1 or id = $2 order by id', values: [1, 2] },
    mysql: { text: 'select id from goods where id = ? or id = ? order by id', values: [1, 2] },
    sqlite: { text: 'select id from goods where id = ? or id = ? order by id', values: [1, 2] },
    rows: [['1'], ['2']],
  },
  {
    name: 'values in a list',
    query: () => sql`select id from goods where id ${sql.in([1, 3, 99])} order by id`,
    postgres: { text: 'select id from goods where id = any($1) order by id', values: [[1, 3, 99]] },
    mysql: { text: 'select id from goods where id in (?, ?, ?) order by id', values: [1, 3, 99] },
    sqlite: { text: 'select id from goods where id in (?, ?, ?) order by id', values: [1, 3, 99] },
    rows: [['1'], ['3']],
  },
  {
    name: 'texts in a list',
    query: () => sql`select id from goods where name ${sql.in(["O'Neil", 'a|b', '{}', ','])} order by id`,
    postgres: {
      text: 'select id from goods where name = any($1) order by id',
      values: [["O'Neil", 'a|b', '{}', ',']],
    },
    mysql: {
      text: 'select id from goods where name in (?, ?, ?, ?) order by id',
      values: ["O'Neil", 'a|b', '{}', ','],
    },
    sqlite: {
      text: 'select id from goods where name in (?, ?, ?, ?) order by id',
      values: ["O'Neil", 'a|b', '{}', ','],
    },
    rows: [['4'], ['5']],
  },
  {
    name: 'one value in a list',
    query: () => sql`select id from goods where id ${sql.in([3])}`,
    postgres: { text: 'select id from goods where id = any($1)', values: [[3]] },
    mysql: { text: 'select id from goods where id in (?)', values: [3] },
    sqlite: { text: 'select id from goods where id in (?)', values: [3] },
    rows: [['3']],
  },
  {
    name: 'an empty list',
    query: () => sql`select id from goods where id ${sql.in([])}`,
    postgres: { text: 'select id from goods where id = any($1)', values: [[]] },
    mysql: { text: 'select id from goods where id in (select null from dual where false)', values: [] },
    sqlite: { text: 'select id from goods where id in (select null where false)', values: [] },
    rows: [],
  },
  {
    name: 'outside of a list',
    query: () => sql`select id from goods where name ${sql.notIn(["O'Neil", 'a|b'])} order by id`,
    postgres: { text: 'select id from goods where name <> all($1) order by id', values: [["O'Neil", 'a|b']] },
    mysql: { text: 'select id from goods where name not in (?, ?) order by id', values: ["O'Neil", 'a|b'] },
    sqlite: { text: 'select id from goods where name not in (?, ?) order by id', values: ["O'Neil", 'a|b'] },
    rows: [['1'], ['2'], ['3']],
  },
  {
    name: 'outside of an empty list',
    query: () => sql`select count(*) as c from goods where name ${sql.notIn([])}`,
    postgres: { text: 'select count(*) as c from goods where name <> all($1)', values: [[]] },
    mysql: {
      text: 'select count(*) as c from goods where name not in (select null from dual where false)',
      values: [],
    },
    sqlite: {
      text: 'select count(*) as c from goods where name not in (select null where false)',
      values: [],
    },
    rows: [['6']],
  },
  {
    name: 'dates in a list',
    query: () => sql`select id from goods where made ${sql.in([new Date(0), new Date(1)])}`,
    postgres: { text: 'select id from goods where made = any($1)', values: [[new Date(0), new Date(1)]] },
    mysql: { text: 'select id from goods where made in (?, ?)', values: [new Date(0), new Date(1)] },
    sqlite: { text: 'select id from goods where made in (?, ?)', values: [new Date(0), new Date(1)] },
    rows: [['1']],
  },
  {
    name: 'numbers in a list of texts',
    query: () => sql`select id from goods where name ${sql.in(['0', '1'])}`,
    postgres: { text: 'select id from goods where name = any($1)', values: [['0', '1']] },
    mysql: { text: 'select id from goods where name in (?, ?)', values: ['0', '1'] },
    sqlite: { text: 'select id from goods where name in (?, ?)', values: ['0', '1'] },
    rows: [],
  },
  {
    name: 'a list in two conditions',
    query: () =>
      sql`select id from goods where ${sql.and(sql`id ${sql.in([1, 2, 3])}`, sql`stock ${sql.notIn([3])}`)} order by id`,
    postgres: {
      text: 'select id from goods where ((id = any($1)) and (stock <> all($2))) order by id',
      values: [[1, 2, 3], [3]],
    },
    mysql: {
      text: 'select id from goods where ((id in (?, ?, ?)) and (stock not in (?))) order by id',
      values: [1, 2, 3, 3],
    },
    sqlite: {
      text: 'select id from goods where ((id in (?, ?, ?)) and (stock not in (?))) order by id',
      values: [1, 2, 3, 3],
    },
    rows: [['2'], ['3']],
  },
];
