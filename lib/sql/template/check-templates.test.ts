import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTemplates, sql } from '../index.ts';

/** The verdict of the tag itself on a template in this form. */
function tagged(strings: readonly string[], values: readonly unknown[]): string | undefined {
  const template = [...strings];
  Object.defineProperty(template, 'raw', { value: Object.freeze([...strings]), enumerable: false });
  try {
    sql(Object.freeze(template) as unknown as TemplateStringsArray, ...(values as string[]));
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('checkTemplates', () => {
  it('names the file, the line and the fix', () => {
    expect(
      checkTemplates([{ file: 'a.ts', line: 7, strings: ['select 1,\n', '\n from t where a = "', '"'] }]),
    ).toEqual([
      {
        code: 'sql/hole-in-identifier',
        message: expect.stringContaining('Line 3'),
        file: 'a.ts',
        line: 9,
        fix: expect.any(String),
      },
    ]);
  });

  it('agrees with the tag on backslashes', () => {
    const [found] = checkTemplates([{ strings: ["select 'd'"], raw: ["select '\\d'"] }]);
    expect(found?.code).toBe('sql/ambiguous-text');
    expect(checkTemplates([{ strings: ["select '\\\\d'"], raw: ["select '\\\\\\\\d'"] }])).toEqual([]);
  });

  it('finds a plain value where SQL takes a name, and leaves a hole that may be SQL', () => {
    const strings = ['select * from ', ''];
    expect(checkTemplates([{ strings, isValue: [true] }])).toMatchObject([{ code: 'sql/value-as-syntax' }]);
    expect(checkTemplates([{ strings }, { strings, isValue: [false] }])).toEqual([]);
  });

  it('agrees with the tag on any template', () => {
    const part = fc.constantFrom(
      'select ',
      'from ',
      ' where a = ',
      "'",
      '"',
      '`',
      '--',
      '/*',
      '*/',
      '\n',
      ';',
      '$1',
      '$$',
      '?',
      'in ',
      'order by ',
      '(',
      ')',
      ',',
      'x',
      ' ',
    );
    const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (strings) => {
        const values = strings.slice(1).map(() => 'v');
        const [found] = checkTemplates([{ strings, isValue: values.map(() => true) }]);
        expect(found?.code).toBe(tagged(strings, values));
      }),
      { numRuns: 3000 },
    );
  });
});
