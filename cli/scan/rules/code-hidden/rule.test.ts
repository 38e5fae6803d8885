import { describe, expect, it } from 'vitest';
import type { LanguageId } from '../../languages/language-id.ts';
import { rule } from './rule.ts';

function confidences(text: string, path = 'src/app.js', language: LanguageId = 'javascript'): string[] {
  return rule.read({ path, text, language }).map(({ confidence }) => confidence);
}

const runOf = (code: number, count: number): string => String.fromCodePoint(code).repeat(count);

describe('signs that readers do not see', () => {
  it.each([
    ['a comment that is code', '/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin */', 'high'],
    [
      'a text that goes on in what looks like a comment',
      'if (level != "user\u202e \u2066// admin\u2069 \u2066") {',
      'high',
    ],
    ['a comment of Python', "''' \u2067''' ;return", 'high'],
    ['an isolate that is closed by an embedding alone', 'const a = "\u2067 abc \u202c";', 'high'],
    ['an override that is closed', 'const name = "\u202eabc\u202c def";', 'medium'],
    ['an isolate that is closed', '// \u2067 abc \u2069', 'medium'],
    ['tags as a payload', `const a = "${runOf(0xe0041, 30)}";`, 'medium'],
    ['variation selectors that are run', `eval(decode("${runOf(0xfe01, 30)}"))`, 'high'],
    ['spaces without width', `const a = '${runOf(0x200b, 12)}';`, 'medium'],
    ['a parameter that cannot be seen', 'const { timeout, \u3164 } = req.query;', 'high'],
    ['a variable that cannot be seen', 'let \uffa0 = 1;', 'high'],
    ['a name with a joiner', 'if (is\u200dAdmin) return;', 'medium'],
  ])('finds %s', (_, line, confidence) => {
    expect(confidences(`const first = 1;\n${line}\n`)).toEqual([confidence]);
  });

  it.each([
    ['escapes', 'const a = "\\u202e\\u2066";'],
    ['a byte order mark', '\ufeffconst a = 1;'],
    ['an emoji of joined parts', 'const a = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\ufe0f";'],
    ['a flag of tags', 'const a = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";'],
    ['a joiner of Persian', 'const a = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645";'],
    ['a filler in a text', 'const blank = "\u3164";'],
    ['a filler in a comment', '// = \u3164'],
    ['a joiner in a text', 'const a = "foo\u200dbar";'],
  ])('leaves %s alone', (_, line) => {
    expect(confidences(`${line}\n`)).toEqual([]);
  });

  it.each([
    ['a test', 'test/strip.test.js', 'strip("a\u202eb")', 'javascript'],
    ['a translation', 'src/locales/he.ts', 'export const a = "\u202b\u05d0";', 'javascript'],
    ['a page', 'index.html', '<p>\u202b\u05d0</p>', 'template'],
    ['a list of such signs', 'strip.js', "const all = ['\u202a', '\u202b'];", 'javascript'],
    ['an expression of such signs', 'strip.js', 'text.replace(/[\u202a-\u202e]/g, "")', 'javascript'],
  ] as const)('is not sure of %s', (_, path, text, language) => {
    expect(confidences(text, path, language)).toEqual(['low']);
  });

  it('is not put off by a folder of translations where what nobody sees is run', () => {
    const payload = '\u{e0163}\u{e0161}'.repeat(20);
    const path = 'src/lang/he.js';
    expect(confidences(`eval(read('${payload}'));`, path)).toEqual(['medium']);
    expect(confidences(`export const a = '${payload}';`, path)).toEqual(['low']);
  });

  it('reads lines that open and end ten thousand directions', () => {
    const line = `#${'\u202a'.repeat(9990)}${'\u2069'.repeat(9990)}\n`;
    expect(confidences(line.repeat(32), 'a.py', 'python')).toEqual(new Array(32).fill('high'));
  });

  it('says where it is, and no more than fifty times', () => {
    const [first] = rule.read({
      path: 'a.py',
      language: 'python',
      text: 'a = 1\nb = "\u202e"\nc = "x\u202e y"\n',
    });
    expect(first?.at).toBe(11);
    expect(confidences('x = "a\u202e b"\n'.repeat(200))).toHaveLength(50);
  });
});
