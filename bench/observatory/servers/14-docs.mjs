import { HTML, page, router, run, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router({
      '/': [200, HTML, page('Docs', '<a href="/.git/HEAD">About .git/HEAD</a>')],
      '/.git/HEAD': [
        200,
        HTML,
        page('.git/HEAD', '<p>This file holds a line like <code>ref: refs/heads/main</code>.</p>'),
      ],
      '/.env': [200, HTML, page('.env', '<pre>API_KEY=your-key</pre><p>Copy it.</p>')],
      '/.well-known/security.txt': SECURITY_TXT,
    }),
  );
