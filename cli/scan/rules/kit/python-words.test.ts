import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../finding/finding.ts';
import { findingsOf } from '../../testing/judge.ts';
import { allRules } from '../all-rules.ts';
import { isUseRule } from './rule.ts';

/** What a Python developer can do nothing with. */
const notPython =
  /TypeScript|JavaScript|\bnode:|bulwark\/|JSON\.parse|\breq\.|timingSafeEqual|\bexpress[.-]|fastify|fs\.|Math\.|Object\.|RegExp|replaceAll|minVersion|ldapts|`\w+` tag\b/;

describe('the advice of rules for Python', () => {
  const forPython = allRules.filter(
    (rule) => !isUseRule(rule) || rule.languages?.includes('python') !== false,
  );

  it('exists for most rules', () => expect(forPython.length).toBeGreaterThan(60));

  it.each(forPython.map((rule) => [rule.id, rule] as const))('names no API of JavaScript: %s', (id, rule) => {
    if (browserRules.has(id)) return;
    const { pythonAdvice = rule.advice } = rule;
    const texts = typeof pythonAdvice === 'string' ? [pythonAdvice] : Object.values(pythonAdvice);
    for (const text of texts) expect(text).not.toMatch(notPython);
  });
});

/** Their findings lie in JavaScript, or in a project of JavaScript. */
const browserRules: ReadonlySet<string> = new Set([
  'xss/dom',
  'object/prototype-pollution',
  'xss/plugin-option',
]);

async function first(path: string, text: string, rule: string): Promise<Finding | undefined> {
  const one = { title: '', isBad: true, rule: '', expected: [], at: '', files: [{ path, text }] };
  return (await findingsOf(one)).find((finding) => finding.rule === rule);
}

describe('a finding in Python', () => {
  const untyped = `from .db import connection
def search(request):
    cursor = connection.cursor()
    cursor.execute(f"select * from t where id = {request.GET['id']}")
`;

  it('spells what an untyped view reads as the code does, and is not certain of it', async () => {
    const found = await first('views.py', untyped, 'sql/injection');
    expect(found?.confidence).toBe('medium');
    expect(found?.message).toContain('`request.GET` reaches `cursor.execute`');
    // Reports leave the name that the models have out.
    expect(JSON.stringify({ ...found, sink: '' })).not.toContain('guess.');
  });

  it('is certain where the type is known', async () => {
    const text = `from django.http import HttpRequest
${untyped.replace('request)', 'request: HttpRequest)').replace('from .db', 'from django.db')}`;
    const found = await first('views.py', text, 'sql/injection');
    expect(found?.confidence).toBe('high');
    expect(found?.message).toContain('`request.GET` reaches');
    expect(found?.advice).toContain('Use the ORM');
  });

  it('calls a parameter by its name', async () => {
    const text = `import os
from fastapi import FastAPI
app = FastAPI()
@app.get("/run")
def run(name: str):
    os.system("ls " + name)
`;
    const found = await first('app.py', text, 'command/injection');
    expect(found?.message).toContain('the parameter `name` reaches `os.system`');
    expect(found?.steps[0]?.message).toContain('the parameter `name`');
  });

  it.each([
    ['import sqlite3', 'sqlite3.connect("a").execute(query)', 'id = ?'],
    ['import psycopg2', 'psycopg2.connect("a").cursor().execute(query)', 'psycopg2.sql.Identifier'],
    ['import psycopg', 'psycopg.connect("a").execute(query)', 'psycopg.sql.Identifier'],
    [
      'from sqlalchemy import engine, text',
      'engine.create_engine("sqlite://").connect().execute(text(query))',
      ':id',
    ],
    [
      'import pymysql',
      'pymysql.connect(host="a").cursor().execute(query)',
      'placeholder style of your driver',
    ],
  ])('advises what the driver offers: %s', async (imported, call, advice) => {
    const text = `${imported}
from flask import Flask, request
app = Flask(__name__)
@app.get("/")
def one():
    query = "select * from t where id = " + request.args["id"]
    return str(${call})
`;
    expect((await first('app.py', text, 'sql/injection'))?.advice).toContain(advice);
  });
});
