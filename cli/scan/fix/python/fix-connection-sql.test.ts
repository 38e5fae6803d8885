import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';

async function fixedText(text: string): Promise<string> {
  const models = 'from django.db import models\nclass Item(models.Model):\n    name = models.TextField()\n';
  const { changed, left } = await fixProject(
    { 'app.py': text, 'models.py': models },
    (rule) => rule === 'sql/injection',
  );
  if (changed.size === 0) expect(left).not.toEqual([]);
  return changed.get('app.py') ?? 'left';
}

describe('the driver is the one that the connection is of', () => {
  const twoDrivers = (lines: string): string =>
    `import sqlite3\nimport psycopg2\nfrom psycopg2 import connect as pg\nfrom flask import Flask, request\napp = Flask(__name__)\n${lines}`;

  it.each([
    ['a cursor of a connection', 'db = sqlite3.connect("a")\ncur = db.cursor()\n', 'cur', '?', '(q,)'],
    ['a cursor of the other', 'db = psycopg2.connect("a")\ncur = db.cursor()\n', 'cur', '%s', '(q,)'],
    ['an imported name', 'db = pg("a")\n', 'db.cursor()', '%s', '(q,)'],
    ['a function', 'def get_db():\n    return sqlite3.connect("a")\n', 'get_db()', '?', '(q,)'],
  ])('%s', async (_, head, receiver, sign, values) => {
    const view = (statement: string): string =>
      twoDrivers(
        `${head}@app.get("/")\ndef find():\n    q = request.args["q"]\n    ${receiver}.execute(${statement})\n    return ""\n`,
      );
    expect(await fixedText(view(`f"select a from t where b = '{q}'"`))).toBe(
      view(`"select a from t where b = ${sign}", ${values}`),
    );
  });

  it('a driver whose placeholders are not known, beside another', async () => {
    const text = twoDrivers(
      `import oracledb\n@app.get("/")\ndef find():\n    q = request.args["q"]\n    db = oracledb.connect("a")\n    db.cursor().execute(f"select a from t where b = '{q}'")\n    return ""\n`,
    ).replace(/import psycopg2\n.*\n/, '');
    expect(await fixedText(text)).toBe('left');
  });

  it('a connection that a with statement opens', async () => {
    const view = (statement: string): string =>
      twoDrivers(
        `@app.get("/")\ndef find():\n    q = request.args["q"]\n    with sqlite3.connect("a") as db:\n        db.execute(${statement})\n    return ""\n`,
      );
    expect(await fixedText(view(`f"select a from t where b = '{q}'"`))).toBe(
      view(`"select a from t where b = ?", (q,)`),
    );
  });

  it.each([
    ['one that is passed in', 'def run(db, q):\n', 'db'],
    [
      'one that is assigned twice',
      'def run(q, flag):\n    db = sqlite3.connect("a")\n    db = psycopg2.connect("a")\n',
      'db.cursor()',
    ],
  ])('not known: %s', async (_, head, receiver) => {
    const text = twoDrivers(
      `${head}    ${receiver}.execute(f"select a from t where b = '{q}'")\n@app.get("/")\ndef find():\n    run(${head.includes('flag') ? 'request.args["q"], 1' : 'sqlite3.connect("a"), request.args["q"]'})\n    return ""\n`,
    );
    expect(await fixedText(text)).toBe('left');
  });
});

describe('statements of Django get their parameters', () => {
  const view = (call: string): string =>
    `from django.db.models.expressions import RawSQL\nfrom django.http import HttpRequest, JsonResponse\nfrom models import Item\ndef find(request: HttpRequest):\n    q = request.GET["q"]\n    found = Item.objects.${call}\n    return JsonResponse({"n": len(list(found))})\n`;

  it.each([
    [`raw(f"select * from item where name = '{q}'")`, `raw("select * from item where name = %s", (q,))`],
    [`raw("select * from item where name = '%s'" % q)`, `raw("select * from item where name = %s", (q,))`],
    [
      `raw(f"select * from item where a = %s and name = '{q}'", [1])`,
      `raw("select * from item where a = %s and name = %s", [1, q])`,
    ],
    [`extra(where=[f"name = '{q}'"])`, `extra(where=["name = %s"], params=[q])`],
    [
      `extra(where=[f"a = %s and name = '{q}'"], params=[1])`,
      `extra(where=["a = %s and name = %s"], params=[1, q])`,
    ],
    [
      `annotate(n=RawSQL(f"select count(*) from b where c = '{q}'", []))`,
      `annotate(n=RawSQL("select count(*) from b where c = %s", [q]))`,
    ],
  ])('%s', async (before, after) => {
    expect(await fixedText(view(before))).toBe(view(after));
  });

  it.each([
    `raw(f"select * from {q}")`,
    `extra(where=[f"name = '{q}'", "b = %s"], params=[1])`,
    `extra(where=[f"name = '{q}'"], params=given)`,
    `extra(order_by=[q])`,
    `extra(select={"n": f"select count(*) from b where c = '{q}'"})`,
  ])('left: %s', async (call) => {
    expect(await fixedText(view(call).replace('    q =', '    given = [1]\n    q ='))).toBe('left');
  });
});
