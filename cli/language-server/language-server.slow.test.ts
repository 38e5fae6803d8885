import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createFolder } from '../scan/testing/folder.ts';
import { startClient, uriOf } from './testing/client.ts';

const app = (value: string): string => `import express from 'express';
import pg from 'pg';
import { byName } from './query.js';
const db = new pg.Pool();
express().get('/', async (req, res) => {
  res.json(await db.query(${value}));
});
`;
const hole = app('byName(req.query.name)');
const safe = app("'select id from t where name = $1', [req.query.name]");
const query = "export const byName = (name) => 'select id from t where name = ' + name;\n";

const folder = createFolder({
  '.git/HEAD': '',
  'app.js': safe,
  'query.js': query,
  'safe.js': safe,
  'hash.js': '',
  'broken.py': 'import sqlite3\n',
});
const at = (name: string): string => join(folder.path, name);
const client = startClient(new URL('./testing/server.ts', import.meta.url));

beforeAll(async () => {
  await client.initialize([folder.path]);
});
afterAll(() => {
  client.server.kill();
  folder.remove();
});

describe('the language server', () => {
  it('shows what is typed, with the way of the data, and nothing of what is safe', async () => {
    await client.open(at('app.js'), 1, hole);
    await client.open(at('safe.js'), 1, safe);
    expect(await client.diagnostics(at('safe.js'), 1)).toEqual([]);
    const [found, ...others] = await client.diagnostics(at('app.js'), 1);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      code: 'sql/injection',
      source: 'bulwark',
      severity: 1,
      range: { start: { line: 5, character: 17 }, end: { line: 5, character: 49 } },
    });
    const way = found?.relatedInformation?.map(({ location }) => location.uri.split('/').at(-1));
    expect(way).toContain('query.js');
    expect(way?.at(-1)).toBe('app.js');
  });

  it('says what to do where a finding is, and nothing elsewhere', async () => {
    const said = await client.hover(at('app.js'), 5, 20);
    expect(said).toContain('**Do:** Pass values as parameters');
    expect(said).toContain('# sql/injection');
    expect(await client.hover(at('app.js'), 0, 3)).toBe('');
    expect(await client.hover(at('safe.js'), 5, 20)).toBe('');
  });

  it('offers a comment that hides the finding once it has a reason, and nothing where none is', async () => {
    const [action, ...others] = await client.actions(at('app.js'), await client.diagnostics(at('app.js'), 1));
    expect(others).toEqual([]);
    expect(action).toMatchObject({ title: 'Suppress sql/injection here with a reason', kind: 'quickfix' });
    const [edit] = action?.edit?.documentChanges ?? [];
    expect(edit).toMatchObject({ textDocument: { uri: uriOf(at('app.js')), version: 1 } });
    const edits = edit && 'edits' in edit ? edit.edits : [];
    const text = TextDocument.applyEdits(TextDocument.create('', '', 1, hole), edits as never);
    expect(text.split('\n')[5]).toBe('  // bulwark-ignore sql/injection:');
    await client.edit(at('app.js'), 2, text);
    const codes = (await client.diagnostics(at('app.js'), 2)).map(({ code }) => code);
    expect(codes).toEqual(['scan/bad-suppression', 'sql/injection']);
    await client.edit(at('app.js'), 3, text.replace('injection:', 'injection: only we call it'));
    expect(await client.diagnostics(at('app.js'), 3)).toEqual([]);
    expect(await client.actions(at('app.js'), [])).toEqual([]);
  });

  it('offers fixes, makes them once they are chosen, and none where there is none', async () => {
    const md5 = (name: string): string =>
      `import { createHash } from 'node:crypto';\nexport const signature = (secret, text) => createHash('${name}').update(secret + text).digest('hex');\n`;
    await client.open(at('hash.js'), 1, md5('md5'));
    const found = await client.diagnostics(at('hash.js'), 1);
    expect(found).toMatchObject([
      { code: 'crypto/weak-hash', codeDescription: { href: 'https://pages.example/crypto/weak-hash' } },
    ]);
    const [fix, suppression] = await client.actions(at('hash.js'), found);
    expect(suppression?.title).toContain('Suppress');
    expect(fix).toMatchObject({ title: 'Use SHA-256', isPreferred: true });
    expect(fix?.edit).toBeUndefined();
    const resolved = await client.connection.sendRequest('codeAction/resolve', fix);
    expect(resolved).toMatchObject({
      edit: {
        documentChanges: [{ edits: [{ newText: 'sha256', range: { start: { line: 1, character: 55 } } }] }],
      },
    });
    await client.edit(at('hash.js'), 2, md5('sha256'));
    expect(await client.diagnostics(at('hash.js'), 2)).toEqual([]);
    // What was chosen for a text that is gone is not done to another one.
    expect(await client.connection.sendRequest('codeAction/resolve', fix)).not.toHaveProperty('edit');
  });

  it('takes back what is not true any more', async () => {
    await client.edit(at('app.js'), 4, hole);
    expect(await client.diagnostics(at('app.js'), 4)).toHaveLength(1);
    await client.edit(at('app.js'), 5, safe);
    expect(await client.diagnostics(at('app.js'), 5)).toEqual([]);
  });

  it('finds in what is broken, and in what is not', async () => {
    const text = (line: string): string =>
      `import sqlite3\nfrom flask import request\n\n${line}\n\ndef find():\n    return sqlite3.connect("a").execute("select " + request.args["q"])\n`;
    await client.open(at('broken.py'), 1, text('def ('));
    expect(await client.diagnostics(at('broken.py'), 1)).toMatchObject([{ code: 'sql/injection' }]);
    await client.edit(at('broken.py'), 2, text('# nothing'));
    expect(await client.diagnostics(at('broken.py'), 2)).toMatchObject([{ code: 'sql/injection' }]);
    await client.close(at('broken.py'));
    expect(await client.diagnostics(at('broken.py'), undefined)).toEqual([]);
  });

  it('follows what changes on the disk: other files, and the configuration', async () => {
    await client.edit(at('app.js'), 6, hole);
    expect(await client.diagnostics(at('app.js'), 6)).toHaveLength(1);
    const next = async (count: number): Promise<void> => {
      while ((await client.diagnostics(at('app.js'), 6)).length !== count) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    folder.write({ 'query.js': 'export const byName = () => "select 1";\n' });
    await next(0);
    folder.write({ 'query.js': query });
    await next(1);
    folder.write({ 'bulwark.config.json': '{ "scan": { "rules": { "skip": ["sql/*"] } } }' });
    await next(0);
    folder.write({ 'bulwark.config.json': '{}' });
    await next(1);
  });

  it('takes folders in and out, and runs no code of theirs', async () => {
    const other = createFolder({
      'bulwark.config.mjs': 'export default { scan: { rules: { skip: ["sql/*"] } } };\n',
      'app.js': 'fine();\n',
      'query.js': query,
    });
    const file = join(other.path, 'app.js');
    const change = async (added: readonly string[], removed: readonly string[]): Promise<void> => {
      const named = (path: string): object => ({ uri: uriOf(path), name: path });
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: added.map(named), removed: removed.map(named) },
      });
    };
    await client.open(file, 1, hole);
    await change([other.path], []);
    expect(await client.diagnostics(file, 1)).toMatchObject([{ code: 'sql/injection' }]);
    expect(client.messages.join('')).toContain('bulwark.config.mjs is code. It is executed only');
    await change([], [other.path]);
    expect(await client.diagnostics(file, undefined)).toEqual([]);
    other.remove();
  });

  it('stays after messages that are none, and ends with 0 after shutdown', async () => {
    const body = 'no JSON';
    client.server.stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    await expect(client.connection.sendRequest('bulwark/none')).rejects.toThrow('Unhandled method');
    await client.connection.sendNotification('textDocument/didOpen', { wrong: true });
    expect(await client.hover(at('app.js'), 5, 20)).toContain('sql/injection');
    expect(await client.end()).toBe(0);
  });
});
