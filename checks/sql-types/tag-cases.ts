// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs in text.

import type { Case } from './compile-cases.ts';

export const tagCases: readonly Case[] = [
  {
    name: 'the tag called with a string',
    program: "sql(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'TemplateStringsArray'.",
    twin: 'sql`select 1`;',
  },
  {
    name: 'the tag called with a template',
    program: 'sql(/*here*/`select ${text}`);',
    message: "Argument of type 'string' is not assignable to parameter of type 'TemplateStringsArray'.",
    twin: 'sql`select ${text}`;',
  },
  {
    name: 'the tag called with a list of strings',
    program: "sql(/*here*/['select 1']);",
    message: "Argument of type 'string[]' is not assignable to parameter of type 'TemplateStringsArray'.",
    twin: '((texts: TemplateStringsArray) => sql(texts))`select 1`;',
  },
  {
    name: 'a string as a fragment',
    program: "const /*here*/condition: Sql = 'a = 1';\nvoid condition;",
    message: "Type 'string' is not assignable to type 'Sql'.",
    twin: 'const condition: Sql = sql`a = 1`;\nvoid condition;',
  },
  {
    name: 'a record as a fragment',
    program: "const condition: Sql = { /*here*/text: 'a = 1', values: [] };\nvoid condition;",
    message: "Object literal may only specify known properties, and 'text' does not exist in type 'Sql'.",
    twin: 'const condition: Sql = sql`a = ${1}`;\nvoid condition;',
  },
  {
    name: 'a fragment as a string',
    program: 'const /*here*/words: string = query;\nvoid words;',
    message: "Type 'Sql' is not assignable to type 'string'.",
    twin: 'const words: string = forPg(query).text;\nvoid words;',
  },
  {
    name: 'a fragment that a string was added to',
    program: "const /*here*/longer: Sql = query + ' limit 1';\nvoid longer;",
    message: "Type 'string' is not assignable to type 'Sql'.",
    twin: 'const longer: Sql = sql`${query} limit 1`;\nvoid longer;',
  },
  {
    name: 'a fragment in a template without the tag',
    program: 'const /*here*/longer: Sql = `${query} limit 1`;\nvoid longer;',
    message: "Type 'string' is not assignable to type 'Sql'.",
    twin: 'const longer: Sql = sql`${query} limit ${1}`;\nvoid longer;',
  },
  {
    name: 'a copy of a fragment',
    program: 'const { ...copy } = query;\ndb.all(/*here*/copy satisfies object as { text: string });',
    message: "Argument of type '{ text: string; }' is not assignable to parameter of type 'Sql'.",
    twin: 'const copy = query;\ndb.all(copy);',
  },
  {
    name: 'trusted text that is a variable',
    program: 'trustedSql(/*here*/text, { because });',
    message:
      "Argument of type 'string' is not assignable to parameter of type 'NotLiteral<\"It can be any text: put values into holes of `sql`.\">'.",
    twin: "trustedSql('now()', { because });",
  },
  {
    name: 'trusted text around a variable',
    program: 'trustedSql(/*here*/`order by ${text}`, { because });',
    message:
      "Argument of type 'string' is not assignable to parameter of type 'NotLiteral<\"A part of it can be any text: put values into holes of `sql`.\">'.",
    twin: 'trustedSql(`order by name`, { because });',
  },
  {
    name: 'trusted text that was added up',
    program: "trustedSql(/*here*/'order by ' + text, { because });",
    message:
      "Argument of type 'string' is not assignable to parameter of type 'NotLiteral<\"It can be any text: put values into holes of `sql`.\">'.",
    twin: "trustedSql(text ? 'asc' : 'desc', { because });",
  },
  {
    name: 'trusted text of a request',
    program: 'trustedSql(/*here*/body.order, { because });',
    message: "Argument of type 'any' is not assignable to parameter of type 'never'.",
    twin: "trustedSql(body.order === 'up' ? 'asc' : 'desc', { because });",
  },
  {
    name: 'trusted text of a template type',
    program: 'declare const name: `log_${number}`;\ntrustedSql(/*here*/name, { because });',
    message:
      "Argument of type '`log_${number}`' is not assignable to parameter of type 'NotLiteral<\"A part of it can be any text: put values into holes of `sql`.\">'.",
    twin: "declare const name: 'log_1' | 'log_2';\ntrustedSql(name, { because });",
  },
  {
    name: 'trusted text without a reason',
    program: "/*here*/trustedSql('now()');",
    message: 'Expected 2 arguments, but got 1.',
    twin: "trustedSql('now()', { because });",
  },
];
