import { type Sql, sql } from '../../lib/sql/index.ts';
import type { Position } from './position.ts';

const keyColumns = {
  name: { column: 'name', type: 'string' },
  id: { column: 'id', type: 'integer' },
} as const;

const orders = [
  'id',
  '-id',
  'name',
  '-name',
  'name,id',
  '-name,id',
  'name,-id',
  '-name,-id',
  'id,name',
  '-id,name',
  'id,-name',
  '-id,-name',
];

function page(options: object): Sql {
  const { where, orderBy, limit, key } = sql.keyset(keyColumns, {
    unique: 'id',
    size: 10,
    ...options,
  } as never);
  return sql`select id, ${key} from people where ${where} ${orderBy} ${limit}`;
}

/** What cannot be written as JSON comes in no cursor. */
function cursor(...content: unknown[]): string {
  let text = 'no JSON';
  try {
    text = JSON.stringify(content);
  } catch (error) {
    if (!/BigInt|circular|stack/.test(String(error))) throw error;
  }
  return Buffer.from(text).toString('base64url');
}

export const choicePositions: readonly Position[] = [
  {
    name: 'sql.orderBy',
    write: (v) => sql`select id from people ${sql.orderBy(v, { id: 'id', name: 'name' }, { default: 'id' })}`,
    harmless: orders,
    means: () => true,
    takesAnyText: true,
    reads: true,
  },
  {
    name: 'sql.orderBy as one of a list',
    write: (v) =>
      sql`select id from people ${sql.orderBy([v, 'name'], { id: 'id', name: 'name' }, { default: 'id' })}`,
    harmless: [...orders, ',,,'],
    means: () => true,
    takesAnyText: true,
    reads: true,
  },
  {
    name: 'sql.identifier',
    write: (v) => sql`select id from ${sql.identifier(v, ['people'])}`,
    harmless: ['people'],
    means: () => true,
    refuses: 'sql/unknown-identifier',
    takesAnyText: true,
  },
  {
    name: 'sql.identifier by a record',
    write: (v) => sql`select id from ${sql.identifier(v, { people: 'people' })}`,
    harmless: ['people'],
    means: () => true,
    refuses: 'sql/unknown-identifier',
    takesAnyText: true,
  },
  {
    name: 'the order of a keyset',
    write: (v) => page({ sort: v }),
    harmless: [...orders, ''],
    means: () => true,
    takesAnyText: true,
    reads: true,
  },
  {
    name: 'the cursor of a keyset',
    write: (v) => page({ sort: 'name', after: v }),
    harmless: ['', cursor('name,id', 'x', '1')],
    refuses: 'sql/bad-cursor',
    takesAnyText: true,
  },
  {
    name: 'a value in a cursor',
    write: (v) => page({ sort: 'name', after: cursor('name,id', v, '1') }),
    harmless: ['x'],
    reads: true,
    takesAnyText: true,
  },
  {
    name: 'an integer in a cursor',
    write: (v) => page({ sort: 'id', after: cursor('id', v) }),
    harmless: ['1'],
    reads: true,
    takesAnyText: true,
  },
  {
    name: 'the order in a cursor',
    write: (v) => page({ sort: 'name', after: cursor(v, 'x', '1') }),
    harmless: ['name,id'],
    reads: true,
    refuses: 'sql/bad-cursor',
    takesAnyText: true,
  },
  {
    name: 'the content of a cursor',
    write: (v) => page({ sort: 'name', after: Buffer.from(String(v)).toString('base64url') }),
    textOnly: true,
    harmless: ['["name,id","x","1"]', ''],
    reads: true,
    takesAnyText: true,
  },
];
