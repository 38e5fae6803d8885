import { posix } from 'node:path';
import type { Framework } from '../read/framework.ts';
import type { TestRunner } from '../read/test-runner.ts';

/** What the test of a project is written from. */
export interface SmokeTest {
  readonly framework: Framework;
  /** The module that is loaded, relative to the project: `src/index.js`. */
  readonly entry: string;
  /** How the test asks: the application that the module exports, or the server that it starts. */
  readonly by: 'default export' | 'plugin' | 'Nest module' | 'started server';
  /** The name that the module exports, if it isn't the default. */
  readonly exported: string;
  readonly syntax: 'import' | 'require';
  readonly language: 'js' | 'ts';
  readonly runner: Extract<TestRunner['name'], 'vitest' | 'jest' | 'mocha' | 'node'>;
  /** The test's own path. */
  readonly path: string;
}

/** A test that the application starts and its responses have the headers of Bulwark. */
export function smokeTest(test: SmokeTest): string {
  if (test.by === 'Nest module') return `${ofModule(test).join('\n')}\n`;
  const lines = test.by === 'started server' ? ofStartedServer(test) : ofExport(test);
  return `${lines.join('\n')}\n`;
}

function moduleOf({ entry, path, syntax, language }: SmokeTest): string {
  const relative = posix.relative(posix.dirname(path), entry);
  const dotted = relative.startsWith('.') ? relative : `./${relative}`;
  if (syntax === 'require') return dotted.replace(/\.js$/, '');
  // TypeScript itself asks for the name of what is built.
  return language === 'ts' ? dotted.replace(/\.([cm]?)ts$/, '.$1js') : dotted;
}

function head({ runner, syntax }: SmokeTest, modules: readonly string[]): string[] {
  const own = {
    vitest: "import { test } from 'vitest';",
    node: "import { test } from 'node:test';",
    jest: '',
    mocha: '',
  }[runner];
  const all = ["import assert from 'node:assert/strict';", ...modules, own].filter((line) => line !== '');
  if (syntax === 'import') return all;
  return all.map((line) =>
    line.replace(/^import (.*) from ('.*');$/, 'const $1 = require($2);').replaceAll(' as ', ': '),
  );
}

function nameOf({ runner }: SmokeTest): string {
  return runner === 'mocha' ? 'it' : 'test';
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a test.
const fetchLine = '  const response = await fetch(`http://127.0.0.1:${port}/`);';

const asserts = [
  "  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');",
  "  assert.match(response.headers.get('content-security-policy-report-only') ?? '', /'nonce-/);",
];

function ofExport(test: SmokeTest): string[] {
  const { framework, by } = test;
  const load = `import app from '${moduleOf(test)}';`;
  if (framework === 'hono') {
    return [
      ...head(test, [load]),
      '',
      `${nameOf(test)}('responses have the security headers', async () => {`,
      "  const response = await app.request('/');",
      ...asserts,
      '});',
    ];
  }
  if (by === 'plugin') {
    return [
      ...head(test, ["import Fastify from 'fastify';", load]),
      '',
      `${nameOf(test)}('responses have the security headers', async () => {`,
      '  const server = Fastify();',
      '  server.register(app);',
      "  const { headers } = await server.inject('/');",
      '  await server.close();',
      "  assert.equal(headers['x-content-type-options'], 'nosniff');",
      "  assert.match(String(headers['content-security-policy-report-only']), /'nonce-/);",
      '});',
    ];
  }
  const handler = framework === 'koa' ? 'app.callback()' : 'app';
  return [
    ...head(test, ["import { createServer } from 'node:http';", load]),
    '',
    `${nameOf(test)}('responses have the security headers', async () => {`,
    `  const server = createServer(${handler});`,
    "  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));",
    '  const address = server.address();',
    "  const port = typeof address === 'object' && address ? address.port : 0;",
    fetchLine,
    '  await response.text();',
    '  server.close();',
    ...asserts,
    '});',
  ];
}

function ofModule(test: SmokeTest): string[] {
  return [
    ...head(test, [
      "import { NestFactory } from '@nestjs/core';",
      `import { ${test.exported} } from '${moduleOf(test).replace(/\.js$/, '')}';`,
    ]),
    '',
    `${nameOf(test)}('responses have the security headers', async () => {`,
    `  const app = await NestFactory.create(${test.exported}, { logger: false });`,
    "  await app.listen(0, '127.0.0.1');",
    '  const response = await fetch(await app.getUrl());',
    '  await response.text();',
    '  await app.close();',
    ...asserts,
    '});',
  ];
}

/** The module listens as soon as it is loaded, on a port that may be taken: the test gives it another one. */
function ofStartedServer(test: SmokeTest): string[] {
  const { syntax, language } = test;
  const types = language === 'ts';
  const module = moduleOf(test);
  return [
    ...head(test, [
      "import { once } from 'node:events';",
      types ? "import { type AddressInfo, Server } from 'node:net';" : "import { Server } from 'node:net';",
    ]),
    '',
    '// The application listens when it is loaded. Here it gets a free port instead of its own.',
    `const listen = Server.prototype.listen${types ? ' as (...args: unknown[]) => Server' : ''};`,
    `${types ? 'let started: Server | undefined;' : 'let started;'}`,
    types
      ? 'Server.prototype.listen = function (this: Server, ...args: unknown[]) {'
      : 'Server.prototype.listen = function (...args) {',
    '  started ??= this;',
    "  return listen.call(this, 0, '127.0.0.1', args.find((one) => typeof one === 'function'));",
    `}${types ? ' as typeof Server.prototype.listen' : ''};`,
    '',
    `${nameOf(test)}('responses have the security headers', async () => {`,
    syntax === 'import' ? `  await import('${module}');` : `  require('${module}');`,
    '  for (let turn = 0; turn < 100 && !started; turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));',
    "  assert.ok(started, 'The application did not start a server.');",
    "  if (!started.listening) await once(started, 'listening');",
    `  const { port } = started.address()${types ? ' as AddressInfo' : ''};`,
    fetchLine,
    '  await response.text();',
    '  started.close();',
    ...asserts,
    '});',
  ];
}
