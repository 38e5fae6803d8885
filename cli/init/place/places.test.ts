import { describe, expect, it } from 'vitest';
import { filesOf, initProjects } from '../testing/try-init.ts';

const { project, init } = initProjects();

async function after(dependency: string, files: Record<string, string>, fields: object = {}) {
  const manifest = JSON.stringify({ type: 'module', dependencies: { [dependency]: '*' }, ...fields });
  const folder = project({ 'package.json': manifest, ...files });
  const { text } = await init(folder);
  return { text, files: filesOf(folder.path) };
}

describe('the start line', () => {
  it('of Fastify is awaited where the file can', async () => {
    const app =
      "import Fastify from 'fastify';\nconst app = Fastify({ logger: true });\nawait app.listen({ port: 3000 });\n";
    const { files } = await after('fastify', { 'app.js': app });
    expect(files['app.js']).toContain(
      'const app = Fastify({ logger: true });\nawait app.register(bulwark, {\n  csp:',
    );
    expect(files['app.js']).toContain(
      "});\nawait app.register(cspReportHandler(), { prefix: '/csp-reports' });\nawait app.listen",
    );
  });

  it('of Fastify is not awaited in CommonJS', async () => {
    const app = "const app = require('fastify')();\napp.listen({ port: 3000 });\n";
    const { files } = await after('fastify', { 'app.cjs': app });
    expect(files['app.cjs']).toContain("')();\napp.register(bulwark, {\n");
  });

  it('of a plugin for fastify-cli goes to its beginning, in the way it is written', async () => {
    const app =
      "module.exports = async function (fastify, opts) {\n  // custom code\n  fastify.register(require('x'))\n}\n";
    const { files } = await after(
      'fastify-cli',
      { 'app.js': app },
      { type: 'commonjs', scripts: { start: 'fastify start app.js', test: 'node --test' } },
    );
    expect(files['app.js']).toMatch(
      /^const \{ bulwark, cspReportHandler \} = require\('bulwark\/fastify'\)\n/,
    );
    expect(files['app.js']).toContain('(fastify, opts) {\n  await fastify.register(bulwark, {\n');
    expect(files['app.js']).toContain(
      "{ prefix: '/csp-reports' })\n  fastify.setNotFoundHandler() // so that a 404 has the headers too\n\n  // custom code\n  fastify.register(require('x'))",
    );
    expect(files['test/bulwark.test.js']).toContain('server.register(app);');
  });

  it('of Express leaves comments where they are', async () => {
    const app =
      'import express from "express" // web\nconst app = express() // here\napp.get("/", home) // first\n/* last */\nexport default app\n';
    const { files } = await after('express', { 'app.js': app });
    expect(files['app.js']).toContain('"express" // web\nimport { bulwark,');
    expect(files['app.js']).toContain('const app = express() // here\napp.use(');
    expect(files['app.js']).toContain('home) // first\napp.use(bulwarkErrors())\n/* last */\nexport');
  });

  it('of Hono goes to the application that is served, with the error handler', async () => {
    const { files } = await after('hono', {
      'src/index.ts':
        "import { serve } from '@hono/node-server'\nimport { Hono } from 'hono'\nimport { books } from './books.js'\n\nconst app = new Hono()\napp.route('/books', books)\nserve({ fetch: app.fetch })\n",
      'src/books.ts': "import { Hono } from 'hono'\nexport const books = new Hono()\n",
    });
    expect(files['src/index.ts']).toContain('const app = new Hono()\napp.use(\n  bulwark({');
    expect(files['src/index.ts']).toContain("app.onError(bulwarkErrors())\napp.route('/books', books)");
    expect(files['src/books.ts']).not.toContain('bulwark');
  });

  it('of Hono leaves an error handler of the application alone, and says so', async () => {
    const app =
      "import { Hono } from 'hono';\nconst app = new Hono();\napp.onError((e, c) => c.text('sorry'));\nexport default app;\n";
    const { files, text } = await after('hono', { 'index.js': app });
    expect(files['index.js']).not.toContain('bulwarkErrors');
    expect(text).toContain('index.js has its own error handler');
  });

  it('of Koa comes before all other middleware', async () => {
    const app =
      "import Koa from 'koa';\nexport const app = new Koa();\napp.use((ctx) => { ctx.body = 'x'; });\n";
    const { files } = await after('koa', { 'app.js': app });
    expect(files['app.js']).toContain('export const app = new Koa();\napp.use(\n  bulwark({\n');
  });

  it('of node:http goes around the handler, and the server is defended', async () => {
    const app =
      "import http from 'node:http';\nconst server = http.createServer({ keepAlive: true }, (req, res) => res.end('x'));\nserver.listen(3000);\n";
    const { files } = await after('left-pad', { 'index.js': app });
    expect(files['index.js']).toContain(
      'const server = defendServer(http.createServer({ keepAlive: true }, bulwark({\n  csp: { reportOnly: true }, // blocks nothing yet\n',
    );
    expect(files['index.js']).toContain("}, (req, res) => res.end('x'))));\nserver.listen(3000);");
  });

  it.each([
    ['imports: [],', 'imports: [\n    BulwarkModule.forRoot({'],
    ['imports: [OtherModule],', 'imports: [\n    BulwarkModule.forRoot({'],
    ['providers: [],', '@Module({\n  imports: [\n    BulwarkModule.forRoot({'],
  ])('of Nest is the first import of the root module: %s', async (field, expected) => {
    const { files } = await after('@nestjs/core', {
      'src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nconst app = await NestFactory.create(AppModule);\n",
      'src/app.module.ts': `import { Module } from '@nestjs/common';\n\n@Module({\n  ${field}\n})\nexport class AppModule {}\n`,
      'src/other.module.ts':
        "import { Module } from '@nestjs/common';\n\n@Module({ imports: [] })\nexport class Other {}\n",
    });
    expect(files['src/app.module.ts']).toContain(expected);
    expect(files['src/other.module.ts']).not.toContain('bulwark');
  });

  it('of Next.js is a file of its own, and the configuration keeps its type', async () => {
    const config =
      "/** @type {import('next').NextConfig} */\nconst nextConfig = {};\n\nexport default nextConfig;\n";
    const { files } = await after('next', { 'src/app/page.js': '', 'next.config.mjs': config });
    expect(files['src/proxy.js']).toContain('export default proxy({ csp: { reportOnly: true } });');
    expect(files['next.config.mjs']).toBe(
      `import { withBulwarkConfig } from 'bulwark/next/config';\n${config.replace('default nextConfig', 'default withBulwarkConfig(nextConfig)')}`,
    );
  });

  it('of Next.js 15 is in middleware.ts', async () => {
    const { files } = await after('next', { 'tsconfig.json': '{}' }, { dependencies: { next: '^15.3.0' } });
    expect(files['middleware.ts']).toContain("from 'bulwark/next/proxy'");
  });
});

describe('what has no certain place is shown, and the file stays', () => {
  it.each([
    [
      'express',
      'two applications',
      "import express from 'express';\nexport const a = express();\nexport const b = express();\n",
      '2 variables hold `express()`',
    ],
    [
      'express',
      'a field of a class',
      "import express from 'express';\nexport class App { app = express(); }\n",
      'No variable that holds `express()` was found',
    ],
    [
      'express',
      'a name that is taken',
      "import express from 'express';\nimport bulwark from './own.js';\nconst app = express();\n",
      "app.js can't be changed safely",
    ],
    ['koa', 'no application', 'export {};\n', 'No variable that holds `new Koa()`'],
    ['next', 'a proxy of its own', 'export {};\n', 'proxy.js exists'],
    [
      '@nestjs/core',
      'a module that is made by a function',
      "import { NestFactory } from '@nestjs/core';\nNestFactory.create(makeModule());\n",
      'The module that is passed to NestFactory.create was not found',
    ],
  ])('%s: %s', async (dependency, _case, app, said) => {
    const file = dependency === 'next' ? 'proxy.js' : 'app.js';
    const { files, text } = await after(dependency, { [file]: app });
    expect(text).toContain(said);
    expect(text).toContain('Start Bulwark, by hand.');
    expect(files[file]).toBe(app);
  });

  it('error handlers, where routes are added in several functions', async () => {
    const app =
      "import express from 'express';\nconst app = express();\napp.use(express.json());\nexport function start() {\n  app.get('/', (_, res) => res.end());\n}\n";
    const { files, text } = await after('express', { 'app.js': app });
    expect(text).toContain('Answer errors, by hand. Put it after the last route.');
    expect(files['app.js']).toContain('app.use(\n  bulwark({');
    expect(files['app.js']).not.toContain('bulwarkErrors');
  });
});

describe('bulwarkErrors() of Express', () => {
  it('goes behind the last route, also one that another module adds, and before listen', async () => {
    const app =
      "import express from 'express';\nimport routes from './routes.js';\nconst app = express();\nif (process.env.DEBUG) {\n  app.use(express.json());\n}\nroutes(app);\napp.listen(3000);\n";
    const { files } = await after('express', { 'app.js': app });
    expect(files['app.js']).toContain('routes(app);\napp.use(bulwarkErrors());\napp.listen(3000);');
  });

  it('leaves an error handler of the application alone, and says so', async () => {
    const app =
      "import express from 'express';\nconst app = express();\napp.use((err, req, res, next) => res.end());\n";
    const { text } = await after('express', { 'app.js': app });
    expect(text).toContain('app.js:3 has its own error handler');
  });
});

describe('the test of a TypeScript project', () => {
  const files = {
    'src/index.ts':
      "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nconst app = new Hono();\nserve({ fetch: app.fetch });\n",
  };

  it('is JavaScript where there are no others, as tsc may not compile that folder', async () => {
    const { files: all } = await after('hono', files, { devDependencies: { tsx: '4' } });
    expect(all['test/bulwark.test.js']).toContain("await import('../src/index.ts');");
    expect(JSON.parse(all['package.json'] ?? '').scripts.test).toBe(
      'node --import tsx --test test/bulwark.test.js',
    );
  });

  it('is beside the others, in TypeScript', async () => {
    const { files: all } = await after(
      'hono',
      { ...files, 'src/a.spec.ts': '' },
      { scripts: { test: 'vitest' } },
    );
    expect(all['src/bulwark.spec.ts']).toContain("await import('./index.js');");
    expect(all['src/bulwark.spec.ts']).toContain("import { test } from 'vitest';");
  });

  it('is left out where nothing runs TypeScript', async () => {
    expect((await after('hono', files)).text).toContain(
      'No test was added: nothing in the project runs TypeScript',
    );
  });
});

describe('a plugin for fastify-cli', () => {
  const manifest = { type: 'commonjs', scripts: { start: 'fastify start app.ts', test: 'vitest' } };

  it('answers a 404 itself, in TypeScript with a handler', async () => {
    const app =
      "import type { FastifyPluginAsync } from 'fastify';\nconst app: FastifyPluginAsync = async (fastify) => {\n  fastify.get('/', () => 'x');\n};\nexport default app;\n";
    const { files } = await after('fastify-cli', { 'app.ts': app }, manifest);
    expect(files['app.ts']).toContain('fastify.setNotFoundHandler((_request, reply) => reply.code(404)');
  });

  it('keeps a handler of its own', async () => {
    const app = "export default async function (fastify) {\n  fastify.setNotFoundHandler(() => 'gone');\n}\n";
    const { files } = await after('fastify-cli', { 'app.js': app }, manifest);
    expect(files['app.js']?.match(/setNotFoundHandler/g)).toHaveLength(1);
  });
});
