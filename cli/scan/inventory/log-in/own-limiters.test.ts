import { describe, expect, it } from 'vitest';
import { auditView } from '../../audit-view.ts';
import type { LogIn } from '../../code-view.ts';

async function limitsIn(path: string, text: string): Promise<readonly LogIn['limit'][]> {
  const language = path.endsWith('.py') ? 'python' : 'javascript';
  const { logIns } = await auditView({
    files: [{ path, text, language }],
    settings: [],
    notices: [],
    read: () => undefined,
  });
  return logIns.map(({ limit }) => limit);
}

const limiter = `
async function few(key) {
  const count = await redis.incr(key);
  if (count > 5) throw new TooManyRequests(429);
}
`;

function route(before: string): string {
  return `
import express from 'express';
import argon2 from 'argon2';
import { redis } from './redis.js';
const app = express();
app.post('/log-in', async (req, res) => {
  ${before};
  const user = await users.get(req.body.email);
  if (!(await argon2.verify(user.hash, req.body.password))) return res.status(401).end();
  req.session.user = user.id;
  res.end();
});
`;
}

function each(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

describe('limiters of a project that lead to each other', () => {
  it('are followed where a handler asks one', async () => {
    expect(await limitsIn('app.js', route('await few(req.ip)') + limiter)).toEqual(['limited']);
  });

  it('are not followed through a chain of 2,000 calls', async () => {
    const links = each(2_000, (i) => `async function link${i}(key) { await link${i + 1}(key); }`);
    const last = 'async function link2000(key) { await few(key); }';
    const text = route('await link0(req.ip)') + limiter + links + last;
    expect(await limitsIn('app.js', text)).toEqual(['unresolved']);
  });

  it('end where each of some functions calls the next very often', async () => {
    const wide = each(4, (level) => {
      const next = level < 3 ? `f${level + 1}` : 'few';
      return `async function f${level}(key) { ${`await ${next}(key);`.repeat(400)} }`;
    });
    const text = route('await f0(req.ip)') + limiter + wide;
    expect(await limitsIn('app.js', text)).toEqual(['unresolved']);
  });

  it('end where counts are returned by each other', async () => {
    const circle = `
async function one(key) { return await other(key); }
async function other(key) { return await one(key); }
async function often(key) {
  const count = await one(key);
  if (count > 5) throw new TooManyRequests(429);
}
`;
    expect(await limitsIn('app.js', route('await often(req.ip)') + circle)).toEqual(['none']);
  });

  it('end where each of some functions returns in many places what the next says', async () => {
    const levels = 8;
    const said = each(levels, (level) => {
      const next = level + 1 < levels ? `said${level + 1}(key)` : 'counts.incr(key) > 5';
      return `function said${level}(key) { ${each(40, (i) => `if (key === ${i}) return ${next};`)}\n return ${next}; }`;
    });
    const often = 'function often(key) { if (said0(key)) throw new TooManyRequests(429); }';
    expect(await limitsIn('app.js', `${route('often(req.ip)')}${said}\n${often}`)).toEqual(['limited']);
  });

  it('end where lists of limiters hold each other many times', async () => {
    const lists = each(4, (i) => `const list${i + 1} = [${`list${i},`.repeat(500)}];`);
    const text = `
import express from 'express';
import argon2 from 'argon2';
const app = express();
const list0 = [(req, res, next) => next()];
${lists}
app.post('/log-in', list4, async (req, res) => {
  if (!(await argon2.verify(hashes[req.body.email], req.body.password))) return res.status(401).end();
  res.end();
});
`;
    expect(await limitsIn('app.js', text)).toEqual(['none']);
  });

  it('end where a decorator stands at each of very many functions', async () => {
    const text = `
from flask import Flask, abort, request, session
from argon2 import PasswordHasher
app = Flask(__name__)
hasher = PasswordHasher()

def few(view):
    def inner(*args, **kwargs):
${each(40, countIn)}
        return view(*args, **kwargs)
    return inner

@app.post("/log-in")
@few
def log_in():
    if not hasher.verify(hashes[request.form["email"]], request.form["password"]):
        abort(401)
    session["user"] = request.form["email"]
    return ""

${each(300, (i) => `@app.get("/page/${i}")\n@few\ndef page${i}():\n    return ""\n`)}
`;
    expect(await limitsIn('app.py', text)).toEqual(['limited', 'limited']);
  });

  it('are not known where they are too long to be followed', async () => {
    const text = `
from flask import Flask, abort, request, session
from argon2 import PasswordHasher
app = Flask(__name__)
hasher = PasswordHasher()

@app.post("/log-in")
def log_in():
    if True:
${each(200, countIn)}
    if not hasher.verify(hashes[request.form["email"]], request.form["password"]):
        abort(401)
    session["user"] = request.form["email"]
    return ""
`;
    expect(await limitsIn('app.py', text)).toEqual(['unresolved']);
  });
});

function countIn(i: number): string {
  return `        if store.incr(f"${i}:{request.remote_addr}") > 5:\n            abort(429)`;
}
