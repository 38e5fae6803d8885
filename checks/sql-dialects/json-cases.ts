import { sql } from '../../lib/sql/index.ts';
import type { DialectCase } from './run-case.ts';

export const jsonCases: readonly DialectCase[] = [
  {
    name: 'JSON in an update',
    query: () => sql`update goods set tags = ${sql.json({ a: ["it's", null, 1.5, true] })} where id = ${6}`,
    after: () => sql`select ${sql.jsonPath('tags', ['a', 0])} as v from goods where id = ${6}`,
    postgres: {
      text: 'update goods set tags = $1 where id = $2',
      values: ['{"a":["it\'s",null,1.5,true]}', 6],
    },
    mysql: { text: 'update goods set tags = ? where id = ?', values: ['{"a":["it\'s",null,1.5,true]}', 6] },
    sqlite: { text: 'update goods set tags = ? where id = ?', values: ['{"a":["it\'s",null,1.5,true]}', 6] },
    rows: [["it's"]],
  },
  {
    name: 'a text as JSON',
    query: () => sql`update goods set tags = ${sql.json('a"b')} where id = ${6}`,
    after: () => sql`select id from goods where id = ${6} and tags is not null`,
    postgres: { text: 'update goods set tags = $1 where id = $2', values: ['"a\\"b"', 6] },
    mysql: { text: 'update goods set tags = ? where id = ?', values: ['"a\\"b"', 6] },
    sqlite: { text: 'update goods set tags = ? where id = ?', values: ['"a\\"b"', 6] },
    rows: [['6']],
  },
  {
    name: 'a list as JSON',
    query: () => sql`update goods set tags = ${sql.json([1, [2]])} where id = ${6}`,
    after: () => sql`select ${sql.jsonPath('tags', [1, 0])} as v from goods where id = ${6}`,
    postgres: { text: 'update goods set tags = $1 where id = $2', values: ['[1,[2]]', 6] },
    mysql: { text: 'update goods set tags = ? where id = ?', values: ['[1,[2]]', 6] },
    sqlite: { text: 'update goods set tags = ? where id = ?', values: ['[1,[2]]', 6] },
    rows: [['2']],
  },
  {
    name: 'a key',
    query: () =>
      sql`select id, ${sql.jsonPath('tags', ['color'])} as v from goods where id < ${4} order by id`,
    postgres: {
      text: 'select id, ("tags" ->> cast($1 as text)) as v from goods where id < $2 order by id',
      values: ['color', 4],
    },
    mysql: {
      text: "select id, (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id < ? order by id",
      values: ['$."color"', '$."color"', 4],
    },
    sqlite: {
      text: "select id, (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as v from goods where id < ? order by id",
      values: ['color', 4],
    },
    rows: [
      ['1', 'red'],
      ['2', 'blue'],
      ['3', null],
    ],
  },
  {
    name: 'a condition on a key',
    query: () => sql`select id from goods where ${sql.jsonPath('goods.tags', ['color'])} = ${'blue'}`,
    postgres: {
      text: 'select id from goods where ("goods"."tags" ->> cast($1 as text)) = $2',
      values: ['color', 'blue'],
    },
    mysql: {
      text: "select id from goods where (case when json_type(json_extract(`goods`.`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`goods`.`tags`, ?)) end) = ?",
      values: ['$."color"', '$."color"', 'blue'],
    },
    sqlite: {
      text: "select id from goods where (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `goods`.`tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) = ?",
      values: ['color', 'blue'],
    },
    rows: [['2']],
  },
  {
    name: 'a path with quotes in it',
    query: () => sql`select ${sql.jsonPath('tags', ["it's", '"', 0])} as v from goods where id = ${1}`,
    postgres: {
      text: 'select (case when "tags" #> cast($1 as text[]) is not null then ("tags" -> cast($2 as text) -> cast($3 as text) ->> cast($4 as int)) end) as v from goods where id = $5',
      values: [["it's", '"', '0'], "it's", '"', 0, 1],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) = 'ARRAY' and json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id = ?",
      values: ['$."it\'s"."\\""', '$."it\'s"."\\""[0]', '$."it\'s"."\\""[0]', 1],
    },
    sqlite: {
      text: "select (select case j3.type when 'true' then 'true' when 'false' then 'false' else cast(j3.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1, json_each(case when j1.type in ('object', 'array') then j1.value end) as j2, json_each(case when j2.type in ('object', 'array') then j2.value end) as j3 where j1.key = ? and j2.key = ? and j3.key = ?) as v from goods where id = ?",
      values: ["it's", '"', 0, 1],
    },
    rows: [['10']],
  },
  {
    name: 'a path with a wildcard for a key',
    query: () => sql`select ${sql.jsonPath('tags', ["it's", '"', 1, '*'])} as v from goods where id = ${1}`,
    postgres: {
      text: 'select (case when "tags" #> cast($1 as text[]) is not null then ("tags" -> cast($2 as text) -> cast($3 as text) -> cast($4 as int) ->> cast($5 as text)) end) as v from goods where id = $6',
      values: [["it's", '"', '1'], "it's", '"', 1, '*', 1],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) = 'ARRAY' and json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id = ?",
      values: ['$."it\'s"."\\""', '$."it\'s"."\\""[1]."*"', '$."it\'s"."\\""[1]."*"', 1],
    },
    sqlite: {
      text: "select (select case j4.type when 'true' then 'true' when 'false' then 'false' else cast(j4.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1, json_each(case when j1.type in ('object', 'array') then j1.value end) as j2, json_each(case when j2.type in ('object', 'array') then j2.value end) as j3, json_each(case when j3.type in ('object', 'array') then j3.value end) as j4 where j1.key = ? and j2.key = ? and j3.key = ? and j4.key = ?) as v from goods where id = ?",
      values: ["it's", '"', 1, '*', 1],
    },
    rows: [['star']],
  },
  {
    name: 'a wildcard that is no key',
    query: () => sql`select id from goods where ${sql.jsonPath('tags', ['*'])} is not null`,
    postgres: { text: 'select id from goods where ("tags" ->> cast($1 as text)) is not null', values: ['*'] },
    mysql: {
      text: "select id from goods where (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) is not null",
      values: ['$."*"', '$."*"'],
    },
    sqlite: {
      text: "select id from goods where (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) is not null",
      values: ['*'],
    },
    rows: [],
  },
  {
    name: 'a path for a key',
    query: () =>
      sql`select ${sql.jsonPath('tags', ['$.color'])} as v from goods where id in (${1}, ${4}) order by id`,
    postgres: {
      text: 'select ("tags" ->> cast($1 as text)) as v from goods where id in ($2, $3) order by id',
      values: ['$.color', 1, 4],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id in (?, ?) order by id",
      values: ['$."$.color"', '$."$.color"', 1, 4],
    },
    sqlite: {
      text: "select (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as v from goods where id in (?, ?) order by id",
      values: ['$.color', 1, 4],
    },
    rows: [[null], ['trap']],
  },
  {
    name: 'a dollar for a key',
    query: () =>
      sql`select ${sql.jsonPath('tags', ['$'])} as v from goods where id in (${1}, ${4}) order by id`,
    postgres: {
      text: 'select ("tags" ->> cast($1 as text)) as v from goods where id in ($2, $3) order by id',
      values: ['$', 1, 4],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id in (?, ?) order by id",
      values: ['$."$"', '$."$"', 1, 4],
    },
    sqlite: {
      text: "select (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as v from goods where id in (?, ?) order by id",
      values: ['$', 1, 4],
    },
    rows: [[null], ['dollar']],
  },
  {
    name: 'an item of an array',
    query: () => sql`select ${sql.jsonPath('tags', [1])} as v from goods where id < ${4} order by id`,
    postgres: {
      text: 'select (case when "tags" #> cast($1 as text[]) is not null then ("tags" ->> cast($2 as int)) end) as v from goods where id < $3 order by id',
      values: [['1'], 1, 4],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) = 'ARRAY' and json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id < ? order by id",
      values: ['$', '$[1]', '$[1]', 4],
    },
    sqlite: {
      text: "select (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as v from goods where id < ? order by id",
      values: [1, 4],
    },
    rows: [[null], [null], ['two']],
  },
  {
    name: 'an index in text, which is a key',
    query: () => sql`select id from goods where ${sql.jsonPath('tags', ['1'])} is not null`,
    postgres: { text: 'select id from goods where ("tags" ->> cast($1 as text)) is not null', values: ['1'] },
    mysql: {
      text: "select id from goods where (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) is not null",
      values: ['$."1"', '$."1"'],
    },
    sqlite: {
      text: "select id from goods where (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) is not null",
      values: ['1'],
    },
    rows: [],
  },
  {
    name: 'an index in what is no array',
    query: () => sql`select id from goods where ${sql.jsonPath('tags', ['color', 0])} is not null`,
    postgres: {
      text: 'select id from goods where (case when "tags" #> cast($1 as text[]) is not null then ("tags" -> cast($2 as text) ->> cast($3 as int)) end) is not null',
      values: [['color', '0'], 'color', 0],
    },
    mysql: {
      text: "select id from goods where (case when json_type(json_extract(`tags`, ?)) = 'ARRAY' and json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) is not null",
      values: ['$."color"', '$."color"[0]', '$."color"[0]'],
    },
    sqlite: {
      text: "select id from goods where (select case j2.type when 'true' then 'true' when 'false' then 'false' else cast(j2.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1, json_each(case when j1.type in ('object', 'array') then j1.value end) as j2 where j1.key = ? and j2.key = ?) is not null",
      values: ['color', 0],
    },
    rows: [],
  },
  {
    name: 'true and numbers',
    query: () =>
      sql`select ${sql.jsonPath('tags', ['ok'])} as ok, ${sql.jsonPath('tags', ['n'])} as n from goods where id = ${1}`,
    postgres: {
      text: 'select ("tags" ->> cast($1 as text)) as ok, ("tags" ->> cast($2 as text)) as n from goods where id = $3',
      values: ['ok', 'n', 1],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as ok, (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as n from goods where id = ?",
      values: ['$."ok"', '$."ok"', '$."n"', '$."n"', 1],
    },
    sqlite: {
      text: "select (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as ok, (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as n from goods where id = ?",
      values: ['ok', 'n', 1],
    },
    rows: [['true', '5']],
  },
  {
    name: 'null in JSON',
    query: () => sql`select ${sql.jsonPath('tags', ['none'])} as v from goods where id = ${1}`,
    postgres: {
      text: 'select ("tags" ->> cast($1 as text)) as v from goods where id = $2',
      values: ['none', 1],
    },
    mysql: {
      text: "select (case when json_type(json_extract(`tags`, ?)) <> 'NULL' then json_unquote(json_extract(`tags`, ?)) end) as v from goods where id = ?",
      values: ['$."none"', '$."none"', 1],
    },
    sqlite: {
      text: "select (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as v from goods where id = ?",
      values: ['none', 1],
    },
    rows: [[null]],
  },
  {
    name: 'a path in an expression',
    query: () =>
      sql`select ${sql.jsonPath(sql`coalesce(tags, ${sql.json({ color: 'none' })})`, ['color'])} as v from goods where id in (${2}, ${5}) order by id`,
    postgres: {
      text: 'select ((coalesce(tags, $1)) ->> cast($2 as text)) as v from goods where id in ($3, $4) order by id',
      values: ['{"color":"none"}', 'color', 2, 5],
    },
    mysql: {
      text: "select (case when json_type(json_extract((coalesce(tags, ?)), ?)) <> 'NULL' then json_unquote(json_extract((coalesce(tags, ?)), ?)) end) as v from goods where id in (?, ?) order by id",
      values: ['{"color":"none"}', '$."color"', '{"color":"none"}', '$."color"', 2, 5],
    },
    sqlite: {
      text: "select (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select (coalesce(tags, ?)) as x) as j0, json_each(j0.x) as j1 where j1.key = ?) as v from goods where id in (?, ?) order by id",
      values: ['{"color":"none"}', 'color', 2, 5],
    },
    rows: [['blue'], ['none']],
  },
  {
    name: 'a key with a minus in front',
    query: () => sql`select id from goods where ${sql.jsonPath('tags', ['-1'])} is not null`,
    postgres: {
      text: 'select id from goods where ("tags" ->> cast($1 as text)) is not null',
      values: ['-1'],
    },
    mysql: { refused: 'sql/invalid-json-path' },
    sqlite: {
      text: "select id from goods where (select case j1.type when 'true' then 'true' when 'false' then 'false' else cast(j1.value as text) end from (select `tags` as x) as j0, json_each(j0.x) as j1 where j1.key = ?) is not null",
      values: ['-1'],
    },
    rows: [],
  },
];
