// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs in text.

import type { Case } from './compile-cases.ts';

export const databaseCases: readonly Case[] = [
  {
    name: 'a string',
    program: "db.all(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.all(sql`select 1`);',
  },
  {
    name: 'a template without the tag',
    program: 'db.all(/*here*/`select ${text}`);',
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.all(sql`select ${text}`);',
  },
  {
    name: 'a string that was added up',
    program: "db.one(/*here*/'select ' + text);",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.one(sql`select ${text}`);',
  },
  {
    name: 'a variable',
    program: 'db.execute(/*here*/text);',
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.execute(sql`delete from users where name = ${text}`);',
  },
  {
    name: 'a string for a stream',
    program: "db.stream(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.stream(sql`select 1`);',
  },
  {
    name: 'a string for one row or none',
    program: "db.maybe(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.maybe(sql`select 1`);',
  },
  {
    name: 'a string for many rows',
    program: "db.many(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.many(sql`select 1`);',
  },
  {
    name: 'a string that is asked for inside of a transaction',
    program: "db.transaction((tx) => tx.all(/*here*/'select 1'));",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'db.transaction((tx) => tx.all(sql`select 1`));',
  },
  {
    name: 'a query of pg',
    program: 'db.all(/*here*/forPg(query));',
    message: "Argument of type 'PgQuery' is not assignable to parameter of type 'Sql'.",
    twin: 'db.all(query);',
  },
  {
    name: 'a record of text and values',
    program: "db.all({ /*here*/text: 'select $1', values: [text] });",
    message: "Object literal may only specify known properties, and 'text' does not exist in type 'Sql'.",
    twin: 'db.all(sql`select ${text}`);',
  },
  {
    name: 'a promise of a statement',
    program: 'db.all(/*here*/Promise.resolve(query));',
    message: "Argument of type 'Promise<Sql>' is not assignable to parameter of type 'Sql'.",
    twin: 'db.all(await Promise.resolve(query));',
  },
  {
    name: 'a statement that may be missing',
    program: 'declare const some: Sql | undefined;\ndb.all(/*here*/some);',
    message: "Argument of type 'Sql | undefined' is not assignable to parameter of type 'Sql'.",
    twin: 'declare const some: Sql | undefined;\ndb.all(some ?? sql`select 1`);',
  },
  {
    name: 'unknown',
    program: 'db.all(/*here*/unknown);',
    message: "Argument of type 'unknown' is not assignable to parameter of type 'Sql'.",
    twin: 'db.all(unknown as Sql);',
  },
  {
    name: 'a change on a handle that reads',
    program: 'reader./*here*/execute(query);',
    message: "Property 'execute' does not exist on type 'ReadOnlyDatabase'.",
    twin: 'reader.all(query);',
  },
  {
    name: 'a change inside of a transaction that reads',
    program: 'reader.transaction((tx) => tx./*here*/execute(query));',
    message: "Property 'execute' does not exist on type 'ReadOnlyDatabase'.",
    twin: 'reader.transaction((tx) => tx.all(query));',
  },
  {
    name: 'a handle that reads in place of one that writes',
    program: 'const /*here*/writer: Database = reader;\nvoid writer;',
    message: "Property 'execute' is missing in type 'ReadOnlyDatabase' but required in type 'Database'.",
    twin: 'const only: ReadOnlyDatabase = db;\nvoid only;',
  },
  {
    name: 'a transaction whose work is not awaited',
    program: 'db.transaction(/*here*/(tx) => {\n  tx.execute(query);\n});',
    message:
      "Argument of type '(tx: Database) => void' is not assignable to parameter of type '(tx: Database) => Promise<unknown>'.",
    twin: 'db.transaction(async (tx) => {\n  await tx.execute(query);\n});',
  },
  {
    name: 'a transaction whose work gives a number at once',
    program: 'db.transaction((tx) => /*here*/1);',
    message: "Type 'number' is not assignable to type 'Promise<unknown>'.",
    twin: 'db.transaction(async (tx) => 1);',
  },
  {
    name: 'a method that a transaction lacks',
    program: 'db.transaction((tx) => tx./*here*/query(query));',
    message: "Property 'query' does not exist on type 'Database'.",
    twin: 'db.transaction((tx) => tx.all(query));',
  },
  {
    name: 'an isolation that lets dirty rows through',
    program: "db.transaction(async () => 1, { /*here*/isolation: 'read uncommitted' });",
    message:
      "Type '\"read uncommitted\"' is not assignable to type 'Isolation | undefined'. Did you mean '\"read committed\"'?",
    twin: "db.transaction(async () => 1, { isolation: 'read committed' });",
  },
  {
    name: 'a transaction that reads and is told so otherwise',
    program: 'reader.transaction(async () => 1, { /*here*/readOnly: false });',
    message:
      "Object literal may only specify known properties, and 'readOnly' does not exist in type 'Omit<TransactionOptions, \"readOnly\">'.",
    twin: 'db.transaction(async () => 1, { readOnly: true });',
  },
  {
    name: 'rows of a stream without await',
    program: 'for (const row of /*here*/db.stream(query)) void row;',
    message:
      "Type 'AsyncGenerator<Loose, void, undefined>' must have a '[Symbol.iterator]()' method that returns an iterator.",
    twin: 'for await (const row of db.stream(query)) void row;',
  },
  {
    name: 'a list of a stream',
    program: 'const /*here*/rows: object[] = db.stream(query);\nvoid rows;',
    message:
      "Type 'AsyncGenerator<Loose, void, undefined>' is missing the following properties from type 'object[]': length, pop, push, concat, and 35 more.",
    twin: 'const rows: object[] = await db.all(query);\nvoid rows;',
  },
  {
    name: 'rows that were not awaited',
    program: 'db.all(query)./*here*/map((row) => row);',
    message: "Property 'map' does not exist on type 'Promise<Loose[]>'.",
    twin: '(await db.all(query)).map((row) => row);',
  },
  {
    name: 'a row that was not awaited',
    program: 'const /*here*/row: { id: number } = db.one<{ id: number }>(query);\nvoid row;',
    message:
      "Property 'id' is missing in type 'Promise<{ id: number; }>' but required in type '{ id: number; }'.",
    twin: 'const row: { id: number } = await db.one<{ id: number }>(query);\nvoid row;',
  },
  {
    name: 'a row that may be missing',
    program: 'const row = await db.maybe(query, { row: person });\n/*here*/row.name;',
    message: "'row' is possibly 'undefined'.",
    twin: 'const row = await db.maybe(query, { row: person });\nrow?.name;',
  },
  {
    name: 'the first row of none',
    program: 'const [row] = await db.all(query, { row: person });\n/*here*/row.name;',
    message: "'row' is possibly 'undefined'.",
    twin: 'const [row] = await db.many(query, { row: person });\nrow.name;',
  },
  {
    name: 'a column that the schema lacks',
    program: '(await db.one(query, { row: person }))./*here*/mail;',
    message: "Property 'mail' does not exist on type '{ id: number; name: string; }'.",
    twin: '(await db.one(query, { row: person })).name;',
  },
  {
    name: 'a row of a type that the schema lacks',
    program: 'const /*here*/row: { id: string } = await db.one(query, { row: person });\nvoid row;',
    message: "Type '{ id: number; name: string; }' is not assignable to type '{ id: string; }'.",
    twin: 'const row: { id: number } = await db.one(query, { row: person });\nvoid row;',
  },
  {
    name: 'a row that is a string',
    program: 'db.all</*here*/string>(query);',
    message: "Type 'string' does not satisfy the constraint 'object'.",
    twin: 'db.all<{ name: string }>(query);',
  },
  {
    name: 'a value of an unchecked row, used as a string',
    program: "/*here*/(await db.one(query))['name'].trim();",
    message: "Object is of type 'unknown'.",
    twin: "String((await db.one(query))['name']).trim();",
  },
];
