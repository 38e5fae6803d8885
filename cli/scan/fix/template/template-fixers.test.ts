import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';

const express = (view: string): string =>
  `import express from 'express';\nexpress().get('/', (req, res) => res.render('${view}', { q: req.query.q }));\n`;
const flask =
  'from flask import Flask, render_template, request\napp = Flask(__name__)\n@app.get("/")\ndef page():\n' +
  '    return render_template("page.html", q=request.args["q"])\n';

async function fixed(files: Readonly<Record<string, string>>, path: string): Promise<string | undefined> {
  const { changed, left } = await fixProject(files, (rule) => rule === 'xss/template');
  // A case in which nothing is found would prove nothing.
  if (changed.size === 0) expect(left).not.toEqual([]);
  return changed.get(path)?.trimEnd();
}

describe('fixes in templates', () => {
  it.each([
    ['page.ejs', '<p><%- q %></p>', '<p><%= q %></p>'],
    ['page.hbs', '<p>{{{q}}}</p>', '<p>{{q}}</p>'],
    ['page.hbs', '<p>{{& q}}</p>', '<p>{{q}}</p>'],
    ['page.pug', 'p Hello !{q}', 'p Hello #{q}'],
  ])('escapes what a request brought, in %s: %s', async (name, before, after) => {
    const path = `views/${name}`;
    const files = { 'app.js': express(name), [path]: `${before}\n` };
    expect(await fixed(files, path)).toBe(after);
  });

  it('takes `safe` away in Jinja', async () => {
    const path = 'templates/page.html';
    expect(await fixed({ 'app.py': flask, [path]: '<p>{{ q|trim|safe }}</p>\n' }, path)).toBe(
      '<p>{{ q|trim }}</p>',
    );
  });

  it('leaves what is worked on, as it may be markup', async () => {
    const path = 'templates/page.html';
    const app = flask.replace('request.args["q"]', '"<b>" + request.args["q"] + "</b>"');
    expect(await fixed({ 'app.py': app, [path]: '<p>{{ q|safe }}</p>\n' }, path)).toBeUndefined();
  });

  it('leaves a value in a script, where escaping is not enough', async () => {
    const path = 'templates/page.html';
    const files = { 'app.py': flask, [path]: '<script>start({{ q|safe }})</script>\n' };
    expect(await fixed(files, path)).toBeUndefined();
  });

  describe.each([
    ['templates/page.html', '{{ q|safe }}', '{{ q }}'],
    ['views/page.ejs', '<%- q %>', '<%= q %>'],
    ['views/page.hbs', '{{{q}}}', '{{q}}'],
  ])('in %s', (path, raw, escaped) => {
    const app = path.startsWith('views') ? { 'app.js': express(path.slice(6)) } : { 'app.py': flask };
    const page = (html: string): Promise<string | undefined> =>
      fixed({ ...app, [path]: `${html.replace('@', raw)}\n` }, path);

    it.each([
      '<script>start("@")</script>',
      '<script type="application/json">{"q": "@"}</script>',
      '<style>p { color: @ }</style>',
      '<p onclick="go(\'@\')">a</p>',
      '<p style="color: @">a</p>',
      '<a href="@">a</a>',
      '<a href="/x?q=@">a</a>',
      '<img srcset="@">',
      '<iframe srcdoc="@"></iframe>',
      '<p title=@>a</p>',
      '<p @>a</p>',
      '<p data-@="a">a</p>',
      '<@>a',
      '<p x-data="{ q: \'@\' }">a</p>',
      '<script><!--<script></script>@',
    ])('leaves %s', async (html) => expect(await page(html)).toBeUndefined());

    it.each([
      '<p>@</p>',
      '<p title="@">a</p>',
      "<p data-name='@'>a</p>",
      '<script>if (a < b) go("<p");</script><p>@</p>',
      '<title>@</title>',
      '<p>1 < 2: @</p>',
      '<a href="/x" title="a > b">@</a>',
    ])('escapes in %s', async (html) => expect(await page(html)).toBe(html.replace('@', escaped)));
  });

  it.each(['script.\n  start("!{q}")', 'style.\n  p { color: !{q} }', 'p <a href="!{q}">a</a>'])(
    'leaves in Pug: %s',
    async (text) => {
      const files = { 'app.js': express('page.pug'), 'views/page.pug': `${text}\n` };
      expect(await fixed(files, 'views/page.pug')).toBeUndefined();
    },
  );

  it('leaves more than a value', async () => {
    const files = { 'app.js': express('page.ejs'), 'views/page.ejs': '<p><%- q + q %></p>\n' };
    expect(await fixed(files, 'views/page.ejs')).toBeUndefined();
  });
});
