import { describe, expect, it } from 'vitest';
import { expectNoLeak } from './expect-no-leak.ts';

const send = (body: string, status = 500, headers: Record<string, string> = {}) =>
  expectNoLeak(() => ({ status, headers, body }), { hidden: ['s3cret-table'] });

describe('expectNoLeak', () => {
  it.each([
    'TypeError: x is not a function\n    at handler (/srv/app/server.js:12:3)',
    '<pre>Error: broken<br> &nbsp; &nbsp;at Layer.handle (/home/ann/shop/index.ts:1:2)</pre>',
    '{"error":"x","stack":"Error: x\\n    at file:///app/dist/main.js:10:15"}',
    '{"message":"Cannot read properties of undefined (reading \'id\')"}',
    '{"message":"Unexpected token \'<\', \\"<a>\\" is not valid JSON"}',
    'at Module._compile (node:internal/modules/cjs/loader:1554:14)',
    'ENOENT: no such file or directory, open &#39;/var/data/a.txt&#39;',
    'connect ECONNREFUSED 10.0.0.5:5432',
    'error: syntax error at or near "from"',
    'relation "users" does not exist',
    'duplicate key value violates unique constraint "orders_pkey"',
    'ER_NO_SUCH_TABLE: Table shop.users',
    'SQLITE_ERROR: no such table: users',
    'Failed to look up view "x" in "/app/views/x.ejs"',
    'C:\\inetpub\\shop\\server.js',
    'Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>',
    'the row of s3cret-table',
    'db.user.finde is not a function',
    '{"m":"at f (\\u002fsrv\\u002fapp\\u002fserver.js:1:2)"}',
    'invalid input syntax for type uuid: "x"',
    'E11000 duplicate key error collection: shop.users index: email_1',
    'Invalid `prisma.user.findUnique()` invocation',
    'SELECT id, password_hash FROM users WHERE id = $1',
    '<title>NameError // Werkzeug Debugger</title>',
  ])('is red for %s', async (body) => {
    await expect(send(body)).rejects.toThrow(/^An error page tells too much\./);
  });

  it.each([
    ['x-powered-by', 'Express'],
    ['server', 'nginx/1.25.3'],
    ['x-error', 's3cret-table'],
    ['x-exception', 'TypeError: x'],
  ])('is red for a header %s: %s', async (name, value) => {
    await expect(send('broken', 500, { [name]: value })).rejects.toThrow(/^An error page tells too much\./);
  });

  it.each([
    'Something went wrong. Request 0b5fd1a7-6d2c-4c1e-9d55-2f3c8a1e7b90.',
    '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"See /help/errors at https://shop.example:8443/"}',
    '<!doctype html><link href="/assets/site/main.css"><p>We look at it: (9:15 to 17:00)</p><a href="/orders/2031">Back</a>',
    'The constraint of this offer does not exist any more, and the token is unexpected.',
    'SELECT a product FROM the list. It costs = $10, and this offer is not a function of time.',
    '<p>UPDATE your browser</p><p>Prices from $5</p>',
  ])('is green for %s', async (body) => {
    const link = '</assets/site/app.js>; rel=preload';
    await send(body, 500, {
      server: 'nginx',
      link,
      sourcemap: '/assets/site/app.js.map',
      'content-type': 'text/html',
    });
    await send(body, 404);
  });

  it('proves nothing where nothing failed', async () => {
    await expect(send('fine', 200)).rejects.toThrow(/^This test proves nothing: the answer is no error/);
    await expect(send('', 302)).rejects.toThrow(/^This test proves nothing/);
    const empty = expectNoLeak(() => ({ status: 500, headers: {} }), { hidden: [''] });
    await expect(empty).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });

  it('reads a large page in no time that grows faster than the page', async () => {
    for (const piece of ['SELECT a ', 'SET SELECT WHERE ', 'at a ', '/a', 'File "', 'C:\\a', 'at /x:1'])
      await send(piece.repeat(200_000)).catch(() => {});
  }, 120_000);
});
