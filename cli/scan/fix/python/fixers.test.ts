import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';
import { readFixCases } from '../testing/fix-cases.ts';

const cases = readFixCases(new URL('./fixers.fixes', import.meta.url));
const isOwn = (rule: string): boolean =>
  /^(?:command|deserialize|tls|request|config|cookie|xss)\//.test(rule) && rule !== 'xss/autoescape-off';

async function fixed(path: string, code: string, takesUnsure = false): Promise<string | undefined> {
  const { changed, left } = await fixProject({ [path]: `${code}\n` }, isOwn, { takesUnsure });
  // A case in which nothing is found would prove nothing.
  if (changed.size === 0) expect(left).not.toEqual([]);
  return changed.get(path)?.trimEnd();
}

describe('fixes in Python', () => {
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
      expect(await fixed(of, before, true)).toBe(after);
    },
  );

  it.each(cases.filter(({ after }) => after === undefined))('leaves: $title', async ({ of, before }) => {
    expect(await fixed(of, before)).toBeUndefined();
  });

  it('keeps the ends of lines', async () => {
    for (const { of, before, after } of cases.filter((one) =>
      /^(?:os.system|a request.*line)$/.test(one.title),
    )) {
      expect(await fixed(of, before.replaceAll('\n', '\r\n'), true)).toBe(after?.replaceAll('\n', '\r\n'));
    }
  });

  it("are Python by Python's own parser", () => {
    const texts = cases.flatMap(({ after }) => after ?? []);
    const check = 'import ast, json, sys\nprint(len([ast.parse(text) for text in json.load(sys.stdin)]))';
    const answer = execFileSync('python3', ['-c', check], { input: JSON.stringify(texts), encoding: 'utf8' });
    expect(Number(answer)).toBe(texts.length);
  });
});
