// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs in text.

import type { Case } from './compile-cases.ts';

export const holeCases: readonly Case[] = [
  {
    name: 'a value that may be undefined',
    program: 'sql`select ${/*here*/maybe}`;',
    message:
      "Argument of type 'string | undefined' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.\">'.",
    twin: 'sql`select ${maybe ?? null}`;',
  },
  {
    name: 'undefined itself',
    program: 'sql`select ${/*here*/undefined}`;',
    message:
      "Argument of type 'undefined' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.\">'.",
    twin: 'sql`select ${null}`;',
  },
  {
    name: 'a parameter of a query string',
    program: 'sql`select ${/*here*/request.query.name}`;',
    message:
      "Argument of type 'string | string[] | undefined' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.\">'.",
    twin: "const { name } = request.query;\nif (typeof name === 'string') sql`select ${name}`;",
  },
  {
    name: 'a value that is only sometimes there',
    program: 'sql`select ${/*here*/text ? 1 : undefined}`;',
    message:
      "Argument of type '1 | undefined' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.\">'.",
    twin: 'sql`select ${text ? 1 : null}`;',
  },
  {
    name: 'a fragment that is only sometimes there',
    program: 'sql`select 1 where ${/*here*/maybe?.length && sql`a`}`;',
    message:
      "Argument of type '0 | Sql | undefined' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.\">'.",
    twin: 'sql`select 1 where ${maybe ? sql`a` : sql`true`}`;',
  },
  {
    name: 'an object',
    program: 'const user = { name: text };\nsql`select ${/*here*/user}`;',
    message:
      "Argument of type '{ name: string; }' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'const user = { name: text };\nsql`select ${user.name}`;',
  },
  {
    name: 'an object in its place',
    program: 'sql`select ${{ /*here*/name: text }}`;',
    message:
      "Object literal may only specify known properties, and 'name' does not exist in type 'Sql | Date | Uint8Array<ArrayBufferLike> | readonly SqlScalar[] | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select ${sql.json({ name: text })}`;',
  },
  {
    name: 'an operator object of MongoDB',
    program: 'const login = { $ne: text };\nsql`select ${/*here*/login}`;',
    message:
      "Argument of type '{ $ne: string; }' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'const login = { $ne: text };\nsql`select ${login.$ne}`;',
  },
  {
    name: 'a file that was uploaded or another record',
    program: 'declare const upload: Record<string, string>;\nsql`select ${/*here*/upload}`;',
    message:
      "Argument of type 'Record<string, string>' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: "declare const upload: Record<string, string>;\nsql`select ${upload['name'] ?? null}`;",
  },
  {
    name: 'what nobody looked at',
    program: 'sql`select ${/*here*/unknown}`;',
    message:
      "Argument of type 'unknown' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be anything: check what it is first.\">'.",
    twin: "if (typeof unknown === 'string') sql`select ${unknown}`;",
  },
  {
    name: 'what JSON.parse gave, behind a narrow type',
    program: 'const parsed: unknown = JSON.parse(text);\nsql`select ${/*here*/parsed}`;',
    message:
      "Argument of type 'unknown' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be anything: check what it is first.\">'.",
    twin: 'const parsed: unknown = JSON.parse(text);\nsql`select ${Number(parsed)}`;',
  },
  {
    name: 'a promise',
    program: 'sql`select ${/*here*/Promise.resolve(1)}`;',
    message:
      "Argument of type 'Promise<number>' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a promise: await it.\">'.",
    twin: 'sql`select ${await Promise.resolve(1)}`;',
  },
  {
    name: 'a query that was not awaited',
    program: 'sql`select ${/*here*/db.one(query)}`;',
    message:
      "Argument of type 'Promise<Loose>' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a promise: await it.\">'.",
    twin: 'sql`select ${(await db.one(query, { row: person })).id}`;',
  },
  {
    name: 'a function',
    program: 'sql`select ${/*here*/() => 1}`;',
    message:
      "Argument of type '() => number' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a function: call it.\">'.",
    twin: 'sql`select ${(() => 1)()}`;',
  },
  {
    name: 'a method that was not called',
    program: 'sql`select ${/*here*/text.trim}`;',
    message:
      "Argument of type '() => string' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a function: call it.\">'.",
    twin: 'sql`select ${text.trim()}`;',
  },
  {
    name: 'a symbol',
    program: 'declare const id: symbol;\nsql`select ${/*here*/id}`;',
    message:
      "Argument of type 'symbol' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"No database stores a symbol.\">'.",
    twin: 'declare const id: { readonly description: string };\nsql`select ${id.description}`;',
  },
  {
    name: 'a Map',
    program: 'sql`select ${/*here*/new Map([[1, 2]])}`;',
    message:
      "Argument of type 'Map<number, number>' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select ${[...new Map([[1, 2]]).keys()]}`;',
  },
  {
    name: 'a Set',
    program: 'sql`select ${/*here*/new Set([1])}`;',
    message:
      "Argument of type 'Set<number>' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select ${[...new Set([1])]}`;',
  },
  {
    name: 'a regular expression',
    program: 'sql`select ${/*here*//a/}`;',
    message:
      "Argument of type 'RegExp' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select ${/a/.source}`;',
  },
  {
    name: 'an error',
    program: 'sql`select ${/*here*/new Error(text)}`;',
    message:
      "Argument of type 'Error' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select ${new Error(text).message}`;',
  },
  {
    name: 'an address',
    program: 'sql`select ${/*here*/new URL(text)}`;',
    message:
      "Argument of type 'URL' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select ${new URL(text).href}`;',
  },
  {
    name: 'a list of lists',
    program: 'const lists = [[1]];\nsql`select ${/*here*/lists}`;',
    message:
      "Argument of type 'number[][]' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a list, and not everything in it is a value.\">'.",
    twin: 'const lists = [[1]];\nsql`select ${lists.flat()}`;',
  },
  {
    name: 'a list with a gap',
    program: 'const list = [1, undefined];\nsql`select ${/*here*/list}`;',
    message:
      "Argument of type '(number | undefined)[]' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a list, and not everything in it is a value.\">'.",
    twin: 'const list = [1, null];\nsql`select ${list}`;',
  },
  {
    name: 'a list of objects',
    program: 'sql`select ${[{ /*here*/id: 1 }]}`;',
    message:
      "Object literal may only specify known properties, and 'id' does not exist in type 'Date | Uint8Array<ArrayBufferLike>'.",
    twin: 'sql`select ${[{ id: 1 }].map(({ id }) => id)}`;',
  },
  {
    name: 'a list of fragments',
    program: 'const parts = [sql`a`, sql`b`];\nsql`select ${/*here*/parts}`;',
    message:
      "Argument of type 'Sql[]' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It is a list, and not everything in it is a value.\">'.",
    twin: 'const parts = [sql`a`, sql`b`];\nsql`select ${sql.join(parts)}`;',
  },
  {
    name: 'a wrong value behind good ones',
    program: 'sql`select ${1} ${text} ${/*here*/maybe}`;',
    message:
      "Argument of type 'string | undefined' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.\">'.",
    twin: 'sql`select ${1} ${text} ${maybe ?? null}`;',
  },
  {
    name: 'a value of a type parameter that can be anything',
    program: 'function of<T>(value: T): Sql {\n  return sql`select ${/*here*/value}`;\n}\nvoid of;',
    message: "Argument of type 'T' is not assignable to parameter of type 'Sql | SqlValue | HoleOf<T>'.",
    twin: 'function of<T extends string | number>(value: T): Sql {\n  return sql`select ${value}`;\n}\nvoid of;',
  },
  {
    name: 'a value of a type parameter that can be undefined',
    program:
      'function of<T extends string | undefined>(value: T): Sql {\n  return sql`select ${/*here*/value}`;\n}\nvoid of;',
    message: "Argument of type 'T' is not assignable to parameter of type 'Sql | SqlValue | HoleOf<T>'.",
    twin: 'function of<T extends string | null>(value: T): Sql {\n  return sql`select ${value}`;\n}\nvoid of;',
  },
  {
    name: 'a query of pg',
    program: 'sql`select ${/*here*/forPg(query)}`;',
    message:
      "Argument of type 'PgQuery' is not assignable to parameter of type 'Sql | SqlValue | NotAValue<\"It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.\">'.",
    twin: 'sql`select (${query})`;',
  },
];
