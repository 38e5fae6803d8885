// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs in text.

import type { Case } from './compile-cases.ts';

export const tableCases: readonly Case[] = [
  {
    name: 'a column that the table lacks',
    program: 'users./*here*/mail;',
    message:
      'Property \'mail\' does not exist on type \'Table<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'. Did you mean \'email\'?',
    twin: 'users.email;',
  },
  {
    name: 'a column that the table lacks, in a statement',
    program: 'sql`select ${users./*here*/mail} from ${users}`;',
    message:
      'Property \'mail\' does not exist on type \'Table<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'. Did you mean \'email\'?',
    twin: 'sql`select ${users.email} from ${users}`;',
  },
  {
    name: 'a column of another table',
    program: 'sql`select ${orders./*here*/email} from ${orders}`;',
    message:
      'Property \'email\' does not exist on type \'Table<{ readonly id: "integer | default"; readonly owner: "integer"; readonly tags: "string[]"; readonly paid: "boolean | default"; }>\'.',
    twin: 'sql`select ${orders.owner} from ${orders}`;',
  },
  {
    name: 'a column that a client names',
    program: '/*here*/users[text];',
    message:
      'Element implicitly has an \'any\' type because expression of type \'string\' can\'t be used to index type \'Table<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'.',
    twin: "sql.identifier(text, ['email']);",
  },
  {
    name: 'a column that is written to',
    program: 'users./*here*/email = sql`name`;',
    message: "Cannot assign to 'email' because it is a read-only property.",
    twin: 'const { email } = users;\nvoid email;',
  },
  {
    name: 'a column that an alias lacks',
    program: "sql.as(users, 'u')./*here*/owner;",
    message:
      'Property \'owner\' does not exist on type \'Table<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'.',
    twin: "sql.as(users, 'u').email;",
  },
  {
    name: 'an alias of a string',
    program: "sql.as(/*here*/'users', 'u');",
    message:
      "Argument of type 'string' is not assignable to parameter of type 'Table<Readonly<Record<string, ColumnType>>>'.",
    twin: "sql.as(users, 'u');",
  },
  {
    name: 'an alias of a fragment',
    program: "sql.as(/*here*/sql`users`, 'u');",
    message:
      "Argument of type 'Sql' is not assignable to parameter of type 'Table<Readonly<Record<string, ColumnType>>>'.",
    twin: "sql.as(orders, 'o');",
  },
  {
    name: 'a type that no column has',
    program: "sql.table('t', { /*here*/id: 'varchar' });",
    message: "Type '\"varchar\"' is not assignable to type 'ColumnType'.",
    twin: "sql.table('t', { id: 'string' });",
  },
  {
    name: 'a list of JSON',
    program: "sql.table('t', { /*here*/id: 'json[]' });",
    message: "Type '\"json[]\"' is not assignable to type 'ColumnType'. Did you mean '\"json\"'?",
    twin: "sql.table('t', { id: 'json' });",
  },
  {
    name: 'a type in another order',
    program: "sql.table('t', { /*here*/id: 'string | default | null' });",
    message:
      "Type '\"string | default | null\"' is not assignable to type 'ColumnType'. Did you mean '\"string | default\"'?",
    twin: "sql.table('t', { id: 'string | null | default' });",
  },
  {
    name: 'a type that a string holds',
    program: "sql.table('t', { /*here*/id: text });",
    message: "Type 'string' is not assignable to type 'ColumnType'.",
    twin: "const columns = { id: 'string' } as const satisfies Columns;\nsql.table('t', columns);",
  },
  {
    name: 'SET of a column that the table lacks',
    program: "sql.set(users, ['name', /*here*/'mail'], body);",
    message:
      'Type \'"mail"\' is not assignable to type \'ColumnName<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'. Did you mean \'"email"\'?',
    twin: "sql.set(users, ['name', 'email'], body);",
  },
  {
    name: 'SET of a column of another table',
    program: "sql.set(users, [/*here*/'owner'], { owner: 1 });",
    message:
      'Type \'"owner"\' is not assignable to type \'ColumnName<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'.',
    twin: "sql.set(orders, ['owner'], { owner: 1 });",
  },
  {
    name: 'SET of a column that a client names',
    program: 'sql.set(users, [/*here*/text], body);',
    message:
      'Type \'string\' is not assignable to type \'ColumnName<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'.',
    twin: "sql.set(users, ['name', 'born'], body);",
  },
  {
    name: 'SET of a value of another type',
    program: "sql.set(users, ['name'], { /*here*/name: 7 });",
    message: "Type 'number' is not assignable to type 'string | Sql | null'.",
    twin: "sql.set(users, ['name'], { name: '7' });",
  },
  {
    name: 'SET of a key that is not in the list',
    program: "sql.set(users, ['name'], { name: 'Ann', /*here*/id: 1 });",
    message:
      'Object literal may only specify known properties, and \'id\' does not exist in type \'SetOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "name">\'.',
    twin: "sql.set(users, ['name', 'id'], { name: 'Ann', id: 1 });",
  },
  {
    name: 'SET of NULL where none may be',
    program: "sql.set(users, ['email'], { /*here*/email: null });",
    message: "Type 'null' is not assignable to type 'string | Sql'.",
    twin: "sql.set(users, ['name'], { name: null });",
  },
  {
    name: 'SET of a value that may be missing',
    program: "sql.set(users, ['name'], /*here*/{ name: maybe });",
    message:
      'Argument of type \'{ name: string | undefined; }\' is not assignable to parameter of type \'SetOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "name">\' with \'exactOptionalPropertyTypes: true\'. Consider adding \'undefined\' to the types of the target\'s properties.',
    twin: "sql.set(users, ['name'], maybe === undefined ? {} : { name: maybe });",
  },
  {
    name: 'SET of what nobody looked at',
    program: "sql.set(users, ['name'], /*here*/unknown);",
    message:
      'Argument of type \'unknown\' is not assignable to parameter of type \'SetOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "name">\'.',
    twin: "sql.set(users, ['name'], body);",
  },
  {
    name: 'SET of a string',
    program: "sql.set(users, ['name'], /*here*/text);",
    message:
      'Type \'string\' has no properties in common with type \'SetOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "name">\'.',
    twin: "sql.set(users, ['name'], { name: text });",
  },
  {
    name: 'SET of a table that is a string',
    program: "sql.set(/*here*/'users', ['name'], { name: 'Ann' });",
    message:
      "Argument of type 'string' is not assignable to parameter of type 'Table<Readonly<Record<string, ColumnType>>>'.",
    twin: "sql.set(users, ['name'], { name: 'Ann' });",
  },
  {
    name: 'VALUES of another type',
    program: "sql.values(users, ['email'], [{ /*here*/email: 7 }]);",
    message: "Type 'number' is not assignable to type 'string | Sql'.",
    twin: "sql.values(users, ['email'], [{ email: '7' }]);",
  },
  {
    name: 'VALUES that lack a column without a default, in the list',
    program: "sql.values(users, /*here*/['name'], [{ name: 'Ann' }]);",
    message:
      'Argument of type \'"name"[]\' is not assignable to parameter of type \'readonly "name"[] & { readonly \'these columns have no default and are not in the list\': "email"; }\'.',
    twin: "sql.values(users, ['name', 'email'], [{ name: 'Ann', email: 'a@b.c' }]);",
  },
  {
    name: 'VALUES that lack a column without a default, in a record',
    program: "sql.values(users, ['email', 'name'], [/*here*/{ name: 'Ann' }]);",
    message:
      'Type \'{ name: string; }\' is not assignable to type \'RowOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "name" | "email">\'.',
    twin: "sql.values(users, ['email', 'name'], [{ email: 'a@b.c' }]);",
  },
  {
    name: 'VALUES that lack it in the second record',
    program: "sql.values(users, ['email'], [{ email: 'a' }, /*here*/{}]);",
    message:
      'Type \'{}\' is not assignable to type \'RowOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "email">\'.',
    twin: "sql.values(users, ['email'], [{ email: 'a' }, { email: 'b' }]);",
  },
  {
    name: 'VALUES with a key that is not in the list',
    program: "sql.values(users, ['email'], [{ email: 'a', /*here*/name: 'Ann' }]);",
    message:
      'Object literal may only specify known properties, and \'name\' does not exist in type \'RowOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "email">\'.',
    twin: "sql.values(users, ['email', 'name'], [{ email: 'a', name: 'Ann' }]);",
  },
  {
    name: 'VALUES of one record that is no list',
    program: "sql.values(users, ['email'], { /*here*/email: 'a' });",
    message:
      'Object literal may only specify known properties, and \'email\' does not exist in type \'readonly RowOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "email">[]\'.',
    twin: "sql.values(users, ['email'], [{ email: 'a' }]);",
  },
  {
    name: 'VALUES of a column of another table',
    program: "sql.values(users, ['email', /*here*/'owner'], body);",
    message:
      'Type \'"owner"\' is not assignable to type \'ColumnName<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>\'.',
    twin: "sql.values(users, ['email', 'born'], body);",
  },
  {
    name: 'VALUES of a text for a list',
    program: "sql.values(orders, ['owner', 'tags'], [{ owner: 1, /*here*/tags: 'a' }]);",
    message: "Type 'string' is not assignable to type 'Sql | readonly string[]'.",
    twin: "sql.values(orders, ['owner', 'tags'], [{ owner: 1, tags: ['a'] }]);",
  },
  {
    name: 'VALUES of a text for an integer',
    program: "sql.values(orders, ['owner', 'tags'], [{ /*here*/owner: '1', tags: [] }]);",
    message: "Type 'string' is not assignable to type 'number | bigint | Sql'.",
    twin: "sql.values(orders, ['owner', 'tags'], [{ owner: 1n, tags: [] }]);",
  },
  {
    name: 'VALUES that let other keys through',
    program: "sql.values(users, ['email'], [{ email: 'a' }], { /*here*/extra: 'keep' });",
    message: 'Type \'"keep"\' is not assignable to type \'"refuse" | "ignore" | undefined\'.',
    twin: "sql.values(users, ['email'], [{ email: 'a' }], { extra: 'ignore' });",
  },
  {
    name: 'a record for an insert that lacks a column',
    program: "const /*here*/row: InsertRow<typeof users> = { name: 'Ann' };\nvoid row;",
    message:
      'Type \'{ name: string; }\' is not assignable to type \'InsertRow<Table<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }>>\'.',
    twin: "const row: InsertRow<typeof users> = { email: 'a' };\nvoid row;",
  },
  {
    name: 'a record for an update of another type',
    program: 'const row: UpdateRow<typeof users> = { /*here*/born: 7 };\nvoid row;',
    message: "Type 'number' is not assignable to type 'string | Sql | Date | null'.",
    twin: 'const row: UpdateRow<typeof users> = { born: new Date() };\nvoid row;',
  },
  {
    name: 'an upsert whose conflict is not inserted',
    program:
      "sql.upsert(users, { columns: ['email'], rows: [{ email: 'a' }], conflict: [/*here*/'name'], update: [] });",
    message: 'Type \'"name"\' is not assignable to type \'"email"\'.',
    twin: "sql.upsert(users, { columns: ['email'], rows: [{ email: 'a' }], conflict: ['email'], update: [] });",
  },
  {
    name: 'an upsert without a conflict',
    program:
      "sql.upsert(users, { columns: ['email'], rows: [{ email: 'a' }], /*here*/conflict: [], update: [] });",
    message: 'Type \'[]\' is not assignable to type \'readonly ["email", ..."email"[]]\'.',
    twin: "sql.upsert(users, { columns: ['email'], rows: [{ email: 'a' }], conflict: ['email'], update: ['email'] });",
  },
  {
    name: 'an upsert that updates what is not inserted',
    program:
      "sql.upsert(users, { columns: ['email'], rows: [{ email: 'a' }], conflict: ['email'], update: [/*here*/'owner'] });",
    message: 'Type \'"owner"\' is not assignable to type \'"email"\'.',
    twin: "sql.upsert(users, { columns: ['email', 'name'], rows: [{ email: 'a' }], conflict: ['email'], update: ['name'] });",
  },
  {
    name: 'an upsert that lacks a column',
    program:
      "sql.upsert(users, { /*here*/columns: ['name'], rows: [{ name: 'Ann' }], conflict: ['name'], update: [] });",
    message:
      'Type \'"name"[]\' is not assignable to type \'readonly "name"[] & { readonly \'these columns have no default and are not in the list\': "email"; }\'.',
    twin: "sql.upsert(users, { columns: ['name', 'email'], rows: [{ email: 'a' }], conflict: ['email'], update: [] });",
  },
  {
    name: 'an upsert of another type',
    program:
      "sql.upsert(users, { columns: ['email'], rows: [{ /*here*/email: 1 }], conflict: ['email'], update: [] });",
    message: "Type 'number' is not assignable to type 'string | Sql'.",
    twin: "sql.upsert(users, { columns: ['email'], rows: [{ email: '1' }], conflict: ['email'], update: [] });",
  },
  {
    name: 'an upsert with a key that is not in the list',
    program:
      "sql.upsert(users, { columns: ['email'], rows: [{ email: 'a', /*here*/id: 1 }], conflict: ['email'], update: [] });",
    message:
      'Object literal may only specify known properties, and \'id\' does not exist in type \'RowOf<{ readonly id: "integer | default"; readonly email: "string"; readonly name: "string | null"; readonly born: "date | null"; }, "email">\'.',
    twin: "sql.upsert(users, { columns: ['email', 'id'], rows: [{ email: 'a', id: 1 }], conflict: ['email'], update: [] });",
  },
];
