import { expect, it } from 'vitest';
import { requestFile } from './request-file.ts';
import { type Target, targets } from './target.ts';

const app = 'http://127.0.0.1:4000/token/';
const named = (name: string): Target => {
  const target = targets().find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  return target;
};

it('writes down a query, a path, a form and JSON as a proxy would', () => {
  expect(requestFile(app, named('GET report month'))).toBe(
    'GET /token/report?month=2026-01 HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nAccept: */*\r\n\r\n',
  );
  expect(requestFile(app, named('GET api/users/:id'))).toMatch(/^GET \/token\/api\/users\/3\* HTTP/);
  expect(requestFile(app, named('POST login email'))).toMatch(
    /urlencoded\r\n\r\nemail=admin%40example\.com&password=correct\+horse\+battery\+staple$/,
  );
  expect(requestFile(app, named('POST login email in JSON'))).toMatch(
    /application\/json\r\n\r\n\{"email":"admin@example\.com","password":"correct horse battery staple"\}$/,
  );
});
