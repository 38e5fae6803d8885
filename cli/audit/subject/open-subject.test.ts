import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeView } from '../../scan/code-view.ts';
import { createFolder, repositoryFolders } from '../../scan/testing/folder.ts';
import { openSubject } from './open-subject.ts';
import type { Subject } from './subject.ts';

const today = '2026-12-01';
const lay = repositoryFolders();
const open = (files: Readonly<Record<string, string>>): Subject => openSubject(lay(files).path, { today });

describe('openSubject', () => {
  it("lists the files that are the project's own, tests among them", () => {
    const subject = open({
      '.gitignore': 'out/\n*.log\n',
      '.env': 'A=1',
      'b/a.py': '',
      'b.txt': '',
      'a.log': '',
      'out/a.js': '',
      'test/a.test.js': '',
      'node_modules/x/index.js': '',
    });
    expect(subject.paths).toEqual(['.env', '.gitignore', 'b.txt', 'b/a.py', 'test/a.test.js']);
    expect(subject.gaps).toEqual([]);
  });

  it('reads what is below its folder, ignored files too, and nothing else', () => {
    const { path } = lay({ '.gitignore': '.env\n', '.env': 'A=1', 'bom.json': '\ufeff{}' });
    writeFileSync(join(path, 'latin.py'), Buffer.from('a = "\xe4"', 'latin1'));
    writeFileSync(join(path, 'binary.py'), 'a\u0000b');
    writeFileSync(join(path, 'huge.py'), '#'.repeat(2 * 1024 * 1024 + 1));
    execFileSync('mkfifo', [join(path, 'pipe.py')]);
    symlinkSync('/etc/passwd', join(path, 'passwd.py'));
    const subject = openSubject(path, { today });
    expect(subject.paths).not.toContain('.env');
    expect(subject.read('.env')).toBe('A=1');
    expect(subject.read('bom.json')).toBe('{}');
    const unread = [
      'latin.py',
      'binary.py',
      'huge.py',
      'pipe.py',
      'passwd.py',
      'none.py',
      '../a',
      '.git',
      'a\u0000',
    ];
    expect(unread.filter((one) => subject.read(one) !== undefined)).toEqual([]);
  });

  it('says what it could not look at', () => {
    const { path } = lay({
      'a/b/c/d.py': '',
      'huge.py': '#'.repeat(2 * 1024 * 1024 + 1),
      'x.py': '',
      'y.py': '',
    });
    const other = createFolder({ 'settings.py': '' });
    symlinkSync(join(other.path, 'settings.py'), join(path, 'settings.py'));
    symlinkSync('x.py', join(path, 'inside.py'));
    symlinkSync('.', join(path, 'loop'));
    symlinkSync('/nowhere', join(path, 'broken'));
    symlinkSync(other.path, join(path, 'node_modules'));
    const subject = openSubject(path, { today, bounds: { files: 2, depth: 2 } });
    other.remove();
    expect(subject.gaps).toEqual([
      'Folders are nested too deeply to be read: a/b/c/.',
      'Files are larger than 2 MB and were not read: huge.py.',
      'Symbolic links lead out of the project and were not followed: settings.py.',
      'The project has more files than are read; left out: y.py.',
    ]);
  });

  it('says which links lead out, with names that steer no terminal', () => {
    const { path } = lay({ 'a.py': '' });
    symlinkSync('/etc/passwd', join(path, 'set\u001b[2Jtings.py'));
    expect(openSubject(path, { today }).gaps).toEqual([
      'Symbolic links lead out of the project and were not followed: set\\u{1b}[2Jtings.py.',
    ]);
  });

  it.each(['/nowhere/at/all', import.meta.filename])('refuses %s', (path) => {
    expect(() => openSubject(path, { today })).toThrow(/is not a folder/);
  });

  it('computes what the scanner knows once', async () => {
    let calls = 0;
    const view: CodeView = {
      ...{
        sites: [],
        findings: [],
        suppressed: [],
        routes: [],
        logIns: [],
        errorHandlers: [],
        bareApps: [],
        imports: [],
      },
      ...{ gaps: [], files: 0 },
    };
    const subject = openSubject(lay({}).path, {
      today,
      viewCode: async () => {
        calls++;
        return view;
      },
    });
    expect(calls).toBe(0);
    expect(await subject.code()).toBe(await subject.code());
    expect(calls).toBe(1);
  });
});

describe('stacks', () => {
  it('come from the manifests of each folder, with the locked version', () => {
    const subject = open({
      'web/package.json':
        '{"dependencies":{"express":"^4.19.0","@nestjs/core":"^10"},"devDependencies":{"koa":"2"}}',
      'web/package-lock.json': '{"packages":{"node_modules/express":{"version":"4.21.2"}}}',
      'web/src/app.ts': "import express from 'express';",
      'api/requirements/base.txt': 'Flask_Cors\nDjango[argon2]>=4.2, <5  # LTS\n-r more.txt\n',
      'jobs/pyproject.toml':
        '[project]\ndependencies = ["fastapi>=0.1"]\n[tool.poetry.dependencies]\nflask = "^3.0"\n',
      'jobs/uv.lock': 'version = 1\n\n[[package]]\nname = "fastapi"\nversion = "0.115.2"\n',
      'old/Pipfile': '[packages]\ntornado = "*"\n',
      'examples/app/package.json': '{"dependencies":{"fastify":"5"}}',
    });
    expect(subject.stacks).toEqual([
      { framework: 'django', folder: 'api', path: 'api/requirements/base.txt', version: '>=4.2,<5' },
      { framework: 'fastapi', folder: 'jobs', path: 'jobs/pyproject.toml', version: '0.115.2' },
      { framework: 'flask', folder: 'jobs', path: 'jobs/pyproject.toml', version: '^3.0' },
      { framework: 'tornado', folder: 'old', path: 'old/Pipfile' },
      { framework: 'express', folder: 'web', path: 'web/package.json', version: '4.21.2' },
      { framework: 'nest', folder: 'web', path: 'web/package.json', version: '^10' },
    ]);
  });

  it('come from imports where no manifest above names them', () => {
    const subject = open({
      'shop/app.py': 'import os\nfrom flask import Flask\n',
      'shop/views/list.py': 'from flask import request\n',
      'server.js': "const { Hono } = require('hono');",
      'tests/test_app.py': 'import tornado\n',
    });
    expect(subject.stacks).toEqual([
      { framework: 'hono', folder: '', path: 'server.js' },
      { framework: 'flask', folder: 'shop', path: 'shop/app.py' },
    ]);
  });

  it('come from no text or comment that looks like an import', () => {
    const subject = open({
      'write.ts': "const text = `\nimport express from 'express';\n`; // import koa from 'koa'\n",
      'broken.js': "import fastify from 'fastify';\nconst (\n",
      'late.ts': "export * from 'hono/cors';\nawait import('next/server');\n",
    });
    expect(subject.stacks).toEqual([
      { framework: 'fastify', folder: '', path: 'broken.js' },
      { framework: 'hono', folder: '', path: 'late.ts' },
      { framework: 'next', folder: '', path: 'late.ts' },
    ]);
  });

  it('come from no library that takes the framework as a peer, unless it starts', () => {
    const peer = '"peerDependencies":{"express":"5","koa":"3"}';
    const code = "import express from 'express';";
    const subject = open({
      'lib/package.json': `{${peer}}`,
      'lib/express/index.js': code,
      'app/package.json': `{${peer},"scripts":{"start":"node app.js"}}`,
      'app/app.js': code,
      'site/package.json': `{${peer},"dependencies":{"koa":"3"}}`,
      'site/app.js': "import Koa from 'koa';",
      'lib/inner/package.json': '{}',
      'lib/inner/app.js': code,
    });
    expect(subject.stacks.map(({ framework, folder }) => `${framework} ${folder}`)).toEqual([
      'express app',
      'express lib/inner',
      'koa site',
    ]);
  });

  it('name Starlette and aiohttp where an application is made with them', () => {
    const own = { 'requirements.txt': 'starlette==0.41.0\naiohttp==3.11.0\n' };
    const web = 'from aiohttp import web\n\napp = web.Application()\n';
    const star = 'from starlette.applications import Starlette\n\napp = Starlette(routes=[])\n';
    const named = (files: Record<string, string>) =>
      open({ ...own, ...files }).stacks.map((one) => one.framework);
    expect(named({ 'a.py': web, 'b.py': star })).toEqual(['aiohttp', 'starlette']);
    expect(
      named({ 'a.py': 'import aiohttp\n\nasync with aiohttp.ClientSession() as one:\n    pass\n' }),
    ).toEqual([]);
    expect(named({ 'b.py': 'from starlette.responses import Response\n' })).toEqual([]);
    expect(named({ 'b.py': star, 'c.py': 'from fastapi import FastAPI\n' })).toEqual(['fastapi']);
  });

  it('are none for manifests that cannot be read', () => {
    mkdirSync(join(lay({}).path, 'package.json'));
    expect(
      open({ 'package.json': '{"dependencies":', 'pyproject.toml': '[[[', Pipfile: '\u0000' }).stacks,
    ).toEqual([]);
  });
});
