import { describe, expect, it } from 'vitest';
import { languages } from '../../languages/registry.ts';
import { isArchivePath, isPageOwn, isPlainFileWrite, isTemplateOutput, isWhereClause } from './flow-place.ts';
import type { Flow } from './rule.ts';

const flow = (more: Partial<Flow>): Flow => ({
  kind: 'xss',
  sink: 'express.Response.send',
  source: 'remote',
  from: 'express.Request.query',
  language: languages.javascript,
  ...more,
});

describe('a flow of markup', () => {
  it.each([
    [{ sink: 'global.bulwark:raw-output', language: languages.template }, 'template'],
    [{ sink: 'global.bulwark:raw-output', language: languages.template, source: 'browser' }, 'template'],
    [{ sink: 'dom.Element.innerHTML', language: languages.template, source: 'browser' }, 'page'],
    [{ sink: 'dom.Element.innerHTML', source: 'stored', from: 'web.Answer.json()' }, 'page'],
    [{ sink: 'jsx.Props.dangerouslySetInnerHTML.__html', from: 'next.ServerProps.query' }, 'page'],
    [{ kind: 'link', sink: 'dom.Element.href', source: 'browser' }, 'page'],
    [{ kind: 'link', sink: 'dom.Element.href', source: 'stored' }, 'server'],
    [
      { sink: 'jsx.Props.dangerouslySetInnerHTML.__html', source: 'stored', from: 'pg.Query().rows' },
      'server',
    ],
    [{ source: 'stored', from: 'web.Answer.text()' }, 'server'],
    [{}, 'server'],
  ] as const)('%# is put in by the %s', (more, place) => {
    const one = flow(more);
    expect([isTemplateOutput(one), isPageOwn(one)]).toEqual([place === 'template', place === 'page']);
  });
});

describe('a flow into a path', () => {
  it.each([
    ['archive.Entry.entryName', 'fs.Module.writeFileSync', true],
    ['tarfile.TarInfo.name', 'global.open', true],
    ['flask.Request.files', 'tarfile.TarFile.extractall', true],
    ['flask.Request.files', 'shutil.unpack_archive', true],
    ['express.Request.body', 'adm-zip', false],
    ['flask.Request.args', 'zipfile.ZipFile', false],
    ['express.Request.query', 'fs.Module.readFile', false],
  ])('from %s to %s is of an archive: %j', (from, sink, expected) => {
    expect(isArchivePath(flow({ kind: 'path', from, sink }))).toBe(expected);
  });
});

describe('a flow into a stored file', () => {
  it.each([
    ['express.Request.query', 'fs.Module.writeFile', true],
    ['express.Request.body', 'fs-extra.outputFile', true],
    ['express.UploadedFile.originalname', 'fs.Module.writeFile', false],
    ['hono.Request.formData()', 'fs.Module.writeFile', false],
    ['flask.Request.files', 'flask.FileStorage.save', false],
  ])('from %s to %s is no upload: %j', (from, sink, expected) => {
    expect(isPlainFileWrite(flow({ kind: 'upload', from, sink }))).toBe(expected);
  });
});

it("knows MongoDB's code", () => {
  expect(isWhereClause(flow({ kind: 'code', sink: 'mongoose.Query.$where' }))).toBe(true);
  expect(isWhereClause(flow({ kind: 'code', sink: 'mongo.Collection.find' }))).toBe(true);
  expect(isWhereClause(flow({ kind: 'code', sink: 'global.eval' }))).toBe(false);
});
