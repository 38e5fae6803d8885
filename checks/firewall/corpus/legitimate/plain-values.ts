import { dialectsOf } from '../attacks/rows.ts';
import type { Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';

/** Dates and buffers are values; null, numbers and the like too. */
function* drafts(): Generator<Draft> {
  const values: readonly (readonly unknown[])[] = [
    [new Date(0)],
    [Buffer.from('a')],
    [null],
    [true],
    [1],
    [1n],
    [1.5],
    [''],
    [new Uint8Array(2)],
    [undefined],
  ];
  for (const dialect of dialectsOf('pms')) {
    const text =
      dialect === 'postgres' ? 'select * from events where at = $1' : 'select * from events where at = ?';
    for (const value of values) {
      yield {
        dialect,
        text,
        twin: text,
        values: value,
        inputs: ['1970-01-01', 'a', '1'],
        note: 'a bound value that is no plain object',
      };
    }
  }
  const text = 'select * from users where id = any($1)';
  for (const value of [[['a', 'b']], [[1, 2, 3]], [[]], [["o'neil"]]]) {
    yield {
      dialect: 'postgres',
      text,
      twin: text,
      values: value,
      inputs: ['a', 'b', "o'neil"],
      note: 'an array, which pg sends as an array',
      debatable: true,
    };
  }
  for (const value of [[[1, 2, 3]], [['a', 'b']]]) {
    const list = 'select * from users where id in (?)';
    yield {
      dialect: 'mysql',
      text: list,
      twin: list,
      values: value,
      inputs: ['a', 'b'],
      note: 'an array, which mysql2 writes as a list',
      debatable: true,
    };
  }
  const insert = 'insert into docs (data) values ($1)';
  for (const value of [[{ a: 1 }], [{ name: "o'neil" }]]) {
    yield {
      dialect: 'postgres',
      text: insert,
      twin: insert,
      values: value,
      inputs: ["o'neil"],
      note: 'an object that pg sends as JSON text to a JSON column',
      debatable: true,
    };
  }
}

/** Bound values of the drivers' own types, which nobody can send as JSON. */
export function plainValues(): ProvenCase[] {
  return numberCases('plain-value', false, drafts());
}
