import { run, TEXT, without } from './lib.mjs';

export const start = () =>
  run((_req, res) =>
    res
      .writeHead(401, {
        ...without('Content-Security-Policy'),
        ...TEXT,
        'WWW-Authenticate': 'Basic realm="staging"',
      })
      .end('Sign in first\n'),
  );
