import { contains, endsWith, sql, startsWith } from '../../lib/sql/index.ts';
import type { Person, Position } from './position.ts';

const x = ['x'];
const listsOf = (item: unknown): unknown[] => [0, 1, 2, 3, 4].map((length) => new Array(length).fill(item));
const same = (text: string, { name }: Person): boolean => name === text;
const select = sql`select id from people where`;

const holes: readonly Position[] = [
  { name: 'a hole', write: (v) => sql`${select} name = ${v}`, harmless: x, means: same },
  {
    name: 'holes beside literals, names and comments',
    write: (v) => sql`${select} /* it's ? $1 */ name = ${v} and 'it''s ? $1 :a' <> ${'b'} -- ' end`,
    harmless: x,
    means: same,
  },
  {
    name: 'the first and the last hole',
    write: (v) => sql`select id from people where ${v} = name and name = ${v}`,
    harmless: x,
    means: same,
  },
  {
    name: 'a list',
    write: (v) => sql`${select} name = any(${['admin', v]})`,
    harmless: x,
    means: (t, p) => same(t, p) || p.name === 'admin',
    only: 'postgres',
  },
  { name: 'a limit', write: (v) => sql`select id from people limit ${v}`, harmless: [1] },
  {
    name: 'an inner statement',
    write: (v) => sql`${select} id in (${sql`${select} name = ${v}`})`,
    harmless: x,
    means: same,
  },
];

const helpers: readonly Position[] = [
  {
    name: 'sql.in',
    write: (v) => sql`${select} name ${sql.in([v, 'admin'])}`,
    harmless: x,
    means: (t, p) => same(t, p) || p.name === 'admin',
  },
  {
    name: 'sql.in as the list',
    write: (v) => sql`${select} name ${sql.in(v)}`,
    harmless: listsOf('x'),
    reads: true,
  },
  {
    name: 'sql.notIn',
    write: (v) => sql`${select} name ${sql.notIn([v, 'admin'])}`,
    harmless: x,
    means: (t, p) => !same(t, p) && p.name !== 'admin',
  },
  {
    name: 'sql.notIn as the list',
    write: (v) => sql`${select} name ${sql.notIn(v)}`,
    harmless: listsOf('x'),
    reads: true,
  },
  {
    name: 'sql.join',
    write: (v) => sql`${select} name in (${sql.join([v, 'admin'])})`,
    harmless: x,
    means: (t, p) => same(t, p) || p.name === 'admin',
  },
  {
    name: 'sql.join as the parts',
    write: (v) => sql`select ${sql.join(v)} from people`,
    harmless: listsOf('x'),
    reads: true,
  },
  {
    name: 'sql.join as the separator',
    write: (v) => sql`${select} name in (${sql.join(['a', 'b'], v)})`,
    harmless: [undefined],
  },
  {
    name: 'sql.and',
    write: (v) => sql`${select} ${sql.and(sql`name = ${v}`, sql`id > ${0}`)}`,
    harmless: x,
    means: same,
  },
  {
    name: 'sql.or',
    write: (v) => sql`${select} ${sql.or(sql`name = ${v}`, sql`id = ${1}`)}`,
    harmless: x,
    means: (t, p) => same(t, p) || p.id === 1,
  },
  {
    name: 'sql.and as a condition',
    write: (v) => sql`${select} ${sql.and(v, sql`id > ${0}`)}`,
    harmless: [undefined],
    refuses: 'sql/invalid-value',
    takesAnyText: true,
  },
  {
    name: 'sql.or as a condition',
    write: (v) => sql`${select} ${sql.or(sql`id > ${0}`, v)}`,
    harmless: [undefined],
    refuses: 'sql/invalid-value',
    takesAnyText: true,
  },
  {
    name: 'contains',
    write: (v) => sql`${select} name like ${contains(v)}`,
    like: true,
    harmless: x,
    means: (t, { name }) => name.includes(t),
  },
  {
    name: 'startsWith',
    write: (v) => sql`${select} name like ${startsWith(v)}`,
    like: true,
    harmless: x,
    means: (t, { name }) => name.startsWith(t),
  },
  {
    name: 'endsWith',
    write: (v) => sql`${select} name like ${endsWith(v)}`,
    like: true,
    harmless: x,
    means: (t, { name }) => name.endsWith(t),
  },
  {
    name: 'sql.json',
    write: (v) => sql`insert into scratch (data) values (${sql.json(v)})`,
    harmless: x,
    reads: true,
  },
  {
    name: 'sql.json as a key',
    write: (v) => sql`insert into scratch (data) values (${sql.json({ [String(v)]: 1 })})`,
    textOnly: true,
    harmless: x,
    reads: true,
  },
  {
    name: 'sql.jsonPath',
    write: (v) => sql`${select} ${sql.jsonPath('data', [v])} is not null`,
    harmless: ['x', 1],
    reads: true,
  },
  {
    name: 'sql.jsonPath behind others',
    write: (v) => sql`${select} ${sql.jsonPath('data', ['a', 0, v])} = ${'x'}`,
    harmless: ['x', 1],
    reads: true,
  },
  {
    name: 'sql.jsonPath as the path',
    write: (v) => sql`${select} ${sql.jsonPath('data', v)} = ${'x'}`,
    harmless: [['x'], [1], ['x', 'x'], [1, 'x'], ['x', 1], [1, 1]],
    reads: true,
  },
];

export const valuePositions: readonly Position[] = [...holes, ...helpers];
