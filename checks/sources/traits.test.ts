import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { nameTests } from './trait-laws.ts';

/** Files that may decide by a name, each with the reason. The list can only get shorter. */
const known: Readonly<Record<string, string>> = {
  'cli/scan/inventory/query-builders.ts':
    'Makers of raw SQL have the same few names in many libraries. Next: a trait of each.',
  'cli/scan/rules/kit/rule-table.ts':
    'A filter for speed: a rule that looks at a call for its name decides by the type.',
  'cli/scan/rules/kit/value/sent-by-others.ts':
    'Rules pass it a pattern of sources, for states as for origins.',
};

describe('the scanner', () => {
  const found = repositoryFiles('cli/scan/*.ts').flatMap((file) =>
    nameTests(file, readFileSync(join(root, file), 'utf8')),
  );
  const pathOf = (line: string): string => line.replace(/:.*/s, '');

  it('decides by traits that the models declare, not by names', () => {
    expect(found.filter((line) => known[pathOf(line)] === undefined)).toEqual([]);
  });

  it('has no exception that is not needed', () => {
    const needed = new Set(found.map(pathOf));
    expect(Object.keys(known).filter((file) => !needed.has(file))).toEqual([]);
  });
});

describe('the law of traits', () => {
  const lines = (file: string, text: string): number => nameTests(file, text).length;

  it.each([
    "const chain = 'koa';",
    "const type = 'express.Request';",
    'if (/koa/i.test(one)) return;',
    "linked.states(id, value).some(({ name }) => name === 'koa.Context');",
    'states.some(({ name }) => read.test(name));',
    "if (state.name.startsWith('jsx.')) return;",
    'if (slow.test(state.name)) return;',
    'for (const { name } of states) all.add(name);',
    '({ args, name }) => args.length > 0 && raw.test(name),',
  ])('finds %s', (line) => {
    expect(lines('cli/scan/dataflow/query/a.ts', line)).toBe(1);
  });

  it.each([
    ['cli/scan/frameworks/koa/model.ts', "  ['koa.App', 'koa', 'Instance'],"],
    ['cli/scan/dataflow/query/a.test.ts', "const of = 'koa';"],
    ['cli/scan/dataflow/query/a.ts', '// `koa`'],
    ['cli/scan/dataflow/query/a.ts', "const step = 'next';"],
    ['cli/scan/dataflow/query/a.ts', "hasTrait(states, 'throws-answers')"],
    ['cli/scan/rules/a/rule.ts', "isOfType(states, 'express.Request')"],
  ])('leaves what is in %s: %s', (file, line) => {
    expect(lines(file, line)).toBe(0);
  });
});
