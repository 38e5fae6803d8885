import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';
import { readFixCases } from '../testing/fix-cases.ts';

const cases = readFixCases(new URL('./fixers.fixes', import.meta.url));
const dependencies = '{ "dependencies": { "bulwark": "0.1.0" } }';
const isOwn = (rule: string): boolean => /^(?:command|tls|cookie|xss|ssrf)\//.test(rule);

async function fixed(path: string, code: string, json = dependencies): Promise<string | undefined> {
  const { changed, left } = await fixProject({ [path]: `${code}\n`, 'package.json': json }, isOwn);
  // A case in which nothing is found would prove nothing.
  if (changed.size === 0) expect(left).not.toEqual([]);
  return changed.get(path)?.trimEnd();
}

describe('fixes in JavaScript', () => {
  it.each(cases.filter(({ after }) => after !== undefined))(
    'fixes: $title',
    async ({ of, before, after }) => {
      expect(await fixed(of, before)).toBe(after);
    },
  );

  it.each(cases.filter(({ after }) => after === undefined))('leaves: $title', async ({ of, before }) => {
    expect(await fixed(of, before)).toBeUndefined();
  });

  it.each(cases.filter(({ after }) => after?.includes('bulwark/')))(
    'imports no guard where bulwark is no dependency: $title',
    async ({ of, before }) => {
      expect((await fixed(of, before, '{ "dependencies": {} }')) ?? '').not.toContain('bulwark');
    },
  );

  it('keeps the ends of lines', async () => {
    const find = (title: string): { before: string; after?: string | undefined } =>
      cases.find((one) => one.title === title) ?? { before: '' };
    for (const title of ['a page by the html tag', 'flags of a cookie, line by line', 'a guarded fetch']) {
      const { before, after } = find(title);
      expect(await fixed('app.ts', before.replaceAll('\n', '\r\n'))).toBe(after?.replaceAll('\n', '\r\n'));
    }
  });
});
