import { describe, expect, it } from 'vitest';
import { findingsOf } from '../testing/judge.ts';

describe('flowFindings', () => {
  const app = (page: string): string => `import express from 'express';
import pg from 'pg';
const pool = new pg.Pool();
express().get('/', async (req, res) => {
  const { rows } = await pool.query('select bio from users');
  res.send(${page});
});
`;

  async function found(page: string): Promise<string[]> {
    const files = [{ path: 'app.js', text: app(page) }];
    const findings = await findingsOf({ title: '', rule: '', isBad: true, files, expected: [], at: '' });
    return findings
      .filter(({ rule }) => rule.startsWith('xss/'))
      .map(({ rule, otherWays = [] }) => `${rule} and ${otherWays.length} more`);
  }

  it('makes one finding of a page with stored data and data of the request', async () => {
    expect(await found("'<p>' + rows[0].bio + req.query.q + '</p>'")).toEqual(['xss/reflected and 1 more']);
  });

  it('names each by its own rule where it is alone', async () => {
    expect(await found("'<p>' + rows[0].bio + '</p>'")).toEqual(['xss/stored and 0 more']);
    expect(await found("'<p>' + req.query.q + '</p>'")).toEqual(['xss/reflected and 0 more']);
  });

  const settings = (uses: number): string => `import express from 'express';
import { readFileSync } from 'node:fs';
let settings = {};
const app = express();
app.post('/settings', (req, res) => {
  settings = req.body;
  res.end();
});
${Array.from({ length: uses }, (_, at) => `app.get('/${at}', () => readFileSync(settings.folder${at}));`).join('\n')}
app.get('/direct', (req) => readFileSync(req.query.name));
`;

  async function placesOf(text: string): Promise<string[]> {
    const files = [{ path: 'app.js', text }];
    const findings = await findingsOf({ title: '', rule: '', isBad: true, files, expected: [], at: '' });
    return findings
      .filter(({ rule }) => rule === 'path/traversal')
      .map(({ place, message }) => `${place.line} ${message.replace(/^.*: /, '')}`);
  }

  it('makes one finding of a setting that is read in many places, and leaves the others', async () => {
    expect(await placesOf(settings(3))).toEqual([
      '9 `req.body` reaches `fs.readFileSync`.',
      '10 `req.body` reaches `fs.readFileSync`.',
      '11 `req.body` reaches `fs.readFileSync`.',
      '12 `req.query` reaches `fs.readFileSync`.',
    ]);
    expect((await placesOf(settings(5))).sort()).toEqual([
      '14 `req.query` reaches `fs.readFileSync`.',
      '6 `req.body` is stored in `settings`, and reaches `fs.readFileSync` and 4 other places.',
    ]);
  });
});
