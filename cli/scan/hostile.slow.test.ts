import { describe, expect, it } from 'vitest';
import { findingsOf } from './testing/judge.ts';

/** What the scanner says of one file, which must not be too much for it. */
async function scanned(path: string, text: string): Promise<readonly string[]> {
  const rule = 'xss/reflected';
  const findings = await findingsOf({
    title: path,
    rule,
    isBad: true,
    files: [{ path, text }],
    expected: [],
    at: '',
  });
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ place }) => `${place.path}:${place.line}`);
}

const many = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Ends with a hole, so that a scan that gave up would be told from one that did not. */
const hole = "\nrequire('express')().get('/', (req, res) => res.send('<p>' + req.query.q));";

describe('code that was written to be too much', () => {
  it.each([
    [
      'conditions in loops that lead to each other through a negation',
      `function f(x, n) {\n  let a = x, b = n, c = n;\n  while (n--) {\n    if (!(a && b)) c = !a;\n    ${many(40, (i) => `a = !(b && c${i % 2 ? '' : ' || a'}); b = !(a || c);`)}\n    if (!a) n = c;\n  }\n  return !(a && !b);\n}\nf(1, 2);`,
    ],
    [
      'listeners by the thousands in one function',
      `const s = new (require('ws'))('ws://x');\n${many(12_000, (i) => `s.on('message', (d${i}) => { console.log(String(d${i})); });`)}`,
    ],
    [
      'providers by the thousands in one module',
      `const { container } = require('tsyringe');\n${many(3000, (i) => `class C${i} { run(x) { return x; } }\ncontainer.register('k${i % 2}', { useExisting: 'k${i}' });\ncontainer.register('k${i}', { useClass: C${i} });\ncontainer.resolve('k${i}').run(1);`)}`,
    ],
    [
      'objects spread into objects',
      `const o0 = {};\n${many(3000, (i) => `const o${i + 1} = { ...o${i} };`)}`,
    ],
    [
      'classes made by functions of classes',
      `class X0 {}\n${many(300, (i) => `const M${i} = (S) => class extends S { m${i}() {} };\nclass X${i + 1} extends M${i}(X${i}) {}`)}`,
    ],
    [
      'classes that extend each other in a circle',
      many(200, (i) => `class C${i} extends C${(i + 1) % 200} { m() { super.m(); } }`),
    ],
    [
      'classes of which each may extend any of many, and have a setter',
      `class Z { set v(x) {} }\n${many(24, (k) => `class L0_${k} extends Z {}`)}\n${many(
        7,
        (i) =>
          `const P${i} = [${many(24, (k) => `L${i}_${k},`)}][n];\n${many(24, (k) => `class L${i + 1}_${k} extends P${i} {}`)}`,
      )}\nnew L7_0().w = 1;\nnew L7_0().v = 1;`,
    ],
    [
      'functions that fill and spread their argument in circles',
      many(
        200,
        (i) => `function f${i}(o) { o.p${i} = o.a; f${(7 * i + 1) % 200}({ ...o, q${i}: o }); return o; }`,
      ),
    ],
    [
      'conditions of four hundred ways that decide each other',
      `require('express')().get('/', (req, res) => {\nlet c0 = /^a$/.test(req.query.n);\n${many(
        4,
        (k) =>
          `let c${k + 1};\nswitch (req.query.k) {\n${many(400, (i) => `case '${i}': c${k + 1} = c${k}; break;`)}\ndefault: c${k + 1} = false;\n}`,
      )}\nif (c4) res.redirect(req.query.n);\n});`,
    ],
    [
      'a class with a thousand getters',
      `class G {\n${many(1000, (i) => `get g${i}() { return this.g${i + 1}; }`)}\n}`,
    ],
    [
      'a function of many parameters, each of them given data of others in a call of its own',
      `function f(${many(300, (i) => `p${i},`)}) { return [${many(300, (i) => `p${i},`)}]; }\nmodule.exports = (req) => {\n${many(300, (i) => `f(${'0, '.repeat(i)}req.query.a);`)}\n};`,
    ],
    [
      'ways to sinks that are handed on by many to many',
      `${many(40, (i) => `function s${i}(o) { eval(o.a${i}); ${many(40, (k) => `s${(i + k) % 40}(o);`)} }`)}\nmodule.exports = (req) => s0(req.query);`,
    ],
    [
      'handlers by the thousands that set a default in what all of them are handed',
      `const app = require('express')();\n${many(2000, (i) => `app.use((req, res, next) => { if (!req.query.p${i % 50}) req.query.p${i % 50} = '${i}'; next(); });`)}`,
    ],
    [
      'a choice of thousands, each with a store of its own',
      `require('express')().get('/', (req) => {\nswitch (req.query.a) {\n${many(2000, (i) => `case '${i}': req.body.x = '${i}'; break;`)}\n}\neval(req.body.x);\n});`,
    ],
    [
      'programs with thousands of arguments of others',
      `const { execFile } = require('child_process');\nrequire('express')().get('/', (req) => {\nconst all = ['git', 'log'];\n${many(3000, (i) => `all.push(req.query.a${i});`)}\nexecFile('git', all);\n});`,
    ],
    [
      'names that objects inherit',
      'const __proto__ = {}, constructor = __proto__.constructor, toString = constructor;',
    ],
  ])('%s', async (_, text) => {
    const lines = `${text}${hole}`.split('\n').length;
    expect(await scanned('app.js', text + hole)).toEqual([`app.js:${lines}`]);
  });

  it('a value that is checked two thousand times', async () => {
    const checks = many(2000, (i) => `if (!s${i}.has(x) || x.startsWith('${i}')) return;`);
    const text = `require('express')().get('/', (req, res) => {\nconst x = req.query.q;\n${checks}\nres.send('<p>' + x);\n});${hole}`;
    expect(await scanned('app.js', text)).toContain(`app.js:${text.split('\n').length}`);
  });

  it('loops in loops, by the thousand', async () => {
    const loops = many(1000, (i) => `    for a${i} in x:\n        x = x + a${i}`);
    const view = 'from flask import Flask, request\napp = Flask(__name__)\n@app.get("/")\ndef page():\n';
    const text = `def f(x):\n${loops}\n${view}    return "<p>" + request.args["q"]\n`;
    expect(await scanned('app.py', text)).toEqual([`app.py:${text.split('\n').length - 1}`]);
  });

  it('thousands of loops that check what is in one list', async () => {
    const text = `const app = require('express')();
app.get('/', (req, res) => {
  const all = req.query.all.split(',');
${many(3000, () => "  for (let i = 0; i < all.length; i++) if (!['a', 'b'].includes(all[i])) throw new Error();")}
  res.send(all.join());
});${hole}`;
    expect(await scanned('app.js', text)).toContain(`app.js:${text.split('\n').length}`);
  });

  it('thousands of types that are named after each other', async () => {
    const text = `from typing import Annotated
from fastapi import Depends, FastAPI, Query
from fastapi.responses import HTMLResponse
app = FastAPI()
def first(q: str):
    return q
T0 = Annotated[str, Depends(first)]
${many(3000, (i) => `T${i + 1} = Annotated[T${i}, Query()]`)}
@app.get("/")
def page(q: T0, other: T3000):
    return HTMLResponse(q)
`;
    expect(await scanned('app.py', text)).toEqual([`app.py:${text.split('\n').length - 1}`]);
  });

  const view = `from flask import Flask, request
import re
import tornado.web
app = Flask(__name__)
@app.get("/")
def page():
    return "<p>" + request.args["q"]
`;
  it.each([
    ['a format with a width of many zeros', `re.compile('(a+)+%${'0'.repeat(200_000)}x' % 3)`],
    ['a format with many parentheses', `re.compile('(a+)+${'%('.repeat(100_000)}' % 3)`],
    [
      'a pattern of texts that each repeat another ten times',
      `b0 = 'a'\n${many(13, (i) => `b${i + 1} = f"${`{b${i}}`.repeat(10)}x"`)}\nre.compile(b13)`,
    ],
    [
      'a route that doubles again and again',
      `b0 = '/a' + app.x\n${many(40, (i) => `b${i + 1} = b${i} + b${i}`)}\nclass H(tornado.web.RequestHandler):\n    pass\nroutes = [(b40, H)]`,
    ],
    [
      'a route of twenty thousand parts',
      `b = '/a'\n${many(20_000, () => "b = b + '/c'")}\nclass H(tornado.web.RequestHandler):\n    pass\nroutes = [(b, H)]`,
    ],
    [
      'decorators by the thousands, with lists of lists of checks',
      `from lib import compose\ndef f(a):\n  b0 = [${'a,'.repeat(12)}]\n${many(6, (i) => `  b${i + 1} = [${`b${i},`.repeat(12)}]`)}\n${many(2000, (i) => `  @app.get("/${i}")\n  @compose(b6)\n  def g${i}():\n    return "<p>" + request.args.get("q", type=int)`)}`,
    ],
  ])('%s of Python', async (_, text) => {
    const line = view.split('\n').length - 1;
    expect(await scanned('app.py', `${view}${text}\n`)).toEqual([`app.py:${line}`]);
  });
});
