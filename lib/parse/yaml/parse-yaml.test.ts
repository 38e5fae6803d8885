import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { hostileYaml, ordinaryYaml } from '../../../checks/parse/yaml-cases.ts';
import { parseYaml, parseYamlDocuments } from './index.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

describe('YAML that is refused', () => {
  it.each(hostileYaml.map((one) => [one.text.slice(0, 50), one.why, one] as const))(
    '%j (%s)',
    (_, __, { text, code }) => {
      expect(refused(() => parseYaml(text))).toBe(`parse/${code}`);
      expect(refused(() => parseYaml(Buffer.from(text)))).toBe(`parse/${code}`);
    },
  );

  it('says where, and quotes nothing', () => {
    try {
      parseYaml('user: ada\npassword: !!js/eval hunter2\n');
      expect.unreachable();
    } catch (error) {
      const { detail, message, hint } = error as { detail: object; message: string; hint: string };
      expect(detail).toEqual({ format: 'yaml', what: 'a tag', line: 2, column: 21 });
      expect(JSON.stringify([detail, message, hint])).not.toContain('hunter2');
    }
    try {
      parseYaml('a:\n  - b\n c: "hunter2"\n');
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify((error as { detail: object }).detail)).not.toContain('hunter2');
      expect((error as { detail: object }).detail).toMatchObject({ reason: 'BAD_INDENT', line: 3 });
    }
  });
});

describe('YAML that is read', () => {
  it.each(ordinaryYaml)('%j', (text, expected) => {
    expect(parseYaml(text)).toEqual(expected);
    expect(parseYaml(Buffer.from(text))).toEqual(expected);
  });

  it('copies the target of an alias', () => {
    const { a, b } = parseYaml('a: &a {x: 1}\nb: *a') as Record<'a' | 'b', { x: number }>;
    a.x = 2;
    expect(b.x).toBe(1);
  });

  it('reaches exactly the limits', () => {
    const flow = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const block = (depth: number): string =>
      Array.from({ length: depth }, (_, i) => `${'  '.repeat(i)}a:`).join('\n');
    for (const text of [flow, block]) {
      expect(refused(() => parseYaml(text(64)))).toBeTypeOf('object');
      expect(refused(() => parseYaml(text(65)))).toBe('parse/too-deep');
      expect(refused(() => parseYaml(text(200), { maxDepth: 200 }))).toBeTypeOf('object');
    }
    expect(parseYaml('a', { maxDepth: 0 })).toBe('a');
    expect(refused(() => parseYaml('[]', { maxDepth: 0 }))).toBe('parse/too-deep');
    expect(parseYaml('[a, b]', { maxValues: 3 })).toEqual(['a', 'b']);
    expect(refused(() => parseYaml('[a, b, c]', { maxValues: 3 }))).toBe('parse/too-many');
    expect(refused(() => parseYaml('a: &a 1\nb: *a', { maxAliases: 0 }))).toBe('parse/too-many');
    expect(parseYaml('a: &a 1\nb: *a', { maxAliases: 1 })).toEqual({ a: 1, b: 1 });
    expect(refused(() => parseYaml('9007199254740993', { bigints: 'refuse' }))).toBe('parse/invalid-number');
    // Each alias is one level deeper than the previous one, however flat the text is.
    const chain = Array.from({ length: 80 }, (_, i) => `- &a${i} [${i > 0 ? `*a${i - 1}` : ''}]`).join('\n');
    expect(refused(() => parseYaml(chain))).toBe('parse/too-deep');
  });
});

describe('merge keys, if they are allowed', () => {
  const options = { allowMergeKeys: true };

  it('add the keys that a mapping does not have', () => {
    const text = 'base: &b {x: 1, y: 1}\nmore: &m {y: 2, z: 2}\nown: {<<: *b, x: 3}\nboth: {<<: [*b, *m]}';
    expect(parseYaml(text, options)).toEqual({
      ...{ base: { x: 1, y: 1 }, more: { y: 2, z: 2 }, own: { x: 3, y: 1 }, both: { x: 1, y: 1, z: 2 } },
    });
  });

  it('are refused without a mapping, and multiply nothing', () => {
    expect(refused(() => parseYaml('a: {<<: 1}', options))).toBe('parse/not-allowed');
    expect(refused(() => parseYaml('a: &a {<<: *a}', options))).toBe('parse/not-allowed');
    expect(refused(() => parseYaml('<<: {__proto__: {a: 1}}', options))).toBe('parse/dangerous-key');
    const many = [
      'a0: &a0 {k: v}',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}]}`),
    ];
    expect(refused(() => parseYaml(many.join('\n'), options))).toBe('parse/too-many');
  });
});

describe('several documents', () => {
  it('are read one by one', () => {
    expect(parseYamlDocuments('a: 1\n---\na: 2\n---\n- b')).toEqual([{ a: 1 }, { a: 2 }, ['b']]);
    expect(parseYamlDocuments('a: &a 1\n---\nb: 2')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(parseYamlDocuments('')).toEqual([]);
  });

  it('have limits and a schema each', () => {
    expect(refused(() => parseYamlDocuments('a: &a 1\n---\nb: *a'))).toBe('parse/invalid-syntax');
    expect(refused(() => parseYamlDocuments('a\n---\nb\n---\nc', { maxDocuments: 2 }))).toBe(
      'parse/too-many',
    );
    expect(parseYamlDocuments('1\n---\n2', { schema: z.number() })).toEqual([1, 2]);
    expect(refused(() => parseYamlDocuments('1\n---\nx', { schema: z.number() }))).toBe('parse/invalid-data');
    expect(refused(() => parseYaml('1', { maxDocuments: 2 } as never))).toBe('bulwark/invalid-option');
  });
});

describe('a schema', () => {
  it('of zod or valibot makes the result', () => {
    const text = 'name: ada\nport: 80';
    expect(parseYaml(text, { schema: z.object({ name: z.string(), port: z.number() }) })).toEqual({
      name: 'ada',
      port: 80,
    });
    expect(parseYaml(text, { schema: v.object({ port: v.number() }) })).toEqual({ port: 80 });
    expect(refused(() => parseYaml(text, { schema: v.object({ port: v.string() }) }))).toBe(
      'parse/invalid-data',
    );
  });
});

describe('options', () => {
  it.each([{ maxDepth: 500 }, { maxValues: 0 }, { bigints: 1 }, { allowMergeKeys: 'yes' }, { schema: 1 }])(
    'refuses %j',
    (options) => {
      expect(refused(() => parseYaml('a', options as never))).toBe('bulwark/invalid-option');
    },
  );
});

describe('any YAML', () => {
  it('that the library writes is read back', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc
      .string({ minLength: 1 })
      .filter((text) => !['__proto__', 'constructor', '<<'].includes(text));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        // An integer that the library writes without an exponent may be beyond 2^53.
        const text = stringify(plain);
        if (!/\d{16}/.test(text)) expect(parseYaml(text)).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('made of hostile pieces ends in plain data or a refusal', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        '&a ',
        '*a',
        '!!str ',
        '!x ',
        '- ',
        '? ',
        ': ',
        '<<',
        '[',
        ']',
        '{',
        '}',
        ', ',
        '\n',
        '\n  ',
        '|\n',
        '>',
        '"',
        "'",
        '#',
        ' #',
      ],
      ...[
        '%YAML 1.1\n',
        '---\n',
        '...\n',
        '\t',
        '__proto__',
        '1e999',
        '\\',
        '\ufeff',
        '\r',
        '\u2028',
        '~',
        '0x',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const outcome = refused(() => parseYaml(pieces.join(''), { allowMergeKeys: true }));
        if (typeof outcome === 'string') expect(outcome).toMatch(/^parse\//);
        else expect(outcome).toHaveProperty('accepted');
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });
});
