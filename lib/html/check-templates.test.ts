import { describe, expect, it } from 'vitest';
import { checkTemplates, html } from './index.ts';

const of = (template: string): readonly string[] => template.split('#');

describe('checkTemplates', () => {
  it('gives the first mistake of each template, with its place and what to write', () => {
    expect(
      checkTemplates([
        { file: 'page.ts', line: 7, strings: of('<ul>\n  <li><a href=#>x</a></li>\n</ul>') },
        { file: 'fine.ts', strings: of('<a href="#">#</a><script src="#"></script><p #>') },
        { strings: of('<p onclick="#">') },
      ]),
    ).toMatchInlineSnapshot(`
      [
        {
          "code": "html/unquoted-attribute",
          "column": 15,
          "excerpt": "    <li><a href=\${...}>x</a></li>
                      ^",
          "file": "page.ts",
          "fix": "Write href="\${...}".",
          "line": 8,
          "message": "An attribute value with a hole must be quoted. Line 2, column 15:

          <li><a href=\${...}>x</a></li>
                      ^",
        },
        {
          "code": "html/hole-in-event-handler",
          "column": 13,
          "excerpt": "  <p onclick="\${...}">
                    ^",
          "file": undefined,
          "fix": "Put the value into data-value="\${...}", and add the listener from a script: element.addEventListener('click', () => element.dataset.value).",
          "line": 1,
          "message": "A hole is in an event handler, which the browser runs as a script. Line 1, column 13:

        <p onclick="\${...}">
                    ^",
        },
      ]
    `);
  });

  it('finds what has no place, and what is no text of a template', () => {
    expect(
      checkTemplates([{ strings: ['a\0b'] }, { strings: of('<svg><g>') }, { strings: [] }]),
    ).toMatchObject([
      { code: 'html/malformed-template', line: 1, column: 1, excerpt: '' },
      { code: 'html/unfinished-template', line: 1 },
    ]);
  });
});

describe('a Misuse of a template', () => {
  it('names the file and the line that it is in', () => {
    const unquoted = (): unknown => html`<a href=${'x'}>`;
    expect(unquoted).toThrow(/check-templates\.test\.ts:\d+:\d+$/);
    expect(() => html`<p title="${html`x`}">`).toThrow(/check-templates\.test\.ts:\d+:\d+$/);
    const call = html as unknown as (strings: string[]) => unknown;
    expect(() => call(['<b>'])).toThrow(/check-templates\.test\.ts:\d+:\d+$/);
  });
});
