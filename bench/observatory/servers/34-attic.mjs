import { randomBytes } from 'node:crypto';
import { HTML, page, router, run, SAFE } from './lib.mjs';

const zip = Buffer.concat([Buffer.from('504b0304140000000000', 'hex'), randomBytes(300)]);
const denied = [403, HTML, page('Forbidden')];
const list =
  '<!DOCTYPE html><title>Directory listing for /uploads/</title><h1>Directory listing for /uploads/</h1><hr><ul><li><a href="a.png">a.png</a></li><li><a href="b.png">b.png</a></li></ul><hr>';
export const start = () =>
  run(
    router(
      {
        '/': [200, HTML, page('Attic', '<img src="/uploads/a.png" alt="">')],
        '/.git/HEAD': denied,
        '/.git/config': denied,
        '/.env': denied,
        '/backup.zip': [200, { 'Content-Type': 'application/zip' }, zip],
        '/uploads/': [200, HTML, list],
        '/uploads/a.png': [200, { 'Content-Type': 'image/png' }, Buffer.from('89504e470d0a1a0a', 'hex')],
      },
      {
        headers: {
          ...SAFE,
          'Strict-Transport-Security': 'max-age=0',
          'Content-Security-Policy': "default-src 'self'; script-src * 'self'; frame-ancestors 'none'",
        },
      },
    ),
  );
