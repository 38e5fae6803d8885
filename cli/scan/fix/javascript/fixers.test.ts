import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';
import { readFixCases } from '../testing/fix-cases.ts';

const cases = readFixCases(new URL('./fixers.fixes', import.meta.url));
const dependencies = '{ "dependencies": { "bulwark": "0.1.0" } }';
const isOwn = (rule: string): boolean => /^(?:command|tls|cookie|xss|ssrf)\//.test(rule);

async function fixed(
  path: string,
  code: string,
  json = dependencies,
  takesUnsure = false,
): Promise<string | undefined> {
  const texts = { [path]: `${code}\n`, 'package.json': json };
  const { changed, left } = await fixProject(texts, isOwn, { takesUnsure });
  // A case in which nothing is found would prove nothing.
  if (changed.size === 0) expect(left).not.toEqual([]);
  return changed.get(path)?.trimEnd();
}

describe('fixes in JavaScript', () => {
  it.each(cases.filter(({ after, isSuggested }) => after !== undefined && !isSuggested))(
    'fixes: $title',
    async ({ of, before, after }) => {
      expect(await fixed(of, before)).toBe(after);
    },
  );

  it.each(cases.filter(({ isSuggested }) => isSuggested))(
    'suggests, and does not apply: $title',
    async ({ of, before, after }) => {
      expect(await fixed(of, before)).toBeUndefined();
      expect(await fixed(of, before, dependencies, true)).toBe(after);
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
      const code = before.replaceAll('\n', '\r\n');
      expect(await fixed('app.ts', code, dependencies, true)).toBe(after?.replaceAll('\n', '\r\n'));
    }
  });
});
