import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { isDefended, tellsNothing } from './expected.ts';

const outside = [
  '/assets/../apps/express.ts',
  '/assets/%2e%2e/contract.ts',
  '/assets/..%2fcontract.ts',
  '/assets/..%5ccontract.ts',
  '/assets//etc/passwd',
  '/assets/folder/../../contract.ts',
  '/assets/%c0%ae%c0%ae/contract.ts',
  '/assets/site.css%00.html',
  '/assets/.hidden',
  '/assets/%2ehidden',
  '/assets/%73ite.css',
];

export const fileCases: readonly Case[] = [
  {
    id: 'files/served',
    sentence: 'A file is served with its type and can be revalidated.',
    async check(site) {
      const file = await site.ask('/assets/site.css');
      assert.equal(file.status, 200);
      assert.match(file.header('content-type') ?? '', /^text\/css/);
      assert.match(file.text, /teal/);
      const etag = file.header('etag') ?? '';
      assert.ok(etag);
      const again = await site.ask('/assets/site.css', { headers: { 'If-None-Match': etag } });
      assert.equal(again.status, 304);
      assert.equal(again.text, '');
    },
  },
  {
    id: 'files/head',
    sentence: 'HEAD returns the length of a file, and no body.',
    async check(site) {
      const [head, get] = [
        await site.ask('/assets/site.css', { method: 'HEAD' }),
        await site.ask('/assets/site.css'),
      ];
      assert.equal(head.header('content-length'), String(get.text.length));
    },
  },
  {
    id: 'files/range',
    sentence: 'Range requests work.',
    async check(site) {
      const part = await site.ask('/assets/site.css', { headers: { Range: 'bytes=0-2' } });
      assert.ok(part.status === 206 ? part.text === 'p {' : part.status === 200);
    },
  },
  {
    id: 'files/index',
    sentence: 'A directory redirects to its index page, which has the headers.',
    async check(site) {
      const folder = await site.ask('/assets/folder');
      assert.equal(folder.status, 308);
      assert.equal(folder.header('location'), '/assets/folder/');
      const index = await site.ask('/assets/folder/');
      assert.match(index.text, /<title>Folder/);
      isDefended(index);
    },
  },
  {
    id: 'files/outside',
    sentence:
      'No file outside the directory and no hidden file is served, however the path is encoded (CWE-22).',
    async check(site) {
      for (const target of outside) {
        const reply = await site.ask(target);
        assert.ok(reply.status === 404 || reply.status === 400, `${target}: ${reply.status}`);
        assert.doesNotMatch(reply.text, /hunter2|ConformanceApp|root:x|teal/, target);
        tellsNothing(reply);
      }
    },
  },
  {
    id: 'files/no-list',
    sentence: 'No directory is listed (CWE-548).',
    async check(site) {
      const reply = await site.ask('/assets/');
      assert.equal(reply.status, 404);
      assert.doesNotMatch(reply.text, /site\.css/);
    },
  },
  {
    id: 'files/post',
    sentence: 'POST to a file gets 404 or 405.',
    async check(site) {
      const reply = await site.ask('/assets/site.css', { method: 'POST', body: '' });
      assert.ok(reply.status === 404 || reply.status === 405, String(reply.status));
      isDefended(reply);
    },
  },
];
