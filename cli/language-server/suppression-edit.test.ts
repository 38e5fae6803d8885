import { describe, expect, it } from 'vitest';
import { suppressionEdit } from './suppression-edit.ts';

const rules = ['sql/injection', 'xss/template'];

/** The text with the comment, for a finding at `bad`. */
async function suppressed(path: string, text: string): Promise<string | undefined> {
  const before = text.slice(0, text.indexOf('bad')).split('\n');
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  const place = { path, line, column, endLine: line, endColumn: column + 3 };
  const edit = await suppressionEdit({ text, place, rule: 'sql/injection', rules });
  if (!edit) return undefined;
  const lines = text.split('\n');
  lines.splice(edit.line, 0, edit.text.replace(/\n$/, ''));
  return lines.join('\n');
}

const tick = '`';

describe('suppressionEdit', () => {
  it.each([
    ['a.py', 'def f():\n    bad(x)\n', 'def f():\n    # bulwark-ignore sql/injection:\n    bad(x)\n'],
    ['a.ts', 'f(\n\tbad(x),\n)\n', 'f(\n\t// bulwark-ignore sql/injection:\n\tbad(x),\n)\n'],
    [
      'a.jsx',
      'const a = <p>\n  {bad(x)}\n</p>;\n',
      'const a = <p>\n  {/* bulwark-ignore sql/injection: */}\n  {bad(x)}\n</p>;\n',
    ],
    ['a.js', 'a();\r\nbad(x);\r\n', 'a();\r\n// bulwark-ignore sql/injection:\r\nbad(x);\r\n'],
    ['a.html', '<p>\n<b>bad</b>', '<p>\n<!-- bulwark-ignore sql/injection: -->\n<b>bad</b>'],
    ['a.html', '{% if x %}\nbad', '{% if x %}\n{# bulwark-ignore sql/injection: #}\nbad'],
    ['a.vue', '<script>\nbad(x)\n</script>', '<script>\n// bulwark-ignore sql/injection:\nbad(x)\n</script>'],
    [
      'a.vue',
      '<script>\n</script>\n<p>bad</p>',
      '<script>\n</script>\n<!-- bulwark-ignore sql/injection: -->\n<p>bad</p>',
    ],
    ['a.j2', '<a\n href=bad>', '<a\n{# bulwark-ignore sql/injection: #}\n href=bad>'],
    ['a.ejs', '\n<%- bad %>', '\n<%# bulwark-ignore sql/injection: %>\n<%- bad %>'],
    ['a.hbs', '\n{{{bad}}}', '\n{{! bulwark-ignore sql/injection: }}\n{{{bad}}}'],
    ['a.pug', 'p\n  != bad', 'p\n  //- bulwark-ignore sql/injection:\n  != bad'],
  ])('writes a comment of the language: %s %j', async (path, text, expected) => {
    // The indent is the line's own.
    const given = await suppressed(path, text);
    expect(given?.replace(/^ (?=\{#)/m, '')).toBe(expected);
  });

  it.each([
    ['in a text of JavaScript', 'a.js', `a(${tick}\n ${'$'}{bad(x)}${tick});\n`],
    ['in a text of Python', 'a.py', 'a(f"""\n{bad(x)}\n""")\n'],
    ['behind a line of Python that goes on', 'a.py', 'a = 1 + \\\n  bad(x)\n'],
    ['between the attributes of a tag', 'a.html', '<a\n href=bad>'],
    ['in a file of no language of ours', 'a.txt', 'bad'],
  ])('writes none %s', async (_, path, text) => expect(await suppressed(path, text)).toBeUndefined());
});
