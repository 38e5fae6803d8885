import { describe, expect, it } from 'vitest';
import { filesOf, initProjects } from './testing/try-init.ts';

const { project, init } = initProjects();

const manifest = (fields: object): string => `${JSON.stringify({ name: 'shop', ...fields }, null, 2)}\n`;
const expressApp = `const express = require('express');
const app = express();
app.get('/', (req, res) => res.send('hello'));
module.exports = app;
`;
const shop = { 'package.json': manifest({ dependencies: { express: '^5.0.0' } }), 'app.js': expressApp };

describe('bulwark init', () => {
  it('adds the start line, the error handler, a test and the packages', async () => {
    const folder = project(shop);
    const { code, text } = await init(folder);
    expect(code).toBe(0);
    expect(text).toContain('Found: Express, JavaScript, CommonJS, npm.');
    const files = filesOf(folder.path);
    expect(files['app.js']).toBe(`const express = require('express');
const { bulwark, bulwarkErrors, cspReportHandler } = require('bulwark/express');
const app = express();
app.use(
  bulwark({
    csp: { reportOnly: true, reportTo: '/csp-reports' }, // blocks nothing yet
    csrf: { mode: 'report', until: '2027-03-01' }, // enforced after this day
  }),
);
app.use('/csp-reports', cspReportHandler());
app.get('/', (req, res) => res.send('hello'));
app.use(bulwarkErrors());
module.exports = app;
`);
    expect(files['test/bulwark.test.js']).toContain("const app = require('../app');");
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({
      name: 'shop',
      dependencies: { bulwark: 'file:vendor/bulwark-0.1.0.tgz', express: '^5.0.0' },
      scripts: { test: 'node --test' },
      devDependencies: { 'bulwark-cli': 'file:vendor/bulwark-cli-0.1.0.tgz' },
    });
  });

  it('changes nothing when it is run again, and says so', async () => {
    const folder = project({
      ...shop,
      '.github/workflows/test.yml': 'on: push\n',
      '.husky/pre-commit': 'npm test\n',
    });
    await init(folder);
    const files = filesOf(folder.path);
    const { code, text } = await init(folder);
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('Bulwark is set up already. Nothing to change.'),
    ]);
    expect(filesOf(folder.path)).toEqual(files);
    expect(files['.husky/pre-commit']).toBe('npm test\nnpx --no-install bulwark scan --diff HEAD\n');
    expect(files['.github/workflows/bulwark.yml']).toContain('      - run: npx --no-install bulwark scan\n');
  });

  it('writes nothing with --dry-run, without a terminal, or if the answer is no', async () => {
    const folder = project(shop);
    const files = filesOf(folder.path);
    expect(await init(folder, { mode: 'dry-run' })).toMatchObject({ code: 0 });
    await expect(init(folder, { mode: 'ask' })).rejects.toThrow('There is no terminal to ask on');
    expect(await init(folder, { mode: 'ask' }, async () => false)).toMatchObject({ code: 1 });
    expect(filesOf(folder.path)).toEqual(files);
    expect(await init(folder, { mode: 'ask' }, async () => true)).toMatchObject({ code: 0 });
    expect(filesOf(folder.path)).not.toEqual(files);
  });

  it('writes nothing if a file has changed while it asked', async () => {
    const folder = project(shop);
    const changed = { ...filesOf(folder.path), 'app.js': `${expressApp}// new\n` };
    const answer = async (): Promise<boolean> => {
      folder.write({ 'app.js': changed['app.js'] });
      return true;
    };
    await expect(init(folder, { mode: 'ask' }, answer)).rejects.toThrow('app.js was changed in the meantime');
    expect(filesOf(folder.path)).toEqual(changed);
  });

  it('writes nothing if a file that it would create has appeared', async () => {
    const folder = project(shop);
    const answer = async (): Promise<boolean> => {
      folder.write({ 'test/bulwark.test.js': 'mine' });
      return true;
    };
    await expect(init(folder, { mode: 'ask' }, answer)).rejects.toThrow('was created in the meantime');
    expect(filesOf(folder.path)).toMatchObject({ ...shop, 'test/bulwark.test.js': 'mine' });
  });

  it('keeps CRLF and a byte order mark, and the style of the file', async () => {
    const app =
      '\ufeffimport express from "express"\r\n\r\nexport function create() {\r\n\tconst app = express()\r\n\tapp.get("/", (_, res) => res.send("x"))\r\n\treturn app\r\n}\r\n';
    const folder = project({ ...shop, 'app.js': app });
    await init(folder);
    expect(filesOf(folder.path)['app.js']).toBe(
      '\ufeffimport express from "express"\r\nimport { bulwark, bulwarkErrors, cspReportHandler } from "bulwark/express"\r\n\r\nexport function create() {\r\n\tconst app = express()\r\n\tapp.use(\r\n\t\tbulwark({\r\n\t\t\tcsp: { reportOnly: true, reportTo: "/csp-reports" }, // blocks nothing yet\r\n\t\t\tcsrf: { mode: "report", until: "2027-03-01" }, // enforced after this day\r\n\t\t}),\r\n\t)\r\n\tapp.use("/csp-reports", cspReportHandler())\r\n\tapp.get("/", (_, res) => res.send("x"))\r\n\tapp.use(bulwarkErrors())\r\n\treturn app\r\n}\r\n',
    );
  });

  it('raises a version that is too old for Bulwark within its major, and sets up only the scan below that', async () => {
    const old = (express: string) => ({ ...shop, 'package.json': manifest({ dependencies: { express } }) });
    const raised = await init(project(old('~4.16.1')), { mode: 'dry-run' });
    expect(raised.text).toContain('express: ~4.16.1 became ^4.21.2');
    const folder = project(old('^3.0.0'));
    const { text } = await init(folder);
    expect(text).toContain("express ^3.0.0 is too old for Bulwark's guards");
    expect(filesOf(folder.path)['app.js']).toBe(expressApp);
  });

  it('copies the tarballs of another folder, and refuses to install from a registry', async () => {
    const { 'vendor/bulwark-0.1.0.tgz': _, ...files } = filesOf(project(shop).path);
    const folder = project({});
    folder.remove();
    folder.write(Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('vendor/'))));
    await expect(init(folder)).rejects.toThrow('package.json has no bulwark, and');
    const packs = project({});
    await init(folder, { packages: `${packs.path}/vendor` });
    expect(filesOf(folder.path)).toMatchObject({
      'vendor/bulwark-0.1.0.tgz': 'lib',
      'vendor/bulwark-cli-0.1.0.tgz': 'cli',
    });
  });
});

describe('what init finds', () => {
  it.each([
    ['pnpm-lock.yaml', {}, 'pnpm'],
    ['yarn.lock', {}, 'yarn'],
    ['bun.lock', {}, 'bun'],
    ['package-lock.json', {}, 'npm'],
    ['package-lock.json', { packageManager: 'pnpm@10.0.0' }, 'pnpm'],
  ])('%s with %j: %s', async (lock, fields, manager) => {
    const { text } = await init(
      project({
        ...shop,
        [lock]: '',
        'package.json': manifest({ ...fields, dependencies: { express: '5' } }),
      }),
      { mode: 'dry-run' },
    );
    expect(text).toContain(`Found: Express, JavaScript, CommonJS, ${manager}.`);
    expect(text).toContain(
      `${manager === 'npm' ? 'npx --no-install' : manager === 'pnpm' ? 'pnpm exec' : `${manager} run`} bulwark scan`,
    );
  });

  it('drivers, ORMs, template engines and CI', async () => {
    const dependencies = { express: '5', pg: '8', '@prisma/client': '6', ejs: '3' };
    const folder = project({
      ...shop,
      'package.json': manifest({ dependencies }),
      '.gitlab-ci.yml': 'stages:\n  - test\n',
    });
    const { text } = await init(folder);
    expect(text).toContain('pg (driver), @prisma/client (ORM), ejs (template engine), npm, GitLab CI.');
    expect(filesOf(folder.path)['.gitlab-ci.yml']).toBe(
      'stages:\n  - test\n\nbulwark:\n  stage: test\n  image: node:22\n  script:\n    - npm ci\n    - npx --no-install bulwark scan\n',
    );
  });
});
