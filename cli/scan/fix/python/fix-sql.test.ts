import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';

const drivers = {
  sqlite3: 'import sqlite3\ncur = sqlite3.connect(":memory:").cursor()',
  psycopg2: 'import psycopg2\ncur = psycopg2.connect("").cursor()',
  pymysql: 'import pymysql\ncur = pymysql.connect().cursor()',
  sqlalchemy: 'from sqlalchemy import create_engine, text\ncur = create_engine("").connect()',
};

function moduleOf(driver: keyof typeof drivers, code: string): string {
  const head = `from flask import Flask, request\n${drivers[driver]}\napp = Flask(__name__)\n`;
  return `${head}@app.get("/")\ndef find():\n    q, n = request.args["q"], request.args["n"]\n    ${code}\n`;
}

async function fixedModule(driver: keyof typeof drivers, code: string): Promise<string | undefined> {
  const texts = { 'app.py': moduleOf(driver, code) };
  const { changed, left } = await fixProject(texts, (rule) => rule === 'sql/injection');
  // A case in which nothing is found would prove nothing.
  if (changed.size === 0) expect(left).not.toEqual([]);
  return changed.get('app.py');
}

async function fixed(driver: keyof typeof drivers, code: string): Promise<string> {
  const text = await fixedModule(driver, code);
  return text === undefined ? 'left' : text.slice(moduleOf(driver, '').length - 1, -1);
}

describe('values become parameters', () => {
  it.each([
    [
      'sqlite3',
      `cur.execute(f"select a from t where b = '{q}'")`,
      'cur.execute("select a from t where b = ?", (q,))',
    ],
    [
      'sqlite3',
      `cur.execute("select a from t where b = '" + q + "'")`,
      'cur.execute("select a from t where b = ?", (q,))',
    ],
    [
      'psycopg2',
      `cur.execute("select a from t where b = " + q)`,
      'cur.execute("select a from t where b = %s", (q,))',
    ],
    [
      'sqlite3',
      `cur.execute("select a from t where b = '%s'" % q)`,
      'cur.execute("select a from t where b = ?", (q,))',
    ],
    [
      'sqlite3',
      `cur.execute("select a from t where b = '%s' and c = '%s'" % (q, n))`,
      'cur.execute("select a from t where b = ? and c = ?", (str(q), str(n)))',
    ],
    [
      'sqlite3',
      `cur.execute("select a from t where b = '{}'".format(q))`,
      'cur.execute("select a from t where b = ?", (q,))',
    ],
    ['sqlite3', `cur.execute(f'select a from t where b like "%{q}%"')`, 'left'],
    [
      'sqlite3',
      `cur.execute(f"select a from t where b like '%{q}%'")`,
      'cur.execute("select a from t where b like ?", (f"%{q}%",))',
    ],
    [
      'sqlite3',
      `cur.execute("select a from t where c = ? and b = '" + q + "'", (n,))`,
      'cur.execute("select a from t where c = ? and b = ?", (n, q))',
    ],
    [
      'psycopg2',
      `cur.execute(f"select a from t where b = '{q}'")`,
      'cur.execute("select a from t where b = %s", (q,))',
    ],
    [
      'psycopg2',
      `cur.execute(f"select a from t limit {q}")`,
      'cur.execute("select a from t limit %s", (q,))',
    ],
    [
      'pymysql',
      `cur.execute(f'select a from t where b = "{q}"')`,
      "cur.execute('select a from t where b = %s', (q,))",
    ],
    [
      'sqlalchemy',
      `cur.execute(text(f"select a from t where b = '{q}'"))`,
      `cur.execute(text("select a from t where b = :p1"), {"p1": q})`,
    ],
    [
      'sqlite3',
      `s = f"select a from t where b = '{q}'"\n    cur.execute(s)`,
      's = "select a from t where b = ?"\n    cur.execute(s, (q,))',
    ],
  ] as const)('%s: %s', async (driver, before, after) => {
    expect(await fixed(driver, before)).toBe(after);
  });
});

describe('what is not certain is left', () => {
  it.each([
    ['sqlite3', `cur.execute(f"select a from t order by {q}")`],
    ['sqlite3', `cur.execute("select %s from t" % q)`],
    ['sqlite3', `cur.execute(f"select a from t where b in ({q})")`],
    ['sqlite3', `cur.execute(f"select a from t where b = '{q!r}'")`],
    ['sqlite3', `cur.executescript(f"delete from t where b = '{q}'")`],
    ['sqlite3', `cur.execute(f"select a from t where b = '" + q.replace("'", "''") + "'")`],
    ['sqlite3', `s = f"select a from t where b = '{q}'"\n    print(s)\n    cur.execute(s)`],
    ['psycopg2', `cur.execute(f"select a from t where c like 'x%' and b = '{q}'")`],
    ['pymysql', `cur.execute(f"select a from t limit {q}")`],
    ['sqlite3', `cur.execute("select %s from t where b = '%s'" % (n, q))`],
  ] as const)('%s: %s', async (driver, code) => {
    expect(await fixed(driver, code)).toBe('left');
  });

  it.each([
    ['sqlite3', `cur.execute("select a from t where b = " + q)`],
    ['sqlite3', `v: int = q\n    cur.execute(f"select a from t where b = {v}")`],
    ['pymysql', `cur.execute(f"select a from t where active = {q}")`],
    ['sqlalchemy', `cur.execute(text(f"select a from t where active = {q}"))`],
  ] as const)('a value without quotes is only suggested, %s: %s', async (driver, code) => {
    const texts = { 'app.py': moduleOf(driver, code) };
    const isSql = (rule: string): boolean => rule === 'sql/injection';
    const { changed, left } = await fixProject(texts, isSql);
    expect(changed.size).toBe(0);
    expect(left.map(({ reason }) => reason)).toEqual([expect.stringContaining('Suggested, not applied')]);
    expect((await fixProject(texts, isSql, { takesUnsure: true })).changed.size).toBe(1);
  });

  it.each([
    [
      'sqlite3',
      `cur.execute(f"select a from t where c = '{q}' and b = {int(n)}")`,
      'b = {int(n)}", (str(q),)',
    ],
    ['sqlite3', `cur.execute(f"select a from t limit {q}")`, 'limit ?", (q,)'],
    ['psycopg2', `cur.execute(f"select a from t where active = {q}")`, '(q,)'],
  ] as const)('and bound where it is a number or typed, %s: %s', async (driver, code, values) => {
    expect(await fixed(driver, code)).toContain(values);
  });

  it.each([
    ['request.args.get("h")', 'str(h)'],
    ['request.args.get("h", None)', 'str(h)'],
    ['request.args.get("h", type=str)', 'str(h)'],
    ['request.args.get("h", "")', 'h'],
    ['request.args["h"]', 'h'],
    ['request.form.get("h").strip()', 'h'],
  ])('what may be None stays text: %s', async (value, code) => {
    const before = `h = ${value}\n    cur.execute(f"select a from t where b <> '{h}'")`;
    expect(await fixed('sqlite3', before)).toBe(
      `h = ${value}\n    cur.execute("select a from t where b <> ?", (${code},))`,
    );
  });

  it.each([
    ['h: str = None', 'str(h)'],
    ['h: str = ""', 'h'],
  ])('what a parameter may be: %s', async (parameter, code) => {
    const of = (statement: string): string =>
      `import sqlite3\nfrom fastapi import FastAPI\napp = FastAPI()\ndb = sqlite3.connect("a")\n@app.get("/")\ndef find(${parameter}):\n    return db.execute(${statement}).fetchall()\n`;
    const { changed } = await fixProject(
      { 'app.py': of(`f"select a from t where b <> '{h}'"`) },
      (rule) => rule === 'sql/injection',
    );
    expect(changed.get('app.py')).toBe(of(`"select a from t where b <> ?", (${code},)`));
  });

  it('a driver that the file does not name', async () => {
    const code = `def find(cur, q):\n    cur.execute(f"select a from t where b = '{q}'")\n`;
    const app = 'import sqlite3, psycopg2\nfrom flask import request\nfrom find import find\n';
    const { changed, left } = await fixProject({
      'find.py': code,
      'app.py': `${app}find(sqlite3.connect("").cursor(), request.args["q"])\n`,
    });
    expect(changed.size).toBe(0);
    expect(left.map(({ reason }) => reason)).toContain('Which database driver it is, the file does not say.');
  });
});

/** Runs a module with a request, on a database with two rows, and gives what the answer is. */
const runner = `
import json, sys, types, sqlite3
data = json.load(sys.stdin)
class App:
    def __init__(self, name): pass
    def get(self, path): return lambda function: function
flask = types.ModuleType("flask")
flask.Flask, flask.request = App, types.SimpleNamespace(args={})
sys.modules["flask"] = flask
def run(text, q):
    flask.request.args = {"q": q, "n": "1"}
    scope = {"__name__": "app"}
    exec(compile(text, "app.py", "exec"), scope)
    scope["cur"].execute("create table t (a text, b text)")
    scope["cur"].execute("insert into t values ('one', 'x'), ('two', 'o''y')")
    return scope["find"]()
print(json.dumps([[run(text, q) for q in data["values"]] for text in data["texts"]]))
`;

describe('in SQLite', () => {
  it('finds the same rows as before, and an injection finds none', async () => {
    const code = `return cur.execute(f"select a from t where b = '{q}'").fetchall()`;
    const after = (await fixedModule('sqlite3', code)) ?? '';
    const values = ['x', 'none', "' or '1'='1", "o'y"];
    const run = (texts: string[], some: string[]): unknown =>
      JSON.parse(
        execFileSync('python3', ['-c', runner], {
          input: JSON.stringify({ texts, values: some }),
          encoding: 'utf8',
        }),
      );
    expect(run([moduleOf('sqlite3', code)], values.slice(0, 3))).toEqual([
      [[['one']], [], [['one'], ['two']]],
    ]);
    expect(run([after], values)).toEqual([[[['one']], [], [], [['two']]]]);
  });
});
