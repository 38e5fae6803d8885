import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataIssues, parseJson, type StandardSchema } from './index.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

describe('a schema', () => {
  const zod = z.object({ name: z.string(), age: z.number().min(18), tags: z.array(z.string()).default([]) });
  const valibot = v.object({ name: v.string(), age: v.pipe(v.number(), v.minValue(18)) });

  it('of zod or valibot makes the result', () => {
    expect(parseJson('{"name":"Ada","age":36,"more":1}', { schema: zod })).toEqual({
      name: 'Ada',
      age: 36,
      tags: [],
    });
    expect(parseJson('{"name":"Ada","age":36}', { schema: valibot })).toEqual({ name: 'Ada', age: 36 });
  });

  it('refuses with paths, but without values or unknown names', () => {
    const text = '{"name":["s3cret"],"age":"hunter2"}';
    for (const schema of [zod, valibot]) {
      try {
        parseJson(text, { schema: schema as StandardSchema });
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ code: 'parse/invalid-data', status: 422 });
        const issues = dataIssues(error);
        expect(issues?.map(({ path }) => path)).toEqual([['name'], ['age']]);
        expect(JSON.stringify([issues, (error as { detail: object }).detail])).not.toMatch(/s3cret|hunter2/);
      }
    }
    const keys = z.record(z.string(), z.number());
    try {
      parseJson('{"<script>":"x","ok":"y"}', { schema: keys });
      expect.unreachable();
    } catch (error) {
      expect(dataIssues(error)?.map(({ path }) => path)).toEqual([['?'], ['ok']]);
    }
    expect(dataIssues(new Error('other'))).toBeUndefined();
  });

  it('reports at most 20 issues', () => {
    try {
      parseJson(JSON.stringify(Array.from({ length: 1_000 }, () => 'x')), { schema: z.array(z.number()) });
      expect.unreachable();
    } catch (error) {
      expect(dataIssues(error)).toHaveLength(20);
      expect((error as { detail: unknown }).detail).toMatchObject({ count: 1_000 });
    }
  });

  it('must be synchronous, and a schema', async () => {
    const later = v.pipeAsync(
      v.string(),
      v.checkAsync(async () => Promise.reject(new Error('later'))),
    );
    expect(refused(() => parseJson('"a"', { schema: later }))).toBe('bulwark/invalid-option');
    expect(refused(() => parseJson('"a"', { schema: {} as never }))).toBe('bulwark/invalid-option');
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library
    const thenable = { then: (_: unknown, fail: (error: Error) => void) => fail(new Error('later')) };
    const foreign = { '~standard': { version: 1, vendor: 'test', validate: () => thenable } };
    expect(refused(() => parseJson('"a"', { schema: foreign as never }))).toBe('bulwark/invalid-option');
    // An unhandled rejection would fail this file.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
