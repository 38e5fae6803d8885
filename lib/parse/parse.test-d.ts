import * as v from 'valibot';
import { expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { parseCsv, readCsv } from './csv/index.ts';
import { type FormFields, parseForm, parseJson, parseQuery } from './index.ts';
import { parseYaml, parseYamlDocuments } from './yaml/index.ts';

const schema = z.object({ id: z.coerce.number(), name: z.string().default('') });
type Row = { id: number; name: string };

it('gives what the schema makes', () => {
  expectTypeOf(parseJson('1', { schema })).toEqualTypeOf<Row>();
  expectTypeOf(parseJson(new Uint8Array(), { schema: v.object({ a: v.string() }) })).toEqualTypeOf<{
    a: string;
  }>();
  expectTypeOf(parseForm('', { schema, nested: true })).toEqualTypeOf<Row>();
  expectTypeOf(parseQuery('', { schema })).toEqualTypeOf<Row>();
  expectTypeOf(parseYaml('', { schema })).toEqualTypeOf<Row>();
  expectTypeOf(parseYamlDocuments('', { schema })).toEqualTypeOf<Row[]>();
  expectTypeOf(parseCsv('', { schema })).toEqualTypeOf<Row[]>();
  expectTypeOf(readCsv(process.stdin, { schema })).toEqualTypeOf<AsyncGenerator<Row, void>>();
});

it('is unknown, or text, without one', () => {
  expectTypeOf(parseJson('1')).toBeUnknown();
  expectTypeOf(parseYaml('1')).toBeUnknown();
  expectTypeOf(parseQuery('a=1')).toEqualTypeOf<FormFields>();
  expectTypeOf(parseCsv('a')).toEqualTypeOf<Record<string, string>[]>();
  expectTypeOf(parseCsv('a', { header: false })).toEqualTypeOf<string[][]>();
  expectTypeOf(readCsv(process.stdin, { header: false })).toEqualTypeOf<AsyncGenerator<string[], void>>();
  // @ts-expect-error: what nothing checks has no type
  parseJson<Row>('1');
  // @ts-expect-error: a parsed body is no text
  parseJson({ a: 1 });
  // @ts-expect-error: there is no such option
  parseJson('1', { maxSize: 1 });
});
