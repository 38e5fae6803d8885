import { HTML, page, router, run, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router({
      '/': [200, HTML, page('Blog')],
      '/.git/HEAD': [200, { 'Content-Type': 'application/octet-stream' }, 'ref: refs/heads/main\n'],
      '/.git/config': [
        200,
        { 'Content-Type': 'application/octet-stream' },
        '[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote "origin"]\n\turl = git@git.example:blog.git\n',
      ],
      '/.well-known/security.txt': SECURITY_TXT,
    }),
  );
