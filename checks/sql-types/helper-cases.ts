// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs in text.

import type { Case } from './compile-cases.ts';

export const helperCases: readonly Case[] = [
  {
    name: 'a default order that is no key',
    program: "sql.orderBy(text, { price: 'p.price' }, { /*here*/default: 'cost' });",
    message: 'Type \'"cost"\' is not assignable to type \'SortKey<"price"> | readonly SortKey<"price">[]\'.',
    twin: "sql.orderBy(text, { price: 'p.price' }, { default: '-price' });",
  },
  {
    name: 'a default order that a client wrote',
    program: "sql.orderBy(text, { price: 'p.price' }, { /*here*/default: text });",
    message: 'Type \'string\' is not assignable to type \'SortKey<"price"> | readonly SortKey<"price">[]\'.',
    twin: "sql.orderBy(text, { price: 'p.price' }, { default: 'price' });",
  },
  {
    name: 'one default order of two that is no key',
    program: "sql.orderBy(text, { price: 'p.price' }, { /*here*/default: ['price', 'cost'] });",
    message:
      'Type \'("price" | "cost")[]\' is not assignable to type \'SortKey<"price"> | readonly SortKey<"price">[]\'.',
    twin: "sql.orderBy(text, { price: 'p.price', cost: 'cost' }, { default: ['price', '-cost'] });",
  },
  {
    name: 'an order without a default',
    program: "sql.orderBy(text, { price: 'p.price' }, /*here*/{});",
    message: "Argument of type '{}' is not assignable to parameter of type 'OrderByOptions<\"price\">'.",
    twin: "sql.orderBy(text, { price: 'p.price' }, { default: 'price', max: 2 });",
  },
  {
    name: 'an order by a number',
    program: "sql.orderBy(text, { /*here*/price: 7 }, { default: 'price' });",
    message: "Type 'number' is not assignable to type 'SortColumn'.",
    twin: "sql.orderBy(text, { price: sql`7` }, { default: 'price' });",
  },
  {
    name: 'a condition that is a string',
    program: 'sql.and(/*here*/text);',
    message:
      "Argument of type 'string' is not assignable to parameter of type 'Part | NotAPart<\"It is a string: write it as a fragment of the `sql` tag.\">'.",
    twin: 'sql.and(sql`a = ${text}`);',
  },
  {
    name: 'a condition that is a string of SQL',
    program: "sql.or(/*here*/'a = 1');",
    message:
      'Argument of type \'"a = 1"\' is not assignable to parameter of type \'Part | NotAPart<"It is a string: write it as a fragment of the `sql` tag.">\'.',
    twin: 'sql.or(sql`a = ${1}`);',
  },
  {
    name: 'a condition that may be 0',
    program: 'sql.and(/*here*/text.length && sql`a`);',
    message:
      "Argument of type '0 | Sql' is not assignable to parameter of type 'Part | NotAPart<\"It can be a number: compare it, such as `list.length > 0 && ...`.\">'.",
    twin: 'sql.and(text.length > 0 && sql`a`);',
  },
  {
    name: 'a condition that may be 0 or missing',
    program: 'sql.and(/*here*/maybe?.length && sql`a`);',
    message:
      "Argument of type '0 | Sql | undefined' is not assignable to parameter of type 'Part | NotAPart<\"It can be a number: compare it, such as `list.length > 0 && ...`.\">'.",
    twin: 'sql.and(maybe !== undefined && maybe.length > 0 && sql`a`);',
  },
  {
    name: 'a condition that nobody called',
    program: 'const paid = () => sql`a`;\nsql.or(/*here*/paid);',
    message:
      "Argument of type '() => Sql' is not assignable to parameter of type 'Part | NotAPart<\"It is a function: call it.\">'.",
    twin: 'const paid = () => sql`a`;\nsql.or(paid());',
  },
  {
    name: 'a condition that is a number',
    program: 'sql.and(/*here*/7);',
    message:
      "Argument of type '7' is not assignable to parameter of type 'Part | NotAPart<\"It can be a number: compare it, such as `list.length > 0 && ...`.\">'.",
    twin: 'sql.and(sql`${7} = a`);',
  },
  {
    name: 'a condition that is true',
    program: 'sql.and(/*here*/true);',
    message:
      "Argument of type 'true' is not assignable to parameter of type 'Part | NotAPart<\"It can be true: write `flag && ...` with a fragment behind it.\">'.",
    twin: 'sql.and(false);',
  },
  {
    name: 'a list of conditions',
    program: 'const conditions = [sql`a`];\nsql.and(/*here*/conditions);',
    message:
      "Argument of type 'Sql[]' is not assignable to parameter of type 'Part | NotAPart<\"It is a list: spread it, such as `sql.and(...conditions)`.\">'.",
    twin: 'const conditions = [sql`a`];\nsql.and(...conditions);',
  },
  {
    name: 'a separator that is a string',
    program: "sql.join([sql`a`], /*here*/', ');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'sql.join([sql`a`], sql`, `);',
  },
  {
    name: 'joined letters of a string',
    program: 'sql.join(/*here*/text);',
    message:
      "Argument of type 'string' is not assignable to parameter of type 'readonly (Sql | SqlScalar)[]'.",
    twin: 'sql.join([text]);',
  },
  {
    name: 'joined objects',
    program: 'sql.join([{ /*here*/id: 1 }]);',
    message:
      "Object literal may only specify known properties, and 'id' does not exist in type 'Sql | Date | Uint8Array<ArrayBufferLike>'.",
    twin: 'sql.join([sql.json({ id: 1 })]);',
  },
  {
    name: 'joined values of which one is missing',
    program: 'sql.join([/*here*/maybe]);',
    message: "Type 'string | undefined' is not assignable to type 'Sql | SqlScalar'.",
    twin: 'sql.join([maybe ?? null]);',
  },
  {
    name: 'a name without a list',
    program: 'sql./*here*/identifier(text);',
    message: 'Expected 2 arguments, but got 1.',
    twin: "sql.identifier(text, ['users']);",
  },
  {
    name: 'a name from a string',
    program: "sql.identifier(text, /*here*/'users');",
    message: "Argument of type 'string' is not assignable to parameter of type 'AllowedNames'.",
    twin: "sql.identifier(text, { users: 'users' });",
  },
  {
    name: 'a name that is a number',
    program: 'sql.identifier(text, { /*here*/users: 7 });',
    message: "Type 'number' is not assignable to type 'string'.",
    twin: "sql.identifier(text, { users: 'shop.users' });",
  },
  {
    name: 'letters of a string as a list',
    program: 'sql.in(/*here*/text);',
    message: "Argument of type 'string' is not assignable to parameter of type 'readonly Listed[]'.",
    twin: 'sql.in([text]);',
  },
  {
    name: 'a list with null',
    program: 'sql.in([1, /*here*/null]);',
    message: "Type 'null' is not assignable to type 'Listed'.",
    twin: 'sql.in([1, 2]);',
  },
  {
    name: 'a list that may be missing',
    program: 'sql.in(/*here*/request.query.ids);',
    message:
      "Argument of type 'string | string[] | undefined' is not assignable to parameter of type 'readonly Listed[]'.",
    twin: 'sql.in([request.query.ids ?? []].flat());',
  },
  {
    name: 'a list of what may be missing',
    program: 'sql.notIn([/*here*/maybe]);',
    message: "Type 'string | undefined' is not assignable to type 'Listed'.",
    twin: "sql.notIn([maybe ?? '']);",
  },
  {
    name: 'a list in a list',
    program: 'const lists = [[1]];\nsql.in(/*here*/lists);',
    message: "Argument of type 'number[][]' is not assignable to parameter of type 'readonly Listed[]'.",
    twin: 'const lists = [[1]];\nsql.in(lists.flat());',
  },
  {
    name: 'a list of objects',
    program: 'sql.in([{ /*here*/id: 1 }]);',
    message:
      "Object literal may only specify known properties, and 'id' does not exist in type 'Date | Uint8Array<ArrayBufferLike>'.",
    twin: 'sql.in([{ id: 1 }.id]);',
  },
  {
    name: 'a text to look for that may be missing',
    program: 'contains(/*here*/maybe);',
    message: "Argument of type 'string | undefined' is not assignable to parameter of type 'string'.",
    twin: "contains(maybe ?? '');",
  },
  {
    name: 'a number to look for',
    program: 'contains(/*here*/7);',
    message: "Argument of type 'number' is not assignable to parameter of type 'string'.",
    twin: "contains('7');",
  },
  {
    name: 'a list to look for',
    program: "startsWith(/*here*/['a']);",
    message: "Argument of type 'string[]' is not assignable to parameter of type 'string'.",
    twin: "startsWith('a');",
  },
  {
    name: 'an object to look for',
    program: 'endsWith(/*here*/{ a: 1 });',
    message: "Argument of type '{ a: number; }' is not assignable to parameter of type 'string'.",
    twin: "endsWith('a');",
  },
  {
    name: 'JSON of nothing',
    program: 'sql./*here*/json();',
    message: 'Expected 1 arguments, but got 0.',
    twin: 'sql.json(null);',
  },
  {
    name: 'a path of JSON that is a string',
    program: "sql.jsonPath('data', /*here*/'$.a');",
    message: "Argument of type 'string' is not assignable to parameter of type 'readonly JsonStep[]'.",
    twin: "sql.jsonPath('data', ['a', 0]);",
  },
  {
    name: 'a step of a path that may be missing',
    program: "sql.jsonPath('data', ['a', /*here*/maybe]);",
    message: "Type 'string | undefined' is not assignable to type 'JsonStep'.",
    twin: "sql.jsonPath('data', ['a', maybe ?? '']);",
  },
  {
    name: 'a unique key of a keyset that is no key',
    program: "sql.keyset({ id: { column: 'id', type: 'integer' } }, { /*here*/unique: 'name', size: 10 });",
    message: 'Type \'"name"\' is not assignable to type \'SortKey<"id">\'.',
    twin: "sql.keyset({ id: { column: 'id', type: 'integer' } }, { unique: 'id', size: 10 });",
  },
  {
    name: 'a key of a keyset without a type',
    program: "sql.keyset({ /*here*/id: { column: 'id' } }, { unique: 'id', size: 10 });",
    message: "Property 'type' is missing in type '{ column: string; }' but required in type 'KeysetColumn'.",
    twin: "sql.keyset({ id: { column: 'id', type: 'integer' } }, { unique: '-id', size: 10 });",
  },
];
