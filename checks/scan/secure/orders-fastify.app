--- labels
good web/vanilla/dom.js:32 xss/dom | one of a list of attributes, or an own one by its beginning
--- build-tools/package.json
{
  "name": "build-tools",
  "version": "1.9.2",
  "private": true,
  "type": "module",
  "engines": { "node": ">=20.11" },
  "bin": { "release": "bin/release.mjs" },
  "scripts": {
    "build": "node scripts/build.mjs",
    "preview": "node lib/static-server.mjs dist",
    "test": "node --test"
  },
  "dependencies": {
    "esbuild": "^0.25.5",
    "semver": "^7.7.2",
    "tar-stream": "^3.1.7",
    "yauzl": "^3.2.0"
  }
}
--- build-tools/bin/release.mjs
#!/usr/bin/env node
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

import semver from 'semver';

import { Repository } from '../lib/git.mjs';
import { run, runInteractive } from '../lib/run.cjs';

const USAGE = 'usage: release [--bump major|minor|patch] [--remote origin] [--notes FILE] [--dry-run] [--yes]\n';
const BUMPS = new Set(['major', 'minor', 'patch', 'prerelease']);
const SECTIONS = [
  ['feat', 'New'],
  ['fix', 'Mended'],
  ['perf', 'Faster'],
  ['docs', 'Documents'],
];

function fail(message) {
  throw Object.assign(new Error(message), { expected: true });
}

function readOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      bump: { type: 'string', default: 'patch' },
      remote: { type: 'string', default: 'origin' },
      notes: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (!BUMPS.has(values.bump)) fail(`--bump has to be one of ${[...BUMPS].join(', ')}`);
  return { ...values, dryRun: values['dry-run'] };
}

/** "feat(api)!: page numbers" in its parts. */
function parseSubject(subject) {
  const match = /^([a-z]{2,12})(?:\(([\w ./-]{1,40})\))?(!)?: (.+)$/.exec(subject);
  return match ? { kind: match[1], scope: match[2], breaking: match[3] === '!', text: match[4] } : null;
}

const escapeMarkdown = (text) => text.replace(/\p{Cc}/gu, ' ').replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&');

async function collect(repository, since) {
  const groups = new Map(SECTIONS.map(([kind]) => [kind, []]));
  for await (const commit of repository.log({ since, most: 1000 })) {
    const parsed = parseSubject(commit.subject);
    groups.get(parsed?.kind)?.push({ ...parsed, id: commit.id });
  }
  return groups;
}

function* notesOf(version, groups, date = new Date()) {
  yield `## ${version} (${date.toISOString().slice(0, 10)})`;
  for (const [kind, title] of SECTIONS) {
    const entries = groups.get(kind);
    if (entries.length === 0) continue;
    yield `\n### ${title}\n`;
    for (const { scope, breaking, text, id } of entries) {
      const where = scope ? `**${escapeMarkdown(scope)}:** ` : '';
      yield `- ${breaking ? '**Breaking.** ' : ''}${where}${escapeMarkdown(text)} (${id.slice(0, 8)})`;
    }
  }
}

/** Puts the new version into package.json and leaves all else there as it is. */
async function writeVersion(folder, version) {
  const handle = await open(path.join(folder, 'package.json'), 'r+');
  try {
    const manifest = JSON.parse(await handle.readFile('utf8'));
    manifest.version = version;
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await handle.truncate(0);
    await handle.write(text, 0, 'utf8');
  } finally {
    await handle.close();
  }
}

async function confirm(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const reply = await terminal.question(`${question} [y/N] `);
    return /^y(?:es)?$/i.test(reply.trim());
  } finally {
    terminal.close();
  }
}

async function main(argv) {
  const options = readOptions(argv);
  if (options.help) return process.stdout.write(USAGE);

  const { stdout } = await run('git', ['rev-parse', '--show-toplevel'], { cwd: process.cwd() });
  const repository = new Repository(stdout.trimEnd());
  if (!(await repository.isClean())) fail('there are changes that are not committed');

  const { version: current } = JSON.parse(await readFile(path.join(repository.folder, 'package.json'), 'utf8'));
  const version = semver.inc(current, options.bump) ?? fail('package.json holds no version');
  const [latest] = await repository.tags('v');
  const notes = [...notesOf(version, await collect(repository, latest))].join('\n');

  process.stdout.write(`${notes}\n`);
  if (options.dryRun) return undefined;
  if (!options.yes && !(await confirm(`Release ${version}?`))) fail('nothing was done');

  await writeVersion(repository.folder, version);
  await run('git', ['add', '--', 'package.json'], { cwd: repository.folder });
  await runInteractive('git', ['commit', '--message', `chore: release ${version}`], { cwd: repository.folder });
  await repository.tag(`v${version}`, `Version ${version}`);
  await repository.push(options.remote, `v${version}`);

  const output = path.join(repository.folder, 'release');
  await mkdir(output, { recursive: true });
  const archive = path.join(output, `source-${version}.tar.gz`);
  await repository.archive(await repository.head(), archive);
  await runInteractive('gpg', ['--armor', '--detach-sign', '--', archive]);
  if (options.notes !== undefined) await writeFile(path.resolve(options.notes), notes, { flag: 'wx' });
  return undefined;
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(error.expected ? `release: ${error.message}\n${USAGE}` : `release: ${error.stack}\n`);
  process.exitCode = 1;
});
--- build-tools/lib/git.mjs
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bind, retry, run, runInto } from './run.cjs';

const SAFE_ENV = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'https:ssh',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
};

const HOSTS = new Set(['github.com', 'gitlab.com', 'codeberg.org']);
const SHA = /^[\da-f]{40}$/;
const FIELD = '\x1f';
const RECORD = '\x1e';

export class GitNameError extends TypeError {
  constructor(kind, value) {
    super(`not a ${kind}: ${JSON.stringify(String(value).slice(0, 60))}`);
    this.name = 'GitNameError';
  }
}

/** The rules of git check-ref-format in the part that we use; above all, no name begins with "-". */
export function refName(value) {
  const fine =
    typeof value === 'string' &&
    value.length <= 200 &&
    /^[A-Za-z\d_][\w./+-]*$/.test(value) &&
    !value.includes('..') &&
    !value.includes('//') &&
    !value.endsWith('/') &&
    !value.endsWith('.lock') &&
    !value.endsWith('.');
  if (!fine) throw new GitNameError('name of a branch or tag', value);
  return value;
}

export function commitId(value) {
  if (typeof value !== 'string' || !SHA.test(value)) throw new GitNameError('commit', value);
  return value;
}

export function remoteUrl(value) {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new GitNameError('remote', value);
  const url = new URL(value);
  if (url.protocol !== 'https:' || !HOSTS.has(url.hostname) || url.username !== '' || url.password !== '') {
    throw new GitNameError('remote', value);
  }
  return url.href;
}

export class Repository {
  #git;

  constructor(folder) {
    this.folder = path.resolve(folder);
    this.#git = bind('git', { cwd: this.folder, env: SAFE_ENV });
  }

  static async clone(url, { branch = 'main', depth = 50 } = {}) {
    const folder = await mkdtemp(path.join(tmpdir(), 'release-'));
    const args = ['clone', '--quiet', `--depth=${Number(depth)}`, '--no-recurse-submodules', `--branch=${refName(branch)}`];
    try {
      await retry(() => run('git', [...args, '--', remoteUrl(url), folder], { env: SAFE_ENV, timeoutMs: 300_000 }));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    return new Repository(folder);
  }

  async #read(...args) {
    const { stdout } = await this.#git(args);
    return stdout.trimEnd();
  }

  head() {
    return this.#read('rev-parse', '--verify', 'HEAD');
  }

  resolve(name) {
    return this.#read('rev-parse', '--verify', '--end-of-options', `${refName(name)}^{commit}`);
  }

  async isClean() {
    return (await this.#read('status', '--porcelain', '--untracked-files=no')) === '';
  }

  async tags(prefix = 'v') {
    const text = await this.#read('tag', '--list', '--sort=-version:refname', '--', `${refName(prefix)}*`);
    return text === '' ? [] : text.split('\n');
  }

  async *log({ since, until = 'HEAD', paths = [], most = 500 } = {}) {
    const range = since === undefined ? refName(until) : `${refName(since)}..${refName(until)}`;
    const text = await this.#read(
      'log',
      `--max-count=${Math.min(Number(most) || 1, 5000)}`,
      '--format=%H%x1f%an%x1f%aI%x1f%s%x1e',
      '--end-of-options',
      range,
      '--',
      ...paths.map((entry) => `:(top,literal)${entry}`),
    );
    for (const record of text.split(RECORD)) {
      const [id, author, date, subject] = record.trimStart().split(FIELD);
      if (SHA.test(id)) yield { id, author, date: new Date(date), subject };
    }
  }

  async show(commit, file) {
    if (typeof file !== 'string' || file === '' || path.posix.isAbsolute(file) || file.split('/').includes('..')) {
      throw new GitNameError('file of the repository', file);
    }
    const { stdout } = await this.#git(['cat-file', 'blob', `${commitId(commit)}:${file}`]);
    return stdout;
  }

  async tag(name, message) {
    await this.#git(['tag', '--annotate', `--message=${message}`, '--', refName(name)]);
  }

  async push(remote, ...refs) {
    const specs = refs.map((ref) => `refs/tags/${refName(ref)}`);
    await retry(() => this.#git(['push', '--quiet', '--atomic', '--', refName(remote), ...specs], { timeoutMs: 180_000 }));
  }

  archive(commit, target) {
    const prefix = `--prefix=${path.basename(this.folder)}/`;
    const output = createWriteStream(target, { flags: 'wx', mode: 0o644 });
    return runInto('git', ['archive', '--format=tar.gz', prefix, commitId(commit)], output, {
      cwd: this.folder,
      env: SAFE_ENV,
    });
  }
}
--- build-tools/lib/pool.cjs
'use strict';

/** A pool of worker threads that know a fixed set of jobs; this file is both sides of it. */

const { createHash } = require('node:crypto');
const { EventEmitter } = require('node:events');
const { readFile } = require('node:fs/promises');
const os = require('node:os');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const zlib = require('node:zlib');
const { promisify } = require('node:util');

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

const JOBS = {
  async digest({ file }) {
    return createHash('sha384').update(await readFile(file)).digest('base64');
  },

  async compress({ file }) {
    const content = await readFile(file);
    const [small, smaller] = await Promise.all([gzip(content, { level: 9 }), brotli(content)]);
    return { gzip: small.length, brotli: smaller.length, plain: content.length };
  },

  async words({ file }) {
    const counts = new Map();
    for (const [word] of (await readFile(file, 'utf8')).matchAll(/\p{L}+/gu)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, workerData.top);
  },
};

const isJob = (name) => typeof name === 'string' && Object.hasOwn(JOBS, name);

function serveJobs(port) {
  port.on('message', ({ id, job, input }) => {
    const work = isJob(job) ? JOBS[job](input) : Promise.reject(new RangeError('unknown job'));
    work.then(
      (result) => port.postMessage({ id, result }),
      (error) => port.postMessage({ id, error: { name: error.name, message: error.message } }),
    );
  });
}

class Pool extends EventEmitter {
  #idle = [];
  #all = new Set();
  #queue = [];
  #pending = new Map();
  #nextId = 1;
  #timeoutMs;
  #closed = false;

  constructor({ size = Math.max(1, os.availableParallelism() - 1), timeoutMs = 30_000, top = 20 } = {}) {
    super();
    this.#timeoutMs = timeoutMs;
    for (let index = 0; index < Math.min(size, 32); index += 1) this.#spawn({ top });
  }

  #spawn(data) {
    const worker = new Worker(__filename, {
      workerData: data,
      env: {},
      argv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    this.#all.add(worker);
    worker.on('message', (message) => this.#settle(worker, message));
    worker.on('error', (error) => this.emit('problem', error));
    worker.on('exit', () => {
      this.#all.delete(worker);
      this.#idle = this.#idle.filter((other) => other !== worker);
      for (const [id, entry] of this.#pending) {
        if (entry.worker === worker) this.#settle(null, { id, error: { name: 'Error', message: 'worker ended' } });
      }
      if (!this.#closed) this.#spawn(data);
    });
    this.#idle.push(worker);
    this.#next();
  }

  #settle(worker, { id, result, error }) {
    const entry = this.#pending.get(id);
    this.#pending.delete(id);
    if (entry) {
      clearTimeout(entry.timer);
      if (error) entry.reject(Object.assign(new Error(error.message), { name: error.name }));
      else entry.resolve(result);
    }
    if (worker) this.#idle.push(worker);
    this.#next();
  }

  #next() {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const worker = this.#idle.pop();
      const { job, input, resolve, reject } = this.#queue.shift();
      const id = this.#nextId++;
      const timer = setTimeout(() => worker.terminate(), this.#timeoutMs);
      this.#pending.set(id, { worker, resolve, reject, timer });
      worker.postMessage({ id, job, input });
    }
  }

  run(job, input) {
    if (this.#closed) return Promise.reject(new Error('the pool is closed'));
    if (!isJob(job)) return Promise.reject(new RangeError('unknown job'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, input, resolve, reject });
      this.#next();
    });
  }

  async map(job, inputs) {
    return Promise.all(Array.from(inputs, (input) => this.run(job, input)));
  }

  async close() {
    this.#closed = true;
    for (const { reject } of this.#queue.splice(0)) reject(new Error('the pool is closed'));
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }
}

if (!isMainThread && parentPort) serveJobs(parentPort);

module.exports = { Pool };
--- build-tools/lib/run.cjs
'use strict';

/**
 * Programs are started without a shell: a name out of PROGRAMS and a list of arguments. The environment of the child
 * holds what is named here, so that tokens of the CI do not get into every tool.
 */

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { pipeline } = require('node:stream/promises');

const PROGRAMS = Object.freeze({
  git: 'git',
  node: process.execPath,
  docker: 'docker',
  rsync: 'rsync',
  gpg: 'gpg',
});

const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SSH_AUTH_SOCK', 'GNUPGHOME', 'DOCKER_HOST'];
const MOST_OUTPUT = 20 * 1024 * 1024;

class CommandError extends Error {
  constructor(program, code, signal, stderr) {
    super(`${program} ended with ${signal ?? code}`);
    this.name = 'CommandError';
    this.code = code;
    this.signal = signal;
    this.stderr = stderr.slice(-4000);
  }
}

function environment(extra = {}) {
  const env = {};
  for (const name of PASSED_ON) if (process.env[name] !== undefined) env[name] = process.env[name];
  return Object.assign(env, { LC_ALL: 'C.UTF-8' }, extra);
}

function checkArguments(args) {
  for (const arg of args) {
    if (typeof arg !== 'string') throw new TypeError('arguments are texts');
    if (arg.includes('\0')) throw new TypeError('an argument holds a NUL');
  }
  return args;
}

function start(name, args, { cwd, env, stdio = ['ignore', 'pipe', 'pipe'], timeoutMs = 120_000 } = {}) {
  if (!Object.hasOwn(PROGRAMS, name)) throw new RangeError(`unknown program ${name}`);
  return spawn(PROGRAMS[name], checkArguments(args), {
    cwd,
    env: environment(env),
    stdio,
    shell: false,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    windowsHide: true,
  });
}

async function collect(stream, most = MOST_OUTPUT) {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) throw new RangeError('too much output');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Runs a program to its end and answers with what it wrote. */
async function run(name, args, options = {}) {
  const child = start(name, args, options);
  const ended = once(child, 'close');
  try {
    const [stdout, stderr, [code, signal]] = await Promise.all([collect(child.stdout), collect(child.stderr), ended]);
    if (code !== 0 && !(options.accept ?? []).includes(code)) throw new CommandError(name, code, signal, stderr);
    return { stdout, stderr, code };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Writes what a program says to a stream while it runs, e.g. an archive into a file. */
async function runInto(name, args, destination, options = {}) {
  const child = start(name, args, options);
  const ended = once(child, 'close');
  const [, stderr, [code, signal]] = await Promise.all([
    pipeline(child.stdout, destination),
    collect(child.stderr),
    ended,
  ]);
  if (code !== 0) throw new CommandError(name, code, signal, stderr);
}

/** Lets the person at the terminal see and answer the program. */
async function runInteractive(name, args, options = {}) {
  const child = start(name, args, { ...options, stdio: 'inherit', timeoutMs: options.timeoutMs ?? 900_000 });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new CommandError(name, code, signal, '');
}

/** A function for one program: `const git = bind('git', { cwd })`. */
function bind(name, defaults = {}) {
  return (args, options) => run(name, args, { ...defaults, ...options });
}

async function retry(task, { attempts = 3, delayMs = 500, when = () => true } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await task(attempt);
    } catch (error) {
      if (attempt >= attempts || !when(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs * 2 ** (attempt - 1)));
    }
  }
}

module.exports = { run, runInto, runInteractive, bind, retry, CommandError };
--- build-tools/lib/static-server.mjs
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const TYPES = new Map(
  Object.entries({
    '.html': 'text/html; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.json': 'application/json',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.woff2': 'font/woff2',
    '.txt': 'text/plain; charset=utf-8',
  }),
);

const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** "/docs/?x=1" as ["docs", "index.html"]. Hidden files and anything but plain segments are not there. */
function segmentsOf(requestUrl) {
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(requestUrl, 'http://localhost').pathname);
  } catch {
    throw new HttpError(400, 'Bad address');
  }
  if (/[\\\u0000]/.test(pathname)) throw new HttpError(400, 'Bad address');
  const segments = pathname.split('/').slice(1);
  if (segments.at(-1) === '') segments[segments.length - 1] = 'index.html';
  if (segments.some((segment) => segment === '' || segment.startsWith('.'))) throw new HttpError(404, 'Not found');
  return segments;
}

async function openBelow(root, segments) {
  const wanted = path.resolve(root, ...segments);
  if (!wanted.startsWith(root + path.sep)) throw new HttpError(404, 'Not found');
  let handle;
  try {
    handle = await open(wanted, constants.O_RDONLY | constants.O_NOFOLLOW);
    const stat = await handle.stat();
    if (!stat.isFile()) throw new HttpError(404, 'Not found');
    return { handle, stat, type: TYPES.get(path.extname(wanted).toLowerCase()) ?? 'application/octet-stream' };
  } catch (error) {
    await handle?.close();
    if (error instanceof HttpError) throw error;
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(error.code)) throw new HttpError(404, 'Not found');
    throw error;
  }
}

/** "bytes=0-99" as { start, end }, null for the whole. Only one range, as browsers ask for. */
function rangeOf(header, size) {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return null;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start > end) throw new HttpError(416, 'No such range');
  return { start, end };
}

async function answer(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpError(405, 'Method not allowed');
  const { handle, stat, type } = await openBelow(root, segmentsOf(request.url));
  try {
    const etag = `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}"`;
    const headers = { ...HEADERS, 'Content-Type': type, ETag: etag, 'Cache-Control': 'no-cache', 'Accept-Ranges': 'bytes' };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const range = rangeOf(request.headers.range, stat.size);
    const { start, end } = range ?? { start: 0, end: stat.size - 1 };
    headers['Content-Length'] = end - start + 1;
    if (range) headers['Content-Range'] = `bytes ${start}-${end}/${stat.size}`;
    response.writeHead(range ? 206 : 200, headers);
    if (request.method === 'HEAD' || stat.size === 0) response.end();
    else await pipeline(handle.createReadStream({ start, end, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}

export async function serveFolder(folder, { host = '127.0.0.1', port = 4173, log = console } = {}) {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch((error) => {
      if (!(error instanceof HttpError) && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        log.error(JSON.stringify({ event: 'failed', name: error.name, code: error.code }));
      }
      if (response.headersSent) return response.destroy();
      const status = error instanceof HttpError ? error.status : 500;
      const text = error instanceof HttpError ? error.message : 'Something went wrong';
      return response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    });
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 5_000;
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'dist', port = '4173'] = process.argv.slice(2);
  const server = await serveFolder(folder, { port: Number(port) });
  console.log('serving on %s', JSON.stringify(server.address()));
}
--- build-tools/lib/untar.cjs
'use strict';

const { createHash, timingSafeEqual } = require('node:crypto');
const { createReadStream } = require('node:fs');
const fs = require('node:fs/promises');
const path = require('node:path');
const { Transform } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const zlib = require('node:zlib');
const tar = require('tar-stream');

class TarError extends Error {
  constructor(message, name) {
    super(name ? `${message}: ${JSON.stringify(name)}` : message);
    this.name = 'TarError';
  }
}

const limitsOf = ({ entries = 20_000, bytes = 1024 ** 3, each = 200 * 1024 ** 2 } = {}) => ({ entries, bytes, each });

/** Below `root`, or an error. `strip` drops the first segments, as tar --strip-components does. */
function place(root, name, strip) {
  if (name.includes('\0') || name.includes('\\') || path.posix.isAbsolute(name)) throw new TarError('name refused', name);
  const segments = path.posix.normalize(name).split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw new TarError('leads out of the folder', name);
  const rest = segments.slice(strip);
  if (rest.length === 0) return null;
  const target = path.join(root, ...rest);
  const relative = path.relative(root, target);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new TarError('leads out of the folder', name);
  }
  return target;
}

async function writeEntry(stream, target, executable, most) {
  await fs.mkdir(path.dirname(target), { recursive: true });
  const handle = await fs.open(target, 'wx', executable ? 0o755 : 0o644);
  let written = 0;
  try {
    for await (const chunk of stream) {
      written += chunk.length;
      if (written > most) throw new TarError('file too large', path.basename(target));
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  return written;
}

/** Passes the bytes on, and fails as soon as more came than allowed: a few kB can unpack to terabytes. */
function ceiling(most) {
  let seen = 0;
  return new Transform({
    transform(chunk, encoding, done) {
      seen += chunk.length;
      done(seen > most ? new TarError('unpacks to too much') : null, chunk);
    },
  });
}

async function unpack(source, root, { strip = 0, keep = () => true, limits } = {}) {
  const { entries, bytes, each } = limitsOf(limits);
  const extract = tar.extract();
  const written = [];

  const reading = (async () => {
    let count = 0;
    for await (const entry of extract) {
      const { name, type, mode } = entry.header;
      count += 1;
      if (count > entries) throw new TarError('too many entries');

      const target = type === 'file' || type === 'directory' ? place(root, name, strip) : null;
      if (target === null || !keep(path.relative(root, target), type)) {
        entry.resume();
      } else if (type === 'directory') {
        await fs.mkdir(target, { recursive: true });
        entry.resume();
      } else {
        await writeEntry(entry, target, (mode & 0o100) !== 0, each);
        written.push(path.relative(root, target));
      }
    }
  })();

  await Promise.all([pipeline(source, zlib.createGunzip(), ceiling(bytes), extract), reading]);
  return written;
}

async function digestOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest();
}

/** Checks an integrity text as package managers write it ("sha512-…") and unpacks into a new folder. */
async function untar(file, target, { integrity, ...options } = {}) {
  const [algorithm, base64] = String(integrity).split('-', 2);
  const expected = Buffer.from(base64 ?? '', 'base64');
  if (algorithm !== 'sha512' || expected.length !== 64) throw new TarError('integrity is missing');

  // A private copy first: what is checked must be what is unpacked.
  const parent = path.dirname(path.resolve(target));
  const work = await fs.mkdtemp(path.join(parent, '.untar-'));
  try {
    const copy = path.join(work, 'archive.tgz');
    await fs.copyFile(file, copy);
    if (!timingSafeEqual(await digestOf(copy), expected)) throw new TarError('integrity is wrong');

    const root = path.join(work, 'content');
    await fs.mkdir(root);
    const files = await unpack(createReadStream(copy), root, options);
    await fs.rename(root, target);
    return files;
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

module.exports = { untar, unpack, place, TarError };
--- build-tools/lib/unzip.mjs
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

import yauzl from 'yauzl';

const openZip = promisify(yauzl.open);

const DEFAULTS = {
  mostEntries: 10_000,
  mostBytes: 500 * 1024 * 1024,
  mostPerFile: 100 * 1024 * 1024,
  highestRatio: 200,
};

const TYPE_MASK = 0o170000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export class ArchiveError extends Error {
  constructor(message, entry) {
    super(entry === undefined ? message : `${message}: ${JSON.stringify(entry)}`);
    this.name = 'ArchiveError';
  }
}

/**
 * The segments of a name in the archive. Refuses what is not a plain relative path: "..", "." and empty segments,
 * backslashes, drive letters, control characters and names that Windows keeps for devices.
 */
export function segmentsOf(name) {
  const trimmed = name.endsWith('/') ? name.slice(0, -1) : name;
  const segments = trimmed.split('/');
  const fine = segments.every(
    (segment) =>
      segment !== '' &&
      segment !== '.' &&
      segment !== '..' &&
      segment.length <= 255 &&
      !/[\\:\u0000-\u001f\u007f]/.test(segment) &&
      !/[ .]$/.test(segment) &&
      !RESERVED.test(segment),
  );
  if (!fine || segments.length > 32) throw new ArchiveError('name refused', name);
  return segments;
}

function kindOf(entry) {
  const fromUnix = entry.versionMadeBy >>> 8 === 3;
  const type = fromUnix ? (entry.externalFileAttributes >>> 16) & TYPE_MASK : 0;
  if (type !== 0 && type !== REGULAR && type !== DIRECTORY) throw new ArchiveError('neither file nor folder', entry.fileName);
  return type === DIRECTORY || entry.fileName.endsWith('/') ? 'folder' : 'file';
}

/** Counts what really comes out, whatever the archive says of its sizes. */
function meter(budget, most, name) {
  let size = 0;
  return new Transform({
    transform(chunk, encoding, done) {
      size += chunk.length;
      budget.left -= chunk.length;
      if (size > most || budget.left < 0) done(new ArchiveError('too large', name));
      else done(null, chunk);
    },
  });
}

async function* entriesOf(zip) {
  const waiting = [];
  let wake = () => {};
  zip.on('entry', (entry) => {
    waiting.push({ entry });
    wake();
  });
  zip.on('end', () => {
    waiting.push({ end: true });
    wake();
  });
  zip.on('error', (error) => {
    waiting.push({ error });
    wake();
  });

  for (;;) {
    zip.readEntry();
    while (waiting.length === 0) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
    const { entry, error } = waiting.shift();
    if (error) throw new ArchiveError(error.message);
    if (!entry) return;
    yield entry;
  }
}

async function extractInto(zip, root, limits) {
  const openRead = promisify(zip.openReadStream.bind(zip));
  const budget = { left: limits.mostBytes };
  const files = [];
  let count = 0;

  for await (const entry of entriesOf(zip)) {
    count += 1;
    if (count > limits.mostEntries) throw new ArchiveError('too many entries');
    const target = path.resolve(root, ...segmentsOf(entry.fileName));
    if (!target.startsWith(root + path.sep)) throw new ArchiveError('leads out of the folder', entry.fileName);

    if (kindOf(entry) === 'folder') {
      await mkdir(target, { recursive: true });
      continue;
    }
    if (entry.isEncrypted()) throw new ArchiveError('encrypted', entry.fileName);
    const dense = entry.uncompressedSize > 1_000_000 && entry.uncompressedSize > entry.compressedSize * limits.highestRatio;
    if (dense || entry.uncompressedSize > limits.mostPerFile) throw new ArchiveError('too large', entry.fileName);

    await mkdir(path.dirname(target), { recursive: true });
    await pipeline(
      await openRead(entry),
      meter(budget, limits.mostPerFile, entry.fileName),
      createWriteStream(target, { flags: 'wx', mode: 0o644 }),
    );
    files.push(path.relative(root, target));
  }
  return files;
}

/**
 * Unpacks into a new folder beside the target and moves it there when all went well, so that the target is either
 * complete or absent. The new folder is empty, hence holds no link that an entry could go through.
 */
export async function unzip(archive, target, options = {}) {
  const limits = { ...DEFAULTS, ...options };
  const parent = path.dirname(path.resolve(target));
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(path.join(parent, '.unzip-'));
  const zip = await openZip(archive, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true });
  try {
    const files = await extractInto(zip, work, limits);
    await rename(work, target);
    return files;
  } finally {
    zip.close();
    await rm(work, { recursive: true, force: true });
  }
}
--- build-tools/scripts/build.mjs
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

import { Pool } from '../lib/pool.cjs';
import { run } from '../lib/run.cjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = path.join(ROOT, 'src');
const TARGET = path.join(ROOT, 'dist');

/** What pages may know of the environment. Each has a check, since it ends up in a script. */
const PUBLIC_SETTINGS = {
  PUBLIC_API_URL: (text) => URL.canParse(text) && new URL(text).protocol === 'https:',
  PUBLIC_SENTRY_KEY: (text) => /^[\da-f]{32}$/.test(text),
  PUBLIC_LOCALE: (text) => ['en', 'de', 'fr'].includes(text),
};

function publicSettings(env) {
  const define = { 'process.env.NODE_ENV': JSON.stringify('production') };
  for (const [name, accepts] of Object.entries(PUBLIC_SETTINGS)) {
    const value = env[name] ?? '';
    if (value !== '' && !accepts(value)) throw new Error(`${name} has the wrong form`);
    define[`import.meta.env.${name}`] = JSON.stringify(value);
  }
  return define;
}

async function revision() {
  const { stdout } = await run('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT });
  return stdout.trim();
}

async function bundle(outdir, version) {
  const result = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [path.join(SOURCE, 'main.js'), path.join(SOURCE, 'main.css')],
    bundle: true,
    minify: true,
    sourcemap: 'external',
    format: 'esm',
    target: ['es2022'],
    entryNames: '[name]-[hash]',
    outdir,
    metafile: true,
    define: { ...publicSettings(process.env), __VERSION__: JSON.stringify(version) },
    logLevel: 'warning',
  });
  return Object.entries(result.metafile.outputs)
    .filter(([, output]) => output.entryPoint !== undefined)
    .map(([file, output]) => ({
      logical: path.basename(output.entryPoint),
      file: path.resolve(ROOT, file),
    }));
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);

function tagFor({ logical, url, integrity }) {
  const shared = `integrity="${escapeHtml(integrity)}" crossorigin="anonymous"`;
  switch (path.extname(logical)) {
    case '.js':
      return `<script type="module" src="${escapeHtml(url)}" ${shared}></script>`;
    case '.css':
      return `<link rel="stylesheet" href="${escapeHtml(url)}" ${shared}>`;
    default:
      throw new Error(`no tag for ${logical}`);
  }
}

/** Fills <!-- asset main.js --> and {{ version }} in the pages. */
function fill(page, assets, values) {
  return page
    .replace(/<!-- asset ([\w.-]+) -->/g, (whole, name) => {
      const asset = assets.get(name);
      if (!asset) throw new Error(`no asset ${name}`);
      return tagFor(asset);
    })
    .replace(/\{\{ (\w+) \}\}/g, (whole, name) => (Object.hasOwn(values, name) ? escapeHtml(values[name]) : whole));
}

async function* pagesOf(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && entry.name.endsWith('.html')) yield path.join(entry.parentPath ?? entry.path, entry.name);
  }
}

async function describeAssets(pool, outputs) {
  const assets = new Map();
  for (const { logical, file } of outputs) {
    const [digest, sizes] = await Promise.all([pool.run('digest', { file }), pool.run('compress', { file })]);
    assets.set(logical, { logical, url: `/${path.basename(file)}`, integrity: `sha384-${digest}`, sizes });
  }
  return assets;
}

async function build() {
  const pool = new Pool({ size: 4 });
  const work = await mkdtemp(path.join(ROOT, '.build-'));
  try {
    const version = await revision();
    await cp(path.join(ROOT, 'public'), work, { recursive: true, dereference: false });
    const assets = await describeAssets(pool, await bundle(work, version));
    for await (const file of pagesOf(work)) {
      const page = fill(await readFile(file, 'utf8'), assets, { version, year: new Date().getFullYear() });
      await writeFile(file, page);
    }
    await rm(TARGET, { recursive: true, force: true });
    await rename(work, TARGET);
    for (const { logical, sizes } of assets.values()) console.log('%s %d bytes (gzip %d)', logical, sizes.plain, sizes.gzip);
  } finally {
    await pool.close();
    await rm(work, { recursive: true, force: true });
  }
}

await build();
--- orders-api/package.json
{
  "name": "orders-api",
  "version": "3.4.0",
  "private": true,
  "main": "src/http/server.cjs",
  "engines": { "node": ">=20.11" },
  "scripts": {
    "start": "node src/http/server.cjs",
    "start:hono": "node src/hono/app.mjs",
    "test": "node --test"
  },
  "dependencies": {
    "@fastify/cookie": "^11.0.2",
    "@fastify/cors": "^11.0.1",
    "@fastify/csrf-protection": "^7.1.0",
    "@fastify/helmet": "^13.0.1",
    "@fastify/rate-limit": "^10.3.0",
    "@fastify/session": "^11.1.0",
    "@hono/node-server": "^1.14.0",
    "@hono/zod-validator": "^0.5.0",
    "@prisma/client": "^6.8.0",
    "argon2": "^0.43.0",
    "connect-redis": "^8.1.0",
    "fastify": "^5.3.3",
    "fastify-plugin": "^5.0.1",
    "file-type": "^20.5.0",
    "handlebars": "^4.7.8",
    "hono": "^4.7.10",
    "htmlparser2": "^10.0.0",
    "jose": "^6.0.11",
    "knex": "^3.1.0",
    "mongoose": "^8.15.0",
    "nodemailer": "^7.0.3",
    "pg": "^8.16.0",
    "rate-limiter-flexible": "^7.1.0",
    "redis": "^5.1.0",
    "sharp": "^0.34.2",
    "undici": "^7.10.0",
    "zod": "^3.25.0"
  }
}
--- orders-api/src/config.cjs
'use strict';

/**
 * Settings come from the environment only. Every one of them is declared in SCHEMA; a secret may be given as
 * NAME or, where the orchestrator mounts secrets as files, as NAME_FILE.
 */

const { readFileSync } = require('node:fs');
const path = require('node:path');

class ConfigError extends Error {
  constructor(name, problem) {
    super(`setting ${name} ${problem}`);
    this.name = 'ConfigError';
    this.setting = name;
  }
}

const readers = {
  text(raw, { pattern }, fail) {
    if (pattern && !pattern.test(raw)) fail('has the wrong form');
    return raw;
  },

  integer(raw, { min = 0, max = Number.MAX_SAFE_INTEGER }, fail) {
    const value = Number(raw);
    if (!Number.isInteger(value) || value < min || value > max) fail(`must be a whole number from ${min} to ${max}`);
    return value;
  },

  choice(raw, { of }, fail) {
    if (!of.includes(raw)) fail(`must be one of ${of.join(', ')}`);
    return raw;
  },

  list(raw, { each = (item) => item }) {
    return raw
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(each);
  },

  url(raw, { protocols = ['https:'] }, fail) {
    if (!URL.canParse(raw)) fail('is not a URL');
    const url = new URL(raw);
    if (!protocols.includes(url.protocol)) fail(`must begin with ${protocols.join(' or ')}`);
    return url;
  },

  key(raw, { bytes = 32 }, fail) {
    const key = Buffer.from(raw, 'base64');
    if (key.length < bytes) fail(`must hold at least ${bytes} bytes in base64`);
    return key;
  },

  folder(raw, options, fail) {
    if (!path.isAbsolute(raw)) fail('must be an absolute path');
    return path.normalize(raw);
  },
};

const asOrigin = (text) => new URL(text).origin;

const SCHEMA = {
  environment: { env: 'NODE_ENV', type: 'choice', of: ['production', 'staging', 'test'], preset: 'production' },
  host: { env: 'HOST', type: 'text', preset: '127.0.0.1' },
  port: { env: 'PORT', type: 'integer', min: 1024, max: 65535, preset: '8080' },
  publicUrl: { env: 'PUBLIC_URL', type: 'url' },
  allowedOrigins: { env: 'ALLOWED_ORIGINS', type: 'list', each: asOrigin, preset: '' },
  trustedProxies: { env: 'TRUSTED_PROXIES', type: 'list', preset: '' },
  databaseUrl: { env: 'DATABASE_URL', type: 'url', protocols: ['postgresql:', 'postgres:'], secret: true },
  databaseCa: { env: 'DATABASE_CA', type: 'text', pattern: /^-----BEGIN CERTIFICATE-----/, secret: true },
  redisUrl: { env: 'REDIS_URL', type: 'url', protocols: ['rediss:'], secret: true },
  sessionKey: { env: 'SESSION_KEY', type: 'key', bytes: 48, secret: true },
  webhookKey: { env: 'WEBHOOK_KEY', type: 'key', bytes: 32, secret: true },
  invoiceFolder: { env: 'INVOICE_FOLDER', type: 'folder', preset: '/var/lib/orders/invoices' },
  oidcIssuer: { env: 'OIDC_ISSUER', type: 'url' },
  oidcClientId: { env: 'OIDC_CLIENT_ID', type: 'text', pattern: /^[\w-]{4,64}$/ },
  oidcClientSecret: { env: 'OIDC_CLIENT_SECRET', type: 'text', secret: true },
  smtpHost: { env: 'SMTP_HOST', type: 'text', pattern: /^[a-z\d.-]+$/ },
  smtpUser: { env: 'SMTP_USER', type: 'text', preset: 'orders' },
  smtpPassword: { env: 'SMTP_PASSWORD', type: 'text', secret: true },
  logLevel: { env: 'LOG_LEVEL', type: 'choice', of: ['trace', 'debug', 'info', 'warn', 'error'], preset: 'info' },
};

function rawValue(env, field) {
  if (env[field.env] !== undefined && env[field.env] !== '') return env[field.env];
  const file = field.secret ? env[`${field.env}_FILE`] : undefined;
  if (file) return readFileSync(file, 'utf8').trim();
  return field.preset;
}

function loadConfig(env = process.env) {
  const config = {};
  for (const [name, field] of Object.entries(SCHEMA)) {
    const raw = rawValue(env, field);
    if (raw === undefined) throw new ConfigError(field.env, 'is missing');
    config[name] = readers[field.type](raw, field, (problem) => {
      throw new ConfigError(field.env, problem);
    });
  }
  return Object.freeze(config);
}

/** For the start-up log: what is set, never a secret's value. */
function describe(config) {
  const shown = {};
  for (const [name, field] of Object.entries(SCHEMA)) {
    shown[name] = field.secret ? '(set)' : String(config[name]);
  }
  return shown;
}

module.exports = { loadConfig, describe, ConfigError };
--- orders-api/src/db/order-repository.cjs
'use strict';

const knexFactory = require('knex');

const SORT_COLUMNS = new Map([
  ['placed', 'orders.placed_at'],
  ['total', 'orders.total_cents'],
  ['customer', 'customers.display_name'],
]);

const DIRECTIONS = { asc: { sql: 'asc', after: '>' }, desc: { sql: 'desc', after: '<' } };

const PERIODS = Object.freeze({ day: 'day', week: 'week', month: 'month', quarter: 'quarter' });

const TRANSITIONS = {
  draft: ['placed', 'cancelled'],
  placed: ['paid', 'cancelled'],
  paid: ['shipped', 'refunded'],
  shipped: ['returned'],
};

const EDITABLE = ['note', 'delivery_date', 'delivery_slot', 'gift_wrap'];

class ConflictError extends Error {
  constructor(message) {
    super(message);
    this.name = 'ConflictError';
    this.statusCode = 409;
  }
}

function connect(config) {
  const { hostname, port, username, password, pathname } = config.databaseUrl;
  return knexFactory({
    client: 'pg',
    connection: {
      host: hostname,
      port: Number(port || 5432),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: pathname.slice(1),
      ssl: { ca: config.databaseCa, rejectUnauthorized: true },
      statement_timeout: 10_000,
    },
    pool: { min: 0, max: 12 },
    acquireConnectionTimeout: 5_000,
  });
}

const likePattern = (text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function encodeCursor(row, key) {
  return Buffer.from(JSON.stringify([row[key], row.id])).toString('base64url');
}

function decodeCursor(text) {
  if (typeof text !== 'string' || text.length > 400) return null;
  try {
    const parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed.length !== 2) return null;
    const [value, id] = parsed;
    const plain = typeof value === 'string' || Number.isFinite(value);
    return plain && Number.isSafeInteger(id) ? { value, id } : null;
  } catch {
    return null;
  }
}

class OrderRepository {
  #knex;

  constructor(knex) {
    this.#knex = knex;
  }

  async list(accountId, { sort = 'placed', direction = 'desc', status, search, cursor, limit = 25 } = {}) {
    const sortName = SORT_COLUMNS.has(sort) ? sort : 'placed';
    const column = SORT_COLUMNS.get(sortName);
    const { sql: way, after } = direction === 'asc' ? DIRECTIONS.asc : DIRECTIONS.desc;
    const size = Math.min(Math.max(Number.parseInt(limit, 10) || 25, 1), 100);

    const query = this.#knex('orders')
      .join('customers', 'customers.id', 'orders.customer_id')
      .where('orders.account_id', accountId)
      .select('orders.id', 'orders.reference', 'orders.status', 'orders.total_cents', 'orders.placed_at')
      .select(this.#knex.ref(column).as('sort_key'))
      .orderBy(column, way)
      .orderBy('orders.id', way)
      .limit(size + 1);

    if (status !== undefined) query.whereIn('orders.status', [].concat(status).map(String));
    if (typeof search === 'string' && search !== '') {
      const pattern = likePattern(search.slice(0, 80));
      query.andWhere((either) =>
        either.whereRaw('orders.reference ilike ?', [pattern]).orWhereRaw('customers.display_name ilike ?', [pattern]),
      );
    }

    const from = decodeCursor(cursor);
    if (from) query.whereRaw(`(??, ??) ${after} (?, ?)`, [column, 'orders.id', from.value, from.id]);

    const rows = await query;
    const page = rows.slice(0, size);
    return {
      items: page.map(({ sort_key: _, ...row }) => row),
      next: rows.length > size ? encodeCursor(page.at(-1), 'sort_key') : null,
    };
  }

  async revenue(accountId, periodName, { from, to }) {
    if (!Object.hasOwn(PERIODS, periodName)) throw new RangeError('unknown period');
    const { rows } = await this.#knex.raw(
      `select date_trunc('${PERIODS[periodName]}', placed_at) as period, sum(total_cents)::bigint as cents
         from orders
        where account_id = :accountId and placed_at >= :from and placed_at < :to and status <> 'cancelled'
        group by 1
        order by 1`,
      { accountId, from, to },
    );
    return rows;
  }

  async move(accountId, id, nextStatus, actorId) {
    return this.#knex.transaction(async (trx) => {
      const order = await trx('orders').where({ account_id: accountId, id }).forUpdate().first('id', 'status');
      if (!order) return null;
      if (!TRANSITIONS[order.status]?.includes(nextStatus)) throw new ConflictError('this step is not possible now');
      await trx('orders').where({ id: order.id }).update({ status: nextStatus, changed_at: trx.fn.now() });
      await trx('order_events').insert({ order_id: order.id, actor_id: actorId, kind: `status:${nextStatus}` });
      return { id: order.id, status: nextStatus };
    });
  }

  async edit(accountId, id, changes) {
    const known = Object.fromEntries(EDITABLE.filter((key) => key in changes).map((key) => [key, changes[key]]));
    if (Object.keys(known).length === 0) return 0;
    return this.#knex('orders').where({ account_id: accountId, id }).update(known);
  }

  /** A cursor of the driver, so that a long export never sits in memory as a whole. */
  async *export(accountId, from, to) {
    const stream = this.#knex('orders')
      .where('account_id', accountId)
      .whereBetween('placed_at', [from, to])
      .orderBy('placed_at')
      .select('reference', 'status', 'total_cents', 'placed_at', 'note')
      .stream({ highWaterMark: 200 });
    for await (const row of stream) yield row;
  }

  invoice(accountId, id) {
    return this.#knex('invoices').where({ account_id: accountId, id }).first('id', 'number', 'file_name');
  }
}

module.exports = { OrderRepository, ConflictError, connect, decodeCursor };
--- orders-api/src/hono/app.mjs
import { serve } from '@hono/node-server';
import { zValidator } from '@hono/zod-validator';
import { Prisma, PrismaClient } from '@prisma/client';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { timeout } from 'hono/timeout';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';

import articles from './articles.mjs';
import linkPreview from './link-preview.mjs';
import uploads from './uploads.mjs';

const settings = z
  .object({
    API_PORT: z.coerce.number().int().min(1024).max(65535).default(8090),
    API_HOST: z.string().ip().default('127.0.0.1'),
    API_ORIGINS: z
      .string()
      .default('')
      .transform((text) => text.split(/\s+/).filter(Boolean)),
    TOKEN_ISSUER: z.string().url().startsWith('https://'),
    TOKEN_AUDIENCE: z.string().min(3),
  })
  .parse(process.env);

const prisma = new PrismaClient({ log: ['warn', 'error'] });
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', settings.TOKEN_ISSUER), { timeoutDuration: 4_000 });

const claims = z.object({
  sub: z.string().min(1),
  tenant: z.string().uuid(),
  scope: z.string().transform((text) => new Set(text.split(' '))),
});

const authenticated = createMiddleware(async (c, next) => {
  const header = c.req.header('authorization') ?? '';
  const [scheme, token, ...rest] = header.split(' ');
  if (scheme !== 'Bearer' || !token || rest.length > 0) throw new HTTPException(401, { message: 'token required' });
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: settings.TOKEN_ISSUER,
      audience: settings.TOKEN_AUDIENCE,
      algorithms: ['ES256'],
      requiredClaims: ['exp', 'sub'],
    });
    c.set('caller', claims.parse(payload));
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
      throw new HTTPException(401, { message: 'token refused' });
    }
    throw error;
  }
  await next();
});

const needs = (scope) =>
  createMiddleware(async (c, next) => {
    if (!c.get('caller').scope.has(scope)) throw new HTTPException(403, { message: 'not allowed' });
    await next();
  });

const customers = new Hono();

const listing = z.object({
  q: z.string().trim().max(80).optional(),
  sort: z.enum(['name', 'createdAt', 'city']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
  page: z.coerce.number().int().min(1).max(500).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

customers.get('/', needs('customers:read'), zValidator('query', listing), async (c) => {
  const { q, sort, order, page, size } = c.req.valid('query');
  const where = {
    tenantId: c.get('caller').tenant,
    ...(q ? { OR: [{ name: { contains: q, mode: 'insensitive' } }, { city: { startsWith: q } }] } : {}),
  };
  const [items, total] = await prisma.$transaction([
    prisma.customer.findMany({
      where,
      orderBy: [{ [sort]: order }, { id: 'asc' }],
      skip: (page - 1) * size,
      take: size,
      select: { id: true, name: true, city: true, createdAt: true },
    }),
    prisma.customer.count({ where }),
  ]);
  return c.json({ items, total, page, pages: Math.ceil(total / size) });
});

const RANKINGS = {
  revenue: Prisma.sql`sum(o.total_cents) desc`,
  orders: Prisma.sql`count(*) desc`,
  latest: Prisma.sql`max(o.placed_at) desc nulls last`,
};

const ranking = z.object({ by: z.enum(['revenue', 'orders', 'latest']), top: z.coerce.number().int().min(1).max(50) });

customers.get('/ranking', needs('customers:read'), zValidator('query', ranking), async (c) => {
  const { by, top } = c.req.valid('query');
  const { tenant } = c.get('caller');
  const rows = await prisma.$queryRaw`
    select cu.id, cu.name, count(*)::int as orders, sum(o.total_cents)::float as cents
      from customers cu
      join orders o on o.customer_id = cu.id
     where cu.tenant_id = ${tenant}::uuid
     group by cu.id, cu.name
     order by ${RANKINGS[by]}
     limit ${top}`;
  return c.json({ items: rows });
});

const changes = z
  .object({ name: z.string().trim().min(1).max(120), city: z.string().max(80), note: z.string().max(2000) })
  .partial()
  .strict();

customers.patch(
  '/:id',
  needs('customers:write'),
  zValidator('param', z.object({ id: z.string().uuid() })),
  zValidator('json', changes),
  async (c) => {
    const { count } = await prisma.customer.updateMany({
      where: { id: c.req.valid('param').id, tenantId: c.get('caller').tenant },
      data: c.req.valid('json'),
    });
    if (count === 0) throw new HTTPException(404, { message: 'no such customer' });
    return c.body(null, 204);
  },
);

const app = new Hono();

app.use(
  secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    crossOriginResourcePolicy: 'same-site',
  }),
);
app.use(cors({ origin: settings.API_ORIGINS, allowMethods: ['GET', 'POST', 'PATCH'], maxAge: 600 }));
app.use(timeout(20_000));
app.use(bodyLimit({ maxSize: 6 * 1024 * 1024 }));
app.use('/v1/*', authenticated);
app.route('/v1/customers', customers);
app.route('/v1/articles', articles);
app.route('/v1/uploads', uploads);
app.route('/v1/link-preview', linkPreview);

app.notFound((c) => c.json({ error: 'not found' }, 404));
app.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
  console.error(JSON.stringify({ level: 'error', name: error.name, message: error.message, route: c.req.routePath }));
  return c.json({ error: 'internal error' }, 500);
});

const server = serve({ fetch: app.fetch, hostname: settings.API_HOST, port: settings.API_PORT });
process.once('SIGTERM', () => {
  server.close(() => prisma.$disconnect());
});

export default app;
--- orders-api/src/hono/articles.mjs
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import mongoose from 'mongoose';

const { Schema, model, isValidObjectId, Types } = mongoose;

mongoose.set('sanitizeFilter', true);
mongoose.set('strictQuery', 'throw');

const articleSchema = new Schema(
  {
    tenant: { type: String, required: true, index: true },
    sku: { type: String, required: true, match: /^[A-Z]{2,4}-\d{3,8}$/ },
    title: { type: String, required: true, trim: true, maxlength: 160 },
    tags: { type: [String], validate: (tags) => tags.length <= 20 },
    priceCents: { type: Number, min: 0, max: 100_000_000 },
    stock: { type: Number, min: 0, default: 0 },
    state: { type: String, enum: ['draft', 'active', 'retired'], default: 'draft' },
  },
  { timestamps: true, strict: 'throw', optimisticConcurrency: true },
);
articleSchema.index({ tenant: 1, sku: 1 }, { unique: true });

const Article = mongoose.models.Article ?? model('Article', articleSchema);

const escapeRegExp = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

class BadInput extends HTTPException {
  constructor(what) {
    super(400, { message: `${what} is not valid` });
  }
}

/** Builds a filter out of strings and numbers; nothing of the request gets in as an object. */
class Filter {
  #parts;

  constructor(tenant) {
    this.#parts = [{ tenant: { $eq: tenant } }];
  }

  static for(tenant) {
    return new Filter(tenant);
  }

  equal(field, value) {
    if (value !== undefined) this.#parts.push({ [field]: { $eq: String(value) } });
    return this;
  }

  oneOf(field, values) {
    if (values.length > 0) this.#parts.push({ [field]: mongoose.trusted({ $in: values.map(String) }) });
    return this;
  }

  startsWith(field, text) {
    if (text) {
      const pattern = new RegExp(`^${escapeRegExp(text)}`, 'i');
      this.#parts.push({ [field]: mongoose.trusted({ $regex: pattern }) });
    }
    return this;
  }

  between(field, low, high) {
    const range = {};
    if (low !== undefined) range.$gte = low;
    if (high !== undefined) range.$lte = high;
    if (Object.keys(range).length > 0) this.#parts.push({ [field]: mongoose.trusted(range) });
    return this;
  }

  build() {
    return mongoose.trusted({ $and: this.#parts });
  }
}

function integer(text, what, { min = 0, max = Number.MAX_SAFE_INTEGER, preset } = {}) {
  if (text === undefined) return preset;
  if (!/^\d{1,12}$/.test(text)) throw new BadInput(what);
  const value = Number.parseInt(text, 10);
  if (value < min || value > max) throw new BadInput(what);
  return value;
}

function objectId(text) {
  if (typeof text !== 'string' || text.length !== 24 || !isValidObjectId(text)) throw new BadInput('id');
  return new Types.ObjectId(text);
}

const SORTS = { newest: { createdAt: -1 }, title: { title: 1 }, cheapest: { priceCents: 1 }, stock: { stock: -1 } };

const READERS = {
  title: (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 160) : undefined),
  priceCents: (value) => (Number.isSafeInteger(value) && value >= 0 ? value : undefined),
  state: (value) => (['draft', 'active', 'retired'].includes(value) ? value : undefined),
  tags: (value) =>
    Array.isArray(value) && value.length <= 20 && value.every((tag) => typeof tag === 'string' && /^[a-z\d-]{1,30}$/.test(tag))
      ? value
      : undefined,
};

function readChanges(body) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new BadInput('body');
  const changes = {};
  for (const [name, read] of Object.entries(READERS)) {
    if (!Object.hasOwn(body, name)) continue;
    changes[name] = read(body[name]);
    if (changes[name] === undefined) throw new BadInput(name);
  }
  if (Object.keys(changes).length === 0) throw new BadInput('body');
  return changes;
}

const requireScope = (c, scope) => {
  const caller = c.get('caller');
  if (!caller.scope.has(scope)) throw new HTTPException(403, { message: 'not allowed' });
  return caller;
};

const articles = new Hono();

articles.get('/', async (c) => {
  const { tenant } = requireScope(c, 'articles:read');
  const sort = c.req.query('sort') ?? 'newest';
  if (!Object.hasOwn(SORTS, sort)) throw new BadInput('sort');

  const filter = Filter.for(tenant)
    .equal('state', c.req.query('state'))
    .oneOf('tags', (c.req.queries('tag') ?? []).slice(0, 10))
    .startsWith('title', c.req.query('q')?.slice(0, 60))
    .between('priceCents', integer(c.req.query('min'), 'min'), integer(c.req.query('max'), 'max'))
    .build();

  const size = integer(c.req.query('size'), 'size', { min: 1, max: 100, preset: 20 });
  const page = integer(c.req.query('page'), 'page', { min: 1, max: 500, preset: 1 });
  const items = await Article.find(filter)
    .sort({ ...SORTS[sort], _id: 1 })
    .skip((page - 1) * size)
    .limit(size)
    .select('sku title tags priceCents stock state')
    .maxTimeMS(4_000)
    .lean();
  return c.json({ items, page });
});

articles.patch('/:id', async (c) => {
  const { tenant } = requireScope(c, 'articles:write');
  const changes = readChanges(await c.req.json().catch(() => null));
  const article = await Article.findOneAndUpdate(
    { _id: objectId(c.req.param('id')), tenant },
    { $set: changes },
    { new: true, runValidators: true },
  ).lean();
  if (!article) throw new HTTPException(404, { message: 'no such article' });
  return c.json(article);
});

export default articles;
--- orders-api/src/hono/link-preview.mjs
import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';

import { Hono } from 'hono';
import { Parser } from 'htmlparser2';
import { Agent, request } from 'undici';

const LARGEST = 512 * 1024;
const MOST_REDIRECTS = 3;

/** Networks of IPv4 that are not the internet at large. */
const internal = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]) {
  internal.addSubnet(network, bits, 'ipv4');
}

/** Of IPv6 only global unicast is let through, without the ranges that lead to IPv4 or are for documents. */
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
const exceptV6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]) {
  exceptV6.addSubnet(network, bits, 'ipv6');
}

function isPublic({ address, family }) {
  if (family === 4) return !internal.check(address, 'ipv4');
  return globalV6.check(address, 'ipv6') && !exceptV6.check(address, 'ipv6');
}

/** Takes the place of dns.lookup for the very connection, so that what was checked is what is connected to. */
function publicLookup(hostname, options, callback) {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error);
    if (addresses.length === 0 || !addresses.every(isPublic)) {
      return callback(Object.assign(new Error('address refused'), { code: 'EREFUSED' }));
    }
    if (options.all) return callback(null, addresses);
    return callback(null, addresses[0].address, addresses[0].family);
  });
}

const agent = new Agent({ connect: { lookup: publicLookup, timeout: 4_000 }, connections: 4, maxResponseSize: LARGEST });

class Unfit extends Error {}

/** An https address at the usual port, by name: numbers as hosts never reach the look-up. */
function admit(text, base) {
  if (typeof text !== 'string' || text.length > 2_000 || !URL.canParse(text, base)) throw new Unfit('not an address');
  const url = new URL(text, base);
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') {
    throw new Unfit('address refused');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 || !host.includes('.')) throw new Unfit('address refused');
  url.hash = '';
  return url;
}

async function get(start, signal) {
  let url = admit(start);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal,
      headersTimeout: 5_000,
      bodyTimeout: 5_000,
      headers: { accept: 'text/html', 'user-agent': 'orders-link-preview/1.0' },
    });
    if (statusCode === 200 && String(headers['content-type']).startsWith('text/html')) return { url, body };
    await body.dump({ limit: 16 * 1024 });
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) throw new Unfit('no page there');
    url = admit(String(headers.location), url);
  }
  throw new Unfit('too many redirects');
}

async function readHead(body) {
  const found = { title: '', description: '' };
  let inTitle = false;
  let done = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'title') inTitle = true;
      if (name === 'body') done = true;
      const key = attributes.name ?? attributes.property;
      if (name === 'meta' && (key === 'description' || key === 'og:description')) {
        found.description ||= (attributes.content ?? '').slice(0, 300);
      }
    },
    ontext(text) {
      if (inTitle && found.title.length < 200) found.title += text.slice(0, 200);
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
    },
  });

  body.setEncoding('utf8');
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    parser.write(chunk);
    if (done || size > LARGEST) break;
  }
  parser.end();
  return found;
}

const linkPreview = new Hono();

linkPreview.get('/', async (c) => {
  if (!c.get('caller').scope.has('preview:read')) return c.json({ error: 'not allowed' }, 403);
  try {
    const { url, body } = await get(c.req.query('url'), AbortSignal.timeout(10_000));
    const { title, description } = await readHead(body);
    return c.json({ host: url.hostname, title: title.trim(), description });
  } catch (error) {
    if (error instanceof Unfit) return c.json({ error: error.message }, 422);
    return c.json({ error: 'the page cannot be read' }, 502);
  }
});

export default linkPreview;
--- orders-api/src/hono/uploads.mjs
import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import path from 'node:path';

import { fileTypeFromBuffer } from 'file-type';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import sharp from 'sharp';

const ROOT = path.resolve(process.env.UPLOAD_FOLDER ?? '/var/lib/orders/uploads');
const LARGEST = 5 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;

const KINDS = new Map([
  ['image/png', { extension: 'png', encode: (image) => image.png({ compressionLevel: 9 }) }],
  ['image/jpeg', { extension: 'jpg', encode: (image) => image.jpeg({ quality: 82, mozjpeg: true }) }],
  ['image/webp', { extension: 'webp', encode: (image) => image.webp({ quality: 80 }) }],
]);

const STORED_NAME = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.(?:png|jpg|webp)$/;

const refuse = (status, message) => {
  throw new HTTPException(status, { message });
};

/** What the client says of the name and the type of its file is not looked at; the bytes decide. */
async function normalise(file) {
  if (!(file instanceof File)) refuse(400, 'a file is needed');
  if (file.size === 0 || file.size > LARGEST) refuse(413, 'the file is empty or too large');

  const bytes = Buffer.from(await file.arrayBuffer());
  const found = await fileTypeFromBuffer(bytes);
  const kind = KINDS.get(found?.mime);
  if (!kind) refuse(415, 'only PNG, JPEG and WebP');

  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate();
    const output = await kind
      .encode(image.resize({ width: 2400, height: 2400, fit: 'inside', withoutEnlargement: true }))
      .timeout({ seconds: 15 })
      .toBuffer();
    return { output, extension: kind.extension };
  } catch {
    return refuse(422, 'the image cannot be read');
  }
}

/** Each tenant has a folder; its name is the UUID of the verified token. */
const folderOf = (caller) => path.join(ROOT, caller.tenant);

async function store(folder, output, extension) {
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const name = `${randomUUID()}.${extension}`;
  const target = path.join(folder, name);
  const handle = await open(target, 'wx', 0o640);
  try {
    await handle.writeFile(output);
    await handle.sync();
  } catch (error) {
    await unlink(target);
    throw error;
  } finally {
    await handle.close();
  }
  return name;
}

async function load(folder, name) {
  let handle;
  try {
    handle = await open(path.join(folder, name), 'r');
    return await handle.readFile();
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  } finally {
    await handle?.close();
  }
}

/** At most a few images at a time are decoded: each takes a good deal of memory. */
function limiter(most) {
  let active = 0;
  return async (task) => {
    if (active >= most) refuse(503, 'busy, try again');
    active += 1;
    try {
      return await task();
    } finally {
      active -= 1;
    }
  };
}

const decoding = limiter(4);
const TYPES = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };

const uploads = new Hono();

uploads.post('/', async (c) => {
  const caller = c.get('caller');
  if (!caller.scope.has('uploads:write')) refuse(403, 'not allowed');
  const form = await c.req.parseBody();
  const { output, extension } = await decoding(() => normalise(form.image));
  const name = await store(folderOf(caller), output, extension);
  return c.json({ name, bytes: output.length, url: `/v1/uploads/${name}` }, 201);
});

uploads.get('/:name', async (c) => {
  const caller = c.get('caller');
  if (!caller.scope.has('uploads:read')) refuse(403, 'not allowed');
  const name = c.req.param('name');
  if (!STORED_NAME.test(name)) refuse(404, 'no such image');
  const bytes = await load(folderOf(caller), name);
  if (!bytes) refuse(404, 'no such image');
  return c.body(bytes, 200, {
    'content-type': TYPES[path.extname(name).slice(1)],
    'content-disposition': 'inline',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
});

export default uploads;
--- orders-api/src/http/auth-routes.cjs
'use strict';

const { createHash, randomBytes, timingSafeEqual } = require('node:crypto');
const fp = require('fastify-plugin');
const argon2 = require('argon2');

const HASHING = { type: argon2.argon2id, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };
const HANDSHAKE_MS = 10 * 60 * 1000;
const RESET_MS = 30 * 60 * 1000;

// A path of this site: segments that begin with a letter, digit, "_", "~" or "-", and a simple query.
const LOCAL_PATH = /^\/(?:[\w~-][\w.~-]*(?:\/[\w~-][\w.~-]*)*)?(?:\?[\w.~%=&-]*)?$/;

const localPath = (value) => (typeof value === 'string' && value.length < 300 && LOCAL_PATH.test(value) ? value : '/');
const sha256 = (text) => createHash('sha256').update(text).digest();
const sameText = (a, b) => timingSafeEqual(sha256(a), sha256(b));
const urlSafe = (bytes) => randomBytes(bytes).toString('base64url');

const credentials = {
  type: 'object',
  required: ['email', 'password'],
  properties: {
    email: { type: 'string', minLength: 3, maxLength: 254 },
    password: { type: 'string', minLength: 1, maxLength: 200 },
  },
};

async function authRoutes(app, { config, knex, loginLimiter, mailer }) {
  const decoy = await argon2.hash(randomBytes(24), HASHING);
  const { createRemoteJWKSet, jwtVerify } = await import('jose');
  const endpoint = (name) => new URL(`oauth2/${name}`, config.oidcIssuer);
  const keys = createRemoteJWKSet(endpoint('keys'), { timeoutDuration: 5_000 });
  const callbackUrl = new URL('/login/callback', config.publicUrl).href;

  app.decorateRequest('user', null);
  app.decorate('requireUser', async (request, reply) => {
    const userId = request.session.get('userId');
    const user = Number.isInteger(userId)
      ? await knex('users').where({ id: userId, disabled: false }).first('id', 'account_id', 'role')
      : undefined;
    if (!user) return reply.code(401).send({ error: 'sign_in' });
    request.user = { id: user.id, accountId: user.account_id, role: user.role };
  });

  async function signIn(request, user) {
    await request.session.regenerate();
    request.session.set('userId', user.id);
    await request.session.save();
    await knex('users').where({ id: user.id }).update({ last_login_at: knex.fn.now() });
    request.log.info({ userId: user.id }, 'signed in');
  }

  async function offerReset(email) {
    const user = await knex('users').where({ email, disabled: false }).first('id', 'email', 'display_name');
    if (!user) return;
    const token = urlSafe(32);
    await knex('password_resets').insert({
      user_id: user.id,
      token_digest: sha256(token),
      expires_at: new Date(Date.now() + RESET_MS),
    });
    await mailer.sendReset({ name: user.display_name, address: user.email }, token);
  }

  app.get('/csrf', async (request, reply) => ({ token: reply.generateCsrf() }));

  app.post(
    '/login',
    {
      schema: { body: credentials },
      config: { rateLimit: { max: 20, timeWindow: '10 minutes' } },
      preHandler: app.csrfProtection,
    },
    async (request, reply) => {
      const email = request.body.email.trim().toLowerCase();
      try {
        await loginLimiter.consume(sha256(email).toString('hex'));
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        return reply.code(429).header('retry-after', Math.ceil(refusal.msBeforeNext / 1000)).send({ error: 'slow_down' });
      }

      const user = await knex('users').where({ email, disabled: false }).first('id', 'password_hash');
      const right = await argon2.verify(user?.password_hash ?? decoy, request.body.password);
      if (!user || !right) return reply.code(401).send({ error: 'wrong_credentials' });

      await signIn(request, user);
      return { ok: true };
    },
  );

  app.post('/logout', { preHandler: app.csrfProtection }, async (request, reply) => {
    await request.session.destroy();
    return reply.clearCookie('__Host-sid', { path: '/', secure: true, httpOnly: true, sameSite: 'lax' }).code(204).send();
  });

  app.get('/login/start', { config: { rateLimit: { max: 30, timeWindow: '10 minutes' } } }, async (request, reply) => {
    const handshake = { state: urlSafe(24), nonce: urlSafe(24), verifier: urlSafe(48), since: Date.now() };
    request.session.set('handshake', { ...handshake, next: localPath(request.query.next) });

    const target = endpoint('authorize');
    target.search = new URLSearchParams({
      response_type: 'code',
      client_id: config.oidcClientId,
      redirect_uri: callbackUrl,
      scope: 'openid email',
      state: handshake.state,
      nonce: handshake.nonce,
      code_challenge: sha256(handshake.verifier).toString('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    return reply.redirect(target.href);
  });

  app.get('/login/callback', { config: { rateLimit: { max: 30, timeWindow: '10 minutes' } } }, async (request, reply) => {
    const { code, state } = request.query;
    const handshake = request.session.get('handshake');
    request.session.set('handshake', undefined);

    const fresh = handshake && Date.now() - handshake.since < HANDSHAKE_MS;
    if (!fresh || typeof code !== 'string' || typeof state !== 'string' || !sameText(state, handshake.state)) {
      return reply.code(400).send({ error: 'login_expired' });
    }

    const answer = await fetch(endpoint('token'), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(8_000),
      headers: {
        authorization: `Basic ${Buffer.from(`${config.oidcClientId}:${config.oidcClientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: callbackUrl,
        code_verifier: handshake.verifier,
      }),
    });
    if (!answer.ok) return reply.code(502).send({ error: 'provider' });

    const { id_token: idToken } = await answer.json();
    const { payload } = await jwtVerify(idToken, keys, {
      issuer: config.oidcIssuer.href,
      audience: config.oidcClientId,
      algorithms: ['RS256', 'ES256'],
      maxTokenAge: '10 minutes',
    });
    if (typeof payload.nonce !== 'string' || !sameText(payload.nonce, handshake.nonce)) {
      return reply.code(400).send({ error: 'login_expired' });
    }

    const user = await knex('users').where({ oidc_subject: payload.sub, disabled: false }).first('id');
    if (!user) return reply.code(403).send({ error: 'no_account' });
    await signIn(request, user);
    return reply.redirect(handshake.next);
  });

  app.post(
    '/password/forgotten',
    {
      schema: { body: { type: 'object', required: ['email'], properties: { email: credentials.properties.email } } },
      config: { rateLimit: { max: 5, timeWindow: '1 hour' } },
      preHandler: app.csrfProtection,
    },
    async (request, reply) => {
      const email = request.body.email.trim().toLowerCase();
      // Not awaited: the time of the answer must not tell whether there is such an account.
      offerReset(email).catch((err) => request.log.error({ err }, 'reset not offered'));
      return reply.code(202).send({ ok: true });
    },
  );
}

module.exports = fp(authRoutes, { name: 'auth-routes' });
--- orders-api/src/http/export-routes.cjs
'use strict';

const { constants } = require('node:fs');
const { open } = require('node:fs/promises');
const path = require('node:path');
const { Readable } = require('node:stream');

const DAY_MS = 86_400_000;
const LONGEST_EXPORT_DAYS = 400;

const COLUMNS = [
  { title: 'Reference', value: (row) => row.reference },
  { title: 'Status', value: (row) => row.status },
  { title: 'Total', value: (row) => row.total_cents / 100 },
  { title: 'Placed', value: (row) => row.placed_at.toISOString() },
  { title: 'Note', value: (row) => row.note ?? '' },
];

/**
 * One cell of a CSV file. Spreadsheets read text that begins with one of these signs as a formula, so such a text
 * gets an apostrophe in front; numbers of ours stay numbers.
 */
function cell(value) {
  if (typeof value === 'number') return String(value);
  const text = String(value);
  const harmless = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

const line = (values) => `${values.map(cell).join(',')}\r\n`;

async function* csvLines(rows) {
  yield '\ufeff';
  yield line(COLUMNS.map((column) => column.title));
  for await (const row of rows) yield line(COLUMNS.map((column) => column.value(row)));
}

function parseDay(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

const isoDay = (date) => date.toISOString().slice(0, 10);

/** The path of a file below a folder, or null for a name that leads elsewhere. */
function below(folder, name) {
  const root = path.resolve(folder);
  const target = path.resolve(root, name);
  return target.startsWith(root + path.sep) ? target : null;
}

async function openRegular(file) {
  let handle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    const info = await handle.stat();
    if (info.isFile()) return { handle, size: info.size };
  } catch (error) {
    if (!['ENOENT', 'ELOOP', 'ENOTDIR'].includes(error.code)) throw error;
  }
  await handle?.close();
  return null;
}

async function exportRoutes(app, { config, orders }) {
  app.addHook('preValidation', app.requireUser);

  const querystring = {
    type: 'object',
    required: ['from', 'to'],
    properties: {
      from: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
      to: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    },
  };

  app.get(
    '/exports/orders.csv',
    { schema: { querystring }, config: { rateLimit: { max: 10, timeWindow: '10 minutes' } } },
    async (request, reply) => {
      const from = parseDay(request.query.from);
      const to = parseDay(request.query.to);
      if (!from || !to || to < from || to - from > LONGEST_EXPORT_DAYS * DAY_MS) {
        return reply.code(400).send({ error: 'invalid_period' });
      }

      const rows = orders.export(request.user.accountId, from, new Date(to.getTime() + DAY_MS - 1));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="orders-${isoDay(from)}-${isoDay(to)}.csv"`)
        .header('cache-control', 'private, no-store')
        .send(Readable.from(csvLines(rows)));
    },
  );

  const params = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } };

  app.get('/invoices/:id', { schema: { params } }, async (request, reply) => {
    const invoice = await orders.invoice(request.user.accountId, request.params.id);
    const file = invoice && below(config.invoiceFolder, invoice.file_name);
    const opened = file && (await openRegular(file));
    if (!opened) return reply.code(404).send({ error: 'not_found' });

    const fileName = `invoice-${invoice.number.replace(/[^\w-]/g, '_')}.pdf`;
    return reply
      .type('application/pdf')
      .header('content-length', opened.size)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'private, no-store')
      .send(opened.handle.createReadStream());
  });
}

module.exports = exportRoutes;
module.exports.cell = cell;
module.exports.below = below;
--- orders-api/src/http/server.cjs
'use strict';

const { randomUUID } = require('node:crypto');
const Fastify = require('fastify');
const { createClient } = require('redis');
const { RedisStore } = require('connect-redis');
const { RateLimiterRedis } = require('rate-limiter-flexible');

const { loadConfig, describe } = require('../config.cjs');
const { connect, OrderRepository } = require('../db/order-repository.cjs');
const { Mailer } = require('../mail/mailer.cjs');
const authRoutes = require('./auth-routes.cjs');
const exportRoutes = require('./export-routes.cjs');
const webhookRoutes = require('./webhook-routes.cjs');

const SESSION_HOURS = 8;

function createApp(config) {
  return Fastify({
    logger: {
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]', '*.password'],
    },
    bodyLimit: 256 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 120 },
    ajv: { customOptions: { removeAdditional: 'all', coerceTypes: true, allErrors: false } },
  });
}

async function addSecurity(app, { config, redis }) {
  await app.register(require('@fastify/helmet'), {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'none'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    hsts: { maxAge: 63_072_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
  });

  const allowed = new Set([config.publicUrl.origin, ...config.allowedOrigins]);
  await app.register(require('@fastify/cors'), {
    origin: (origin, done) => done(null, origin !== undefined && allowed.has(origin)),
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    maxAge: 600,
  });

  await app.register(require('@fastify/rate-limit'), { max: 300, timeWindow: '1 minute' });
  await app.register(require('@fastify/cookie'));
  await app.register(require('@fastify/session'), {
    secret: config.sessionKey.toString('base64'),
    cookieName: '__Host-sid',
    store: new RedisStore({ client: redis, prefix: 'orders:sid:', ttl: SESSION_HOURS * 3600 }),
    saveUninitialized: false,
    rolling: true,
    cookie: { path: '/', secure: true, httpOnly: true, sameSite: 'lax', maxAge: SESSION_HOURS * 3600 * 1000 },
  });
  await app.register(require('@fastify/csrf-protection'), {
    sessionPlugin: '@fastify/session',
    getToken: (request) => request.headers['x-csrf-token'],
  });
}

function addErrorHandling(app) {
  app.setErrorHandler((error, request, reply) => {
    if (error.validation) {
      return reply.code(400).send({ error: 'invalid_request', field: error.validation[0]?.instancePath ?? null });
    }
    const status = Number.isInteger(error.statusCode) && error.statusCode >= 400 ? error.statusCode : 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    else request.log.info({ code: error.code, status }, 'request refused');
    return reply.code(status).send({ error: status >= 500 ? 'internal' : 'refused', id: request.id });
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit({ max: 60, timeWindow: '1 minute' }) }, (request, reply) =>
    reply.code(404).send({ error: 'not_found' }),
  );
}

/** Routes of signed-in people: the account is the session's, whatever the request says. */
async function orderRoutes(app, { orders }) {
  app.addHook('preValidation', app.requireUser);

  const querystring = {
    type: 'object',
    properties: {
      sort: { enum: ['placed', 'total', 'customer'] },
      direction: { enum: ['asc', 'desc'] },
      status: { enum: ['draft', 'placed', 'paid', 'shipped', 'returned', 'refunded', 'cancelled'] },
      search: { type: 'string', maxLength: 80 },
      cursor: { type: 'string', maxLength: 400, pattern: '^[A-Za-z0-9_-]+$' },
      limit: { type: 'integer', minimum: 1, maximum: 100 },
    },
  };
  app.get('/orders', { schema: { querystring } }, (request) => orders.list(request.user.accountId, request.query));

  const params = { type: 'object', required: ['id'], properties: { id: { type: 'integer', minimum: 1 } } };
  const body = {
    type: 'object',
    required: ['status'],
    properties: { status: { enum: ['placed', 'paid', 'shipped', 'returned', 'refunded', 'cancelled'] } },
  };
  app.post('/orders/:id/status', { schema: { params, body }, preHandler: app.csrfProtection }, async (request, reply) => {
    const { accountId, id: actorId } = request.user;
    const moved = await orders.move(accountId, request.params.id, request.body.status, actorId);
    return moved ?? reply.code(404).send({ error: 'not_found' });
  });
}

async function build(config) {
  const app = createApp(config);
  const redis = createClient({ url: config.redisUrl.href, socket: { connectTimeout: 5_000 } });
  redis.on('error', (err) => app.log.error({ err }, 'redis'));
  await redis.connect();

  const knex = connect(config);
  app.addHook('onClose', async () => {
    await knex.destroy();
    await redis.close();
  });

  await addSecurity(app, { config, redis });
  addErrorHandling(app);

  const loginLimiter = new RateLimiterRedis({ storeClient: redis, useRedisPackage: true, keyPrefix: 'login', points: 8, duration: 900 });
  const services = { config, knex, loginLimiter, orders: new OrderRepository(knex), mailer: new Mailer(config) };
  await app.register(authRoutes, services);
  await app.register(orderRoutes, services);
  await app.register(exportRoutes, services);
  await app.register(webhookRoutes, { ...services, prefix: '/hooks' });
  return app;
}

async function main() {
  const config = loadConfig();
  const app = await build(config);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close());
  app.log.info(describe(config), 'settings');
  await app.listen({ host: config.host, port: config.port });
}

if (require.main === module) {
  main().catch((error) => {
    process.stderr.write(`cannot start: ${error.message}\n`);
    process.exitCode = 1;
  });
}

module.exports = { build };
--- orders-api/src/http/webhook-routes.cjs
'use strict';

const { createHmac, timingSafeEqual } = require('node:crypto');
const { EventEmitter } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');

const TOLERANCE_SECONDS = 300;
const ATTEMPTS = 5;

/** "t=1735689600,v1=hex,v1=hex" as { time, signatures }, or null. */
function parseSignature(header) {
  if (typeof header !== 'string' || header.length > 600) return null;
  let time = null;
  const signatures = [];
  for (const part of header.split(',')) {
    const at = part.indexOf('=');
    const key = part.slice(0, at);
    const value = part.slice(at + 1);
    if (key === 't' && /^\d{10}$/.test(value)) time = Number(value);
    else if (key === 'v1' && /^[\da-f]{64}$/.test(value)) signatures.push(Buffer.from(value, 'hex'));
  }
  return time === null || signatures.length === 0 ? null : { time, signatures: signatures.slice(0, 4) };
}

function isGenuine(key, header, body, now = Date.now()) {
  const parsed = parseSignature(header);
  if (!parsed || Math.abs(now / 1000 - parsed.time) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', key).update(`${parsed.time}.`).update(body).digest();
  return parsed.signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

/** Events are answered at once and worked on afterwards, one after the other, each with some attempts. */
class Backlog extends EventEmitter {
  #waiting = [];
  #running = false;
  #handlers;

  constructor(handlers) {
    super();
    this.#handlers = handlers;
  }

  push(event) {
    if (this.#waiting.length >= 1000) return false;
    this.#waiting.push(event);
    if (!this.#running) this.#drain().catch((error) => this.emit('failed', error, null));
    return true;
  }

  async #drain() {
    this.#running = true;
    try {
      for (let event = this.#waiting.shift(); event; event = this.#waiting.shift()) await this.#work(event);
    } finally {
      this.#running = false;
    }
  }

  async #work(event) {
    const handler = this.#handlers.get(event.type);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await handler(event);
        this.emit('done', event);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS) this.emit('failed', error, event);
        else await sleep(250 * 2 ** attempt);
      }
    }
  }
}

const ID = /^evt_[A-Za-z\d]{8,40}$/;
const REFERENCE = /^ORD-\d{6,10}$/;

function readEvent(body) {
  let value;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  const { id, type, data } = value ?? {};
  if (typeof id !== 'string' || !ID.test(id) || typeof type !== 'string') return null;
  if (typeof data?.reference !== 'string' || !REFERENCE.test(data.reference)) return null;
  return { id, type, reference: data.reference, cents: Number.isSafeInteger(data.amount) ? data.amount : null };
}

async function webhookRoutes(app, { config, knex }) {
  const setStatus = (from, to) => async (event) => {
    await knex('orders').where({ reference: event.reference, status: from }).update({ status: to });
  };

  const handlers = new Map([
    ['payment.succeeded', setStatus('placed', 'paid')],
    ['payment.refunded', setStatus('paid', 'refunded')],
    [
      'payment.disputed',
      async (event) => {
        await knex('disputes').insert({ reference: event.reference, amount_cents: event.cents }).onConflict().ignore();
      },
    ],
  ]);

  const backlog = new Backlog(handlers);
  backlog.on('done', (event) => app.log.info({ eventId: event.id, type: event.type }, 'event handled'));
  backlog.on('failed', (err, event) => app.log.error({ err, eventId: event?.id }, 'event given up'));

  // The signature is over the bytes as they came, so nothing may parse them before. Only in this plugin.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 64 * 1024 }, (request, body, done) =>
    done(null, body),
  );

  app.post('/payments', { config: { rateLimit: { max: 600, timeWindow: '1 minute' } } }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body) || !isGenuine(config.webhookKey, request.headers['x-signature'], request.body)) {
      request.log.warn('webhook with a wrong signature');
      return reply.code(401).send();
    }
    const event = readEvent(request.body);
    if (!event) return reply.code(400).send();
    if (!handlers.has(event.type)) return reply.code(204).send();

    const [first] = await knex('webhook_events')
      .insert({ id: event.id, type: event.type })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (first && !backlog.push(event)) {
      await knex('webhook_events').where({ id: event.id }).delete();
      return reply.code(503).header('retry-after', '30').send();
    }
    return reply.code(204).send();
  });
}

module.exports = webhookRoutes;
module.exports.isGenuine = isGenuine;
--- orders-api/src/mail/mailer.cjs
'use strict';

const { readFileSync } = require('node:fs');
const path = require('node:path');
const nodemailer = require('nodemailer');
const Handlebars = require('handlebars');

const FOLDER = path.join(__dirname, 'templates');

/** What this service sends. Subjects are fixed; names of people occur in bodies only. */
const KINDS = {
  reset: { subject: 'Choose a new password', template: 'reset.hbs' },
  shipped: { subject: 'Your order is on its way', template: 'shipped.hbs' },
};

const ADDRESS = /^[^\s@<>",;:]{1,64}@[a-z\d](?:[a-z\d.-]{0,250}[a-z\d])?$/i;

function compileAll() {
  const engine = Handlebars.create();
  engine.registerHelper('money', (cents) => `${(Number(cents) / 100).toFixed(2)} EUR`);
  engine.registerHelper('day', (date) => new Date(date).toISOString().slice(0, 10));

  const compiled = new Map();
  for (const [kind, { template }] of Object.entries(KINDS)) {
    const source = readFileSync(path.join(FOLDER, template), 'utf8');
    compiled.set(kind, engine.compile(source, { strict: true, noEscape: false }));
  }
  return compiled;
}

function recipient({ name, address }) {
  if (typeof address !== 'string' || !ADDRESS.test(address)) throw new TypeError('not an address');
  const shown = typeof name === 'string' ? name.replace(/[^\p{L}\p{N} .'-]/gu, ' ').slice(0, 80) : '';
  return { name: shown, address };
}

class Mailer {
  #config;
  #templates;
  #transport;

  constructor(config, { transport, templates } = {}) {
    this.#config = config;
    this.#templates = templates ?? compileAll();
    this.#transport =
      transport ??
      nodemailer.createTransport({
        host: config.smtpHost,
        port: 465,
        secure: true,
        pool: true,
        maxConnections: 3,
        auth: { user: config.smtpUser, pass: config.smtpPassword },
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 30_000,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
  }

  /** Links lead to the configured address of the site; the host of a request plays no part. */
  #link(pathname, fragment = {}) {
    const url = new URL(pathname, this.#config.publicUrl);
    const rest = new URLSearchParams(fragment).toString();
    if (rest) url.hash = rest;
    return url.href;
  }

  async #send(kind, to, values) {
    const render = this.#templates.get(kind);
    return this.#transport.sendMail({
      from: { name: 'Orders', address: `no-reply@${this.#config.publicUrl.hostname}` },
      to: recipient(to),
      subject: KINDS[kind].subject,
      html: render(values),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  sendReset(to, token) {
    return this.#send('reset', to, { name: to.name, link: this.#link('/password/new', { token }) });
  }

  sendShipped(to, order) {
    return this.#send('shipped', to, {
      name: to.name,
      reference: order.reference,
      cents: order.total_cents,
      arrival: order.delivery_date,
      link: this.#link(`/orders/${encodeURIComponent(order.reference)}`),
    });
  }

  close() {
    this.#transport.close();
  }
}

module.exports = { Mailer, recipient };
--- orders-api/src/mail/templates/reset.hbs
<p>Hello {{name}},</p>
<p>somebody, you we hope, asked for a new password. This link is good for half an hour:</p>
<p><a href="{{link}}">Choose a new password</a></p>
<p>If it was not you, there is nothing to do.</p>
--- orders-api/src/mail/templates/shipped.hbs
<p>Hello {{name}},</p>
<p>order {{reference}} ({{money cents}}) left our house and should arrive on {{day arrival}}.</p>
<p><a href="{{link}}" title="Order {{reference}}">Follow the order</a></p>
--- web/middleware.js
import { NextResponse } from 'next/server';

const API_ORIGIN = new URL(process.env.NEXT_PUBLIC_API_URL).origin;
const PAY_ORIGIN = new URL(process.env.NEXT_PUBLIC_PAY_URL).origin;
const SITE = new URL(process.env.SITE_URL);

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const LOCALES = ['en', 'de', 'fr'];
const MOVED = new Map([
  ['/shop', '/products'],
  ['/kontakt', '/contact'],
  ['/imprint.html', '/imprint'],
]);

function policyFor(nonce) {
  const directives = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'https://images.shop.example'],
    'connect-src': ["'self'", API_ORIGIN],
    'frame-src': [PAY_ORIGIN],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}

/** Forms of other sites: a browser says where a request that changes something comes from. */
function isForeign(request) {
  if (!UNSAFE.has(request.method)) return false;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return true;
  return request.headers.get('origin') !== SITE.origin;
}

/** The first language of the header that we have. Of a header of any length only the first items count. */
function preferredLocale(header) {
  const wanted = (header ?? '')
    .slice(0, 200)
    .split(',')
    .slice(0, 10)
    .map((item) => {
      const [tag, quality = 'q=1'] = item.trim().split(';');
      return { language: tag.slice(0, 2).toLowerCase(), weight: Number(quality.trim().slice(2)) || 0 };
    })
    .sort((a, b) => b.weight - a.weight);
  return wanted.find(({ language }) => LOCALES.includes(language))?.language ?? 'en';
}

export function middleware(request) {
  if (isForeign(request)) return new NextResponse('Forbidden', { status: 403 });

  const { pathname } = request.nextUrl;
  const moved = MOVED.get(pathname.toLowerCase());
  if (moved !== undefined) return NextResponse.redirect(new URL(moved, SITE), 308);

  const nonce = newNonce();
  const policy = policyFor(nonce);
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', policy);

  const chosen = request.cookies.get('locale')?.value;
  const locale = LOCALES.includes(chosen) ? chosen : preferredLocale(request.headers.get('accept-language'));
  forwarded.set('x-locale', locale);

  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  response.headers.set('X-Content-Type-Options', 'nosniff');
  response.headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  if (chosen !== locale) {
    response.cookies.set('locale', locale, {
      path: '/',
      maxAge: 31_536_000,
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
    });
  }
  return response;
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image|favicon.ico|robots.txt).*)' }],
};
--- web/package.json
{
  "name": "shop-web",
  "version": "0.12.0",
  "private": true,
  "type": "module",
  "engines": { "node": ">=20.11" },
  "scripts": {
    "dev": "next dev",
    "build": "next build",
    "start": "next start"
  },
  "dependencies": {
    "dompurify": "^3.2.6",
    "iron-session": "^8.0.4",
    "next": "^15.3.3",
    "react": "^19.1.0",
    "react-dom": "^19.1.0",
    "server-only": "^0.0.1",
    "zod": "^3.25.0"
  }
}
--- web/app/products/[slug]/page.jsx
import { headers } from 'next/headers';
import Image from 'next/image';
import Link from 'next/link';
import { notFound } from 'next/navigation';

import { RichText } from '../../../components/RichText.jsx';
import { api } from '../../../lib/api.js';

const SLUG = /^[a-z\d]+(?:-[a-z\d]+)*$/;
const SITE = process.env.SITE_URL;
const TABS = { description: 'Description', reviews: 'Reviews', shipping: 'Shipping' };

/** JSON inside of <script>: no sign is left that could end the element, open a comment or end a line. */
const ESCAPES = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' };
const jsonForScript = (value) => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => ESCAPES[sign]);

function JsonLd({ nonce, data }) {
  return <script type="application/ld+json" nonce={nonce} dangerouslySetInnerHTML={{ __html: jsonForScript(data) }} />;
}

function structuredData(product, reviews) {
  const average = reviews.reduce((sum, { stars }) => sum + stars, 0) / Math.max(reviews.length, 1);
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.summary,
    image: product.image,
    url: new URL(`/products/${product.slug}`, SITE).href,
    offers: {
      '@type': 'Offer',
      price: (product.priceCents / 100).toFixed(2),
      priceCurrency: 'EUR',
      availability: `https://schema.org/${product.inStock ? 'InStock' : 'OutOfStock'}`,
    },
    ...(reviews.length > 0 && {
      aggregateRating: { '@type': 'AggregateRating', ratingValue: average.toFixed(1), reviewCount: reviews.length },
    }),
  };
}

async function load(params) {
  const { slug } = await params;
  if (slug.length > 100 || !SLUG.test(slug)) notFound();
  const product = await api.product(slug);
  return product ?? notFound();
}

export async function generateMetadata({ params }) {
  const product = await load(params);
  return {
    title: product.title,
    description: product.summary.slice(0, 160),
    alternates: { canonical: new URL(`/products/${product.slug}`, SITE).href },
    openGraph: { title: product.title, images: [{ url: product.image }] },
  };
}

function readQuery({ tab, page }) {
  const number = typeof page === 'string' && /^\d{1,3}$/.test(page) ? Number(page) : 1;
  return {
    tab: typeof tab === 'string' && Object.hasOwn(TABS, tab) ? tab : 'description',
    page: Math.min(Math.max(number, 1), 200),
  };
}

function Stars({ count }) {
  return (
    <span role="img" aria-label={`${count} of 5 stars`}>
      {'★'.repeat(Math.min(count, 5))}
    </span>
  );
}

function Reviews({ slug, reviews, page }) {
  return (
    <section>
      {reviews.map((review) => (
        <article key={review.id} id={`review-${review.id}`}>
          <h3>
            <Stars count={review.stars} /> {review.author}
          </h3>
          <time dateTime={review.writtenAt}>{new Date(review.writtenAt).toLocaleDateString('en-GB')}</time>
          <p>{review.text}</p>
        </article>
      ))}
      <Link href={{ pathname: `/products/${slug}`, query: { tab: 'reviews', page: page + 1 } }}>More</Link>
    </section>
  );
}

export default async function ProductPage({ params, searchParams }) {
  const product = await load(params);
  const { tab, page } = readQuery(await searchParams);
  const reviews = await api.reviews(product.slug, page);
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const price = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(product.priceCents / 100);

  return (
    <main>
      <JsonLd nonce={nonce} data={structuredData(product, reviews)} />
      <h1>{product.title}</h1>
      <Image src={product.image} alt={product.title} width={800} height={600} priority />
      <p className="price">{price}</p>
      <p>
        by{' '}
        {product.maker.website ? (
          <a href={product.maker.website} target="_blank" rel="noopener noreferrer nofollow">
            {product.maker.name}
          </a>
        ) : (
          product.maker.name
        )}
      </p>
      <nav>
        {Object.entries(TABS).map(([name, title]) => (
          <Link key={name} href={{ query: { tab: name } }} aria-current={name === tab ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      {tab === 'description' && <RichText html={product.description} />}
      {tab === 'reviews' && <Reviews slug={product.slug} reviews={reviews} page={page} />}
      {tab === 'shipping' && <p>Two to four days. Returns are free for thirty days.</p>}
    </main>
  );
}
--- web/app/session/route.js
import { NextResponse } from 'next/server';
import { z } from 'zod';

import { api, ApiError, getSession } from '../../lib/api.js';

const SITE = new URL(process.env.SITE_URL);
const LARGEST = 4 * 1024;
const ATTEMPTS = { most: 8, windowMs: 15 * 60 * 1000, keys: 50_000 };

const form = z.object({
  email: z.string().trim().toLowerCase().email().max(254),
  password: z.string().min(1).max(200),
  next: z.string().max(500).default('/'),
});

/** Attempts by account, in memory: there is one instance of this front; the API counts by address as well. */
class Attempts {
  #entries = new Map();

  take(key, now = Date.now()) {
    let entry = this.#entries.get(key);
    if (!entry || now - entry.since > ATTEMPTS.windowMs) entry = { since: now, count: 0 };
    entry.count += 1;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > ATTEMPTS.keys) this.#entries.delete(this.#entries.keys().next().value);
    return entry.count <= ATTEMPTS.most;
  }

  clear(key) {
    this.#entries.delete(key);
  }
}

const attempts = new Attempts();

/** Where to go after the log-in: a page of this site, whole and with its origin, or the first page. */
function destination(next) {
  if (!URL.canParse(next, SITE)) return new URL('/', SITE);
  const url = new URL(next, SITE);
  return url.origin === SITE.origin ? url : new URL('/', SITE);
}

const isOurs = (request) => request.headers.get('origin') === SITE.origin;

async function readForm(request) {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded') || !request.body) return null;
  const chunks = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > LARGEST) return null;
    chunks.push(chunk);
  }
  const fields = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const parsed = form.safeParse({
    email: fields.get('email'),
    password: fields.get('password'),
    next: fields.get('next') ?? undefined,
  });
  return parsed.success ? parsed.data : null;
}

function back(problem, next = '/') {
  const url = new URL('/sign-in', SITE);
  url.search = new URLSearchParams({ problem, next }).toString();
  return NextResponse.redirect(url, 303);
}

export async function POST(request) {
  if (!isOurs(request)) return new NextResponse(null, { status: 403 });
  const input = await readForm(request);
  if (!input) return back('form');
  if (!attempts.take(input.email)) return back('wait', input.next);

  let customer;
  try {
    customer = await api.signIn(input.email, input.password);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return back('credentials', input.next);
    console.error(JSON.stringify({ event: 'sign-in failed', name: error.name, status: error.status }));
    return back('later', input.next);
  }
  attempts.clear(input.email);

  // The session is a sealed cookie: what was in it before the log-in is thrown away.
  const before = await getSession();
  before.destroy();
  const session = await getSession();
  session.customerId = customer.customerId;
  session.name = customer.name;
  session.token = customer.token;
  await session.save();
  return NextResponse.redirect(destination(input.next), 303);
}

export async function DELETE(request) {
  if (!isOurs(request)) return new NextResponse(null, { status: 403 });
  const session = await getSession();
  session.destroy();
  return new NextResponse(null, { status: 204 });
}
--- web/components/RichText.jsx
'use client';

import DOMPurify from 'dompurify';
import { useEffect, useMemo, useRef, useState } from 'react';

const CONFIG = {
  ALLOWED_TAGS: ['a', 'b', 'blockquote', 'br', 'code', 'em', 'h2', 'h3', 'i', 'img', 'li', 'ol', 'p', 'pre', 'strong', 'ul'],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'width', 'height'],
  ALLOWED_URI_REGEXP: /^(?:https:|mailto:|\/(?![/\\]))/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const IMAGE_HOSTS = new Set(['images.shop.example']);

let purifier = null;

function getPurifier() {
  if (purifier) return purifier;
  purifier = DOMPurify(window);
  purifier.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName === 'A') {
      node.setAttribute('rel', 'noopener noreferrer nofollow ugc');
      node.setAttribute('target', '_blank');
    }
    if (node.nodeName === 'IMG') {
      const source = node.getAttribute('src') ?? '';
      const url = URL.canParse(source, window.location.origin) ? new URL(source, window.location.origin) : null;
      if (!url || url.protocol !== 'https:' || !IMAGE_HOSTS.has(url.hostname)) node.remove();
      else node.setAttribute('loading', 'lazy');
    }
  });
  return purifier;
}

export const cleanHtml = (html) => getPurifier().sanitize(html, CONFIG);

/** The text alone, for the server and for the first look: parsed in a document that runs and loads nothing. */
function plainText(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return (parsed.body.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Long texts are folded. The markup is cleaned in the browser, each time that it changes. */
export function RichText({ html, foldAt = 1200 }) {
  const [ready, setReady] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => setReady(true), []);

  const clean = useMemo(() => (ready ? cleanHtml(String(html)) : ''), [ready, html]);
  const long = ready && clean.length > foldAt;

  if (!ready) return <div aria-busy="true" className="rich-text" />;
  return (
    <div className="rich-text">
      {long && !open ? (
        <p>{plainText(clean).slice(0, foldAt)}…</p>
      ) : (
        <div dangerouslySetInnerHTML={{ __html: clean }} />
      )}
      {long && (
        <button type="button" aria-expanded={open} onClick={() => setOpen((before) => !before)}>
          {open ? 'Less' : 'More'}
        </button>
      )}
    </div>
  );
}

/** A preview for editors, in a frame of its own without scripts, forms or an origin. */
export function Preview({ html }) {
  const frame = useRef(null);

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const timer = setTimeout(() => {
      const policy = "default-src 'none'; img-src https://images.shop.example; style-src 'self'";
      const clean = cleanHtml(String(html));
      element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">${clean}`;
    }, 300);
    return () => clearTimeout(timer);
  }, [html]);

  return <iframe ref={frame} title="Preview" sandbox="" referrerPolicy="no-referrer" />;
}
--- web/lib/api.js
import 'server-only';

import { cookies } from 'next/headers';
import { getIronSession } from 'iron-session';
import { z } from 'zod';

const BASE = new URL(process.env.API_URL);
const TIMEOUT_MS = 6_000;

export const sessionOptions = {
  password: process.env.SESSION_PASSWORD,
  cookieName: '__Host-shop',
  ttl: 8 * 3600,
  cookieOptions: { path: '/', secure: true, httpOnly: true, sameSite: 'lax' },
};

export const getSession = async () => getIronSession(await cookies(), sessionOptions);

export class ApiError extends Error {
  constructor(status, route) {
    super(`the API answered ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.route = route;
  }
}

/**
 * A tag for addresses: every value becomes one segment or one parameter, whatever signs it holds.
 *   route`/v1/products/${slug}/reviews?page=${page}`
 */
export function route(strings, ...values) {
  const encoded = values.map((value) => {
    const text = String(value);
    if (text === '' || text === '.' || text === '..') throw new TypeError('not a segment');
    return encodeURIComponent(text);
  });
  return String.raw({ raw: strings }, ...encoded);
}

async function call(path, schema, { method = 'GET', body, token, revalidate } = {}) {
  const url = new URL(path, BASE);
  if (url.origin !== BASE.origin) throw new TypeError('the path leads to another host');
  const response = await fetch(url, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    ...(revalidate === undefined ? { cache: 'no-store' } : { next: { revalidate } }),
  });
  if (!response.ok) throw new ApiError(response.status, url.pathname);
  return schema.parse(await response.json());
}

const httpsAddress = z
  .string()
  .url()
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:');

const product = z.object({
  id: z.string().uuid(),
  slug: z.string().regex(/^[a-z\d]+(?:-[a-z\d]+)*$/),
  title: z.string(),
  summary: z.string(),
  description: z.string(),
  priceCents: z.number().int().nonnegative(),
  inStock: z.boolean(),
  image: httpsAddress,
  maker: z.object({ name: z.string(), website: httpsAddress.nullable() }),
});

const review = z.object({
  id: z.string().uuid(),
  author: z.string(),
  stars: z.number().int().min(1).max(5),
  text: z.string(),
  writtenAt: z.string().datetime(),
});

const signedIn = z.object({ customerId: z.string().uuid(), name: z.string(), token: z.string() });

const orNull = (promise) =>
  promise.catch((error) => {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  });

export const api = {
  product: (slug) => orNull(call(route`/v1/products/${slug}`, product, { revalidate: 300 })),
  reviews: (slug, page = 1) => call(route`/v1/products/${slug}/reviews?page=${page}`, z.array(review), { revalidate: 60 }),
  signIn: (email, password) => call('/v1/sign-in', signedIn, { method: 'POST', body: { email, password } }),
  async myOrders() {
    const { token } = await getSession();
    if (!token) return null;
    const order = z.object({ reference: z.string(), status: z.string(), totalCents: z.number() });
    return call('/v1/me/orders', z.array(order), { token });
  },
};
--- web/vanilla/channel.js
/**
 * Talks with the payment page in a frame (or a window that we opened) by calls that are answered.
 * Both sides name the other one's origin; whatever comes from elsewhere is dropped.
 */

const VERSION = 1;
const ANSWER_MS = 15_000;

const isMessage = (value) =>
  typeof value === 'object' &&
  value !== null &&
  value.version === VERSION &&
  typeof value.id === 'string' &&
  value.id.length <= 40 &&
  (value.kind === 'call' || value.kind === 'answer');

export class Channel {
  #peer;
  #origin;
  #methods;
  #waiting = new Map();
  #stop = new AbortController();

  /**
   * @param {Window} peer the other window
   * @param {string} origin its origin, such as "https://pay.example.net"
   * @param {Record<string, (input: unknown) => unknown>} methods what the other side may call
   */
  constructor(peer, origin, methods = {}) {
    const url = new URL(origin);
    if (url.protocol !== 'https:' || url.origin !== origin) throw new TypeError('an https origin is needed');
    this.#peer = peer;
    this.#origin = origin;
    this.#methods = new Map(Object.entries(methods));
    window.addEventListener('message', (event) => this.#receive(event), { signal: this.#stop.signal });
  }

  #receive(event) {
    if (event.origin !== this.#origin || event.source !== this.#peer || !isMessage(event.data)) return;
    const { kind, id, method, input, result, error } = event.data;
    if (kind === 'call') {
      this.#serve(id, method, input);
      return;
    }
    const entry = this.#waiting.get(id);
    if (!entry) return;
    this.#waiting.delete(id);
    clearTimeout(entry.timer);
    if (typeof error === 'string') entry.reject(new Error(error.slice(0, 200)));
    else entry.resolve(result);
  }

  async #serve(id, method, input) {
    const handler = typeof method === 'string' ? this.#methods.get(method) : undefined;
    try {
      if (!handler) throw new Error('no such method');
      this.#post({ kind: 'answer', id, result: await handler(input) });
    } catch (error) {
      this.#post({ kind: 'answer', id, error: error.message });
    }
  }

  #post(message) {
    this.#peer.postMessage({ version: VERSION, ...message }, this.#origin);
  }

  call(method, input) {
    return new Promise((resolve, reject) => {
      const id = crypto.randomUUID();
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${method} was not answered`));
      }, ANSWER_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#post({ kind: 'call', id, method, input });
    });
  }

  close() {
    this.#stop.abort();
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error('the channel is closed'));
    }
    this.#waiting.clear();
  }
}

const PAY_ORIGIN = document.querySelector('meta[name="pay-origin"]')?.content ?? '';
const STEPS = { card: 'Card', confirm: 'Confirmation', done: 'Paid' };

/** Puts the frame of the payment page into an element and answers with the outcome. */
export function pay(container, { orderId, locale }) {
  if (!/^[\da-f-]{36}$/.test(orderId)) return Promise.reject(new TypeError('not an order'));
  const frame = document.createElement('iframe');
  const url = new URL(`/checkout/${orderId}`, PAY_ORIGIN);
  url.searchParams.set('locale', locale === 'de' || locale === 'fr' ? locale : 'en');
  frame.src = url.href;
  frame.title = 'Payment';
  frame.allow = 'payment';
  frame.referrerPolicy = 'strict-origin';
  frame.setAttribute('sandbox', 'allow-scripts allow-forms allow-same-origin');

  const status = document.createElement('output');
  container.replaceChildren(frame, status);

  return new Promise((resolve, reject) => {
    const finish = (settle, value) => {
      channel.close();
      frame.remove();
      settle(value);
    };
    const channel = new Channel(frame.contentWindow, PAY_ORIGIN, {
      step(name) {
        status.textContent = Object.hasOwn(STEPS, name) ? STEPS[name] : '';
      },
      resize(height) {
        frame.style.height = `${Math.min(Math.max(Number(height) || 0, 200), 1200)}px`;
      },
      // Only a hint for the page: the server learns from the provider whether the order is paid.
      finished(outcome) {
        if (outcome === 'paid') finish(resolve, { paid: true });
        else finish(reject, new Error('the payment was broken off'));
      },
    });
  });
}
--- web/vanilla/dom.js
/**
 * Makes elements out of names, properties and children. Texts become text nodes; nothing here is parsed as markup.
 */

const ELEMENTS = new Set(
  'a article button code datalist dd div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 header img input label legend li main mark nav ol option output p picture pre progress section select small span strong sub summary sup table tbody td textarea tfoot th thead time tr ul'.split(
    ' ',
  ),
);

const ATTRIBUTES = new Set(
  'alt autocomplete checked class colspan datetime dir disabled download for height hidden id inputmode lang list loading max maxlength min name pattern placeholder readonly rel required role rows rowspan scope selected step tabindex title type value width'.split(
    ' ',
  ),
);

const ADDRESSES = new Set(['href', 'src', 'action', 'formaction', 'poster', 'cite']);
const SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** The address as it may stand in an attribute, or "#" for a scheme that does more than to fetch. */
export function safeAddress(value) {
  const text = String(value);
  if (!URL.canParse(text, document.baseURI)) return '#';
  const url = new URL(text, document.baseURI);
  return SCHEMES.has(url.protocol) ? url.href : '#';
}

function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (ADDRESSES.has(name)) element.setAttribute(name, safeAddress(value));
  else if (ATTRIBUTES.has(name) || /^(?:aria|data)-[a-z]+(?:-[a-z]+)*$/.test(name)) {
    element.setAttribute(name, value === true ? '' : String(value));
  } else throw new TypeError(`attribute ${name} is not known`);
}

function listen(element, handlers) {
  for (const [type, handler] of Object.entries(handlers)) {
    if (typeof handler !== 'function') throw new TypeError(`the handler of ${type} has to be a function`);
    element.addEventListener(type, handler);
  }
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * h('a', { href: item.url, on: { click: open } }, item.title)
 */
export function h(name, props, ...children) {
  if (!ELEMENTS.has(name)) throw new TypeError(`element ${name} is not known`);
  const element = document.createElement(name);
  const { on, style, ...attributes } = props ?? {};
  for (const [key, value] of Object.entries(attributes)) setAttribute(element, key, value);
  for (const [key, value] of Object.entries(style ?? {})) element.style.setProperty(key, String(value));
  if (on) listen(element, on);
  if (name === 'a' && element.origin !== location.origin) element.rel = 'noopener noreferrer';
  append(element, children);
  return element;
}

export function replace(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
  return parent;
}

/** The text with all occurrences of a word in <mark>, as a list of nodes. */
export function highlight(text, word) {
  if (word === '') return [document.createTextNode(text)];
  const nodes = [];
  const lower = text.toLowerCase();
  const wanted = word.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    nodes.push(document.createTextNode(text.slice(from, at)), h('mark', null, text.slice(at, at + wanted.length)));
    from = at + wanted.length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

/** Fills a <template> of the page: elements with data-field get a text, those with data-link an address. */
export function fillTemplate(template, values) {
  const fragment = template.content.cloneNode(true);
  for (const element of fragment.querySelectorAll('[data-field]')) {
    element.textContent = String(values[element.dataset.field] ?? '');
  }
  for (const element of fragment.querySelectorAll('a[data-link]')) {
    element.href = safeAddress(values[element.dataset.link] ?? '');
  }
  return fragment;
}

/** Icons are drawings of our own sprite; the name picks one of them. */
const ICONS = new Set(['search', 'close', 'cart', 'warning', 'next', 'previous']);

export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', `/icons.svg#${ICONS.has(name) ? name : 'warning'}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}
--- web/vanilla/search-box.js
import { h, highlight, icon, replace } from './dom.js';

const SORTS = new Map([
  ['relevance', 'Best first'],
  ['price', 'Cheapest first'],
  ['newest', 'Newest first'],
]);

const PAGE_SIZE = 12;
const DELAY_MS = 250;
const RECENT_KEY = 'shop.search.recent';

/** The state of the page lies in the fragment: #q=chairs&sort=price&page=2. Whoever made the link, it is checked. */
function readState(hash = location.hash) {
  const params = new URLSearchParams(hash.slice(1));
  const sort = params.get('sort');
  const page = Number.parseInt(params.get('page') ?? '1', 10);
  return {
    q: (params.get('q') ?? '').slice(0, 80),
    sort: SORTS.has(sort) ? sort : 'relevance',
    page: Number.isInteger(page) && page >= 1 && page <= 100 ? page : 1,
  };
}

function writeState(state) {
  const params = new URLSearchParams({ q: state.q, sort: state.sort, page: String(state.page) });
  history.replaceState(null, '', `#${params}`);
}

const recent = {
  load() {
    try {
      const list = JSON.parse(localStorage.getItem(RECENT_KEY) ?? '[]');
      return Array.isArray(list) ? list.filter((item) => typeof item === 'string').slice(0, 8) : [];
    } catch {
      return [];
    }
  },
  add(word) {
    const list = [word, ...this.load().filter((item) => item !== word)].slice(0, 8);
    localStorage.setItem(RECENT_KEY, JSON.stringify(list));
  },
};

function isProduct(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof value.title === 'string' &&
    typeof value.slug === 'string' &&
    /^[a-z\d]+(?:-[a-z\d]+)*$/.test(value.slug) &&
    Number.isFinite(value.price)
  );
}

async function search(state, signal) {
  const url = new URL('/api/search', location.origin);
  url.search = new URLSearchParams({ q: state.q, sort: state.sort, page: state.page, size: PAGE_SIZE });
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`search answered ${response.status}`);
  const { items, total } = await response.json();
  return { items: Array.isArray(items) ? items.filter(isProduct) : [], total: Number(total) || 0 };
}

function debounce(task, delay) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(task, delay, ...args);
  };
}

export class SearchBox {
  #root;
  #state = readState();
  #request = null;
  #format = new Intl.NumberFormat(document.documentElement.lang || 'en', { style: 'currency', currency: 'EUR' });

  constructor(root) {
    this.#root = root;
    const later = debounce((q) => this.#change({ q, page: 1 }), DELAY_MS);
    this.input = h('input', {
      type: 'search',
      name: 'q',
      maxlength: 80,
      autocomplete: 'off',
      list: 'recent-searches',
      'aria-label': 'Search',
      value: this.#state.q,
      on: { input: (event) => later(event.target.value.trim()) },
    });
    this.sorting = h(
      'select',
      { name: 'sort', 'aria-label': 'Order', on: { change: (event) => this.#change({ sort: event.target.value, page: 1 }) } },
      [...SORTS].map(([value, title]) => h('option', { value, selected: value === this.#state.sort }, title)),
    );
    this.output = h('section', { role: 'region', 'aria-live': 'polite' });
    const choices = h('datalist', { id: 'recent-searches' }, recent.load().map((word) => h('option', { value: word })));
    replace(root, h('form', { role: 'search', on: { submit: (event) => event.preventDefault() } }, icon('search'), this.input, this.sorting, choices), this.output);

    window.addEventListener('hashchange', () => {
      this.#state = readState();
      this.input.value = this.#state.q;
      this.#refresh();
    });
    this.#refresh();
  }

  #change(part) {
    this.#state = { ...this.#state, ...part };
    writeState(this.#state);
    this.#refresh();
  }

  async #refresh() {
    this.#request?.abort();
    const { q } = this.#state;
    if (q.length < 2) {
      replace(this.output, h('p', null, 'Type two letters or more.'));
      return;
    }
    this.#request = new AbortController();
    const signal = AbortSignal.any([this.#request.signal, AbortSignal.timeout(8_000)]);
    try {
      const found = await search(this.#state, signal);
      recent.add(q);
      replace(this.output, this.#heading(found.total), this.#list(found.items), this.#pager(found.total));
    } catch (error) {
      if (error.name === 'AbortError') return;
      replace(this.output, h('p', { class: 'problem' }, icon('warning'), 'The search does not answer. Try again later.'));
    }
  }

  #heading(total) {
    return h('h2', null, total === 0 ? 'Nothing found for ' : `${total} found for `, h('em', null, this.#state.q));
  }

  #list(items) {
    const item = (product) =>
      h(
        'li',
        { 'data-slug': product.slug },
        h('a', { href: `/products/${product.slug}` }, highlight(product.title, this.#state.q)),
        product.image ? h('img', { src: product.image, alt: product.title, loading: 'lazy', width: 120, height: 120 }) : null,
        h('span', { class: 'price' }, this.#format.format(product.price)),
      );
    return h('ul', { class: 'results' }, items.map(item));
  }

  #pager(total) {
    const pages = Math.min(Math.ceil(total / PAGE_SIZE), 100);
    const to = (page, name, label) =>
      h('button', { type: 'button', disabled: page < 1 || page > pages, 'aria-label': label, on: { click: () => this.#change({ page }) } }, icon(name));
    return pages < 2
      ? null
      : h('nav', null, to(this.#state.page - 1, 'previous', 'Back'), `${this.#state.page} / ${pages}`, to(this.#state.page + 1, 'next', 'On'));
  }
}

for (const element of document.querySelectorAll('[data-search-box]')) new SearchBox(element);
