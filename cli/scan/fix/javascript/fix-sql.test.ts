import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';
import { readFixCases } from '../testing/fix-cases.ts';

const clients = new Map([
  ['pg', "import { Pool } from 'pg';\nconst db = new Pool();"],
  ['mysql', "import mysql from 'mysql2/promise';\nconst db = mysql.createPool({});"],
  ['sqlite', "import Database from 'better-sqlite3';\nconst db = new Database('a.db');"],
]);
const cases = readFixCases(new URL('./fix-sql.fixes', import.meta.url));

/** What becomes of a statement in a handler of Express. */
async function fixed(client: string, code: string): Promise<string | undefined> {
  const lines = [
    "import express from 'express';",
    clients.get(client),
    "express().get('/', async (req, res) => {",
  ];
  const head = `${lines.join('\n')}\n  const { q, n } = req.query;\n  `;
  const texts = { 'app.js': `${head}${code}\n});\n` };
  const { changed, left } = await fixProject(texts, (rule) => rule === 'sql/injection');
  const text = changed.get('app.js');
  // A case in which nothing is found would prove nothing.
  if (text === undefined) expect(left).not.toEqual([]);
  return text?.slice(head.length, text.lastIndexOf('\n});'));
}

describe('fixSql in JavaScript', () => {
  it.each(cases.filter(({ after }) => after !== undefined))(
    'binds: $of, $title',
    async ({ of, before, after }) => {
      expect(await fixed(of, before)).toBe(after);
    },
  );

  it.each(cases.filter(({ after }) => after === undefined))('leaves: $of, $title', async ({ of, before }) => {
    expect(await fixed(of, before)).toBeUndefined();
  });

  it('leaves a client that is known by its name alone', async () => {
    const code =
      "import express from 'express';\nimport { pool } from 'our-database';\n" +
      "express().get('/', (req, res) => res.json(pool.query('select a from t where b = ' + req.query.b)));\n";
    const { changed, left } = await fixProject({ 'app.js': code }, (rule) => rule === 'sql/injection');
    expect(changed.size).toBe(0);
    expect(left.map(({ reason }) => reason)).toEqual(['The database client is only guessed from its name.']);
  });
});
