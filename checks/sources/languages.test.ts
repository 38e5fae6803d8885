import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { languageTests } from './language-laws.ts';

/** Files that may ask which language it is, each with the reason. The list can only get shorter. */
const known: Readonly<Record<string, string>> = {};

describe('the scanner', () => {
  const found = repositoryFiles('cli/scan/*.ts').flatMap((file) =>
    languageTests(file, readFileSync(join(root, file), 'utf8')),
  );
  const pathOf = (line: string): string => line.replace(/:.*/s, '');

  it('asks a language for facts, not for its name', () => {
    expect(found.filter((line) => known[pathOf(line)] === undefined)).toEqual([]);
  });

  it('has no exception that is not needed', () => {
    const needed = new Set(found.map(pathOf));
    expect(Object.keys(known).filter((file) => !needed.has(file))).toEqual([]);
  });
});

describe('the law of languages', () => {
  const lines = (file: string, text: string): number => languageTests(file, text).length;

  it.each([
    "if (use.language.id === 'python') return undefined;",
    "const own = table['javascript'];",
    'const isPython = false;',
    'return frame.isPython ? a : b;',
    "if (module.language !== 'template') return;",
    "if (path.endsWith('.py')) return;",
  ])('finds %s', (line) => {
    expect(lines('cli/scan/dataflow/query/a.ts', line)).toBe(1);
  });

  it.each([
    ['cli/scan/languages/python/language.ts', "  id: 'python',"],
    ['cli/scan/frameworks/flask/model.ts', "  language: 'python',"],
    ['cli/scan/dataflow/query/a.test.ts', "const of = 'python';"],
    ['cli/scan/rules/a/rule.ts', "  languages: ['python'],"],
    ['cli/scan/dataflow/query/a.ts', "// 'python'"],
    ['cli/scan/dataflow/query/a.ts', "const kind = 'template';"],
    ['cli/scan/dataflow/query/a.ts', 'const isPythonic = 1;'],
    ['cli/audit/a.ts', "const ecosystem = 'python';"],
  ])('leaves what is in %s: %s', (file, line) => {
    expect(lines(file, line)).toBe(0);
  });
});
