import { APP_JS, HTML, page, router, run, TEXT } from './lib.mjs';

const list =
  '<html><head><title>Index of /static/</title></head><body><h1>Index of /static/</h1><hr><pre><a href="../">../</a>\n<a href="app.js">app.js</a>   01-Nov-2026 10:00   46\n<a href="notes.txt">notes.txt</a>   01-Nov-2026 10:00   12\n</pre><hr></body></html>';
export const start = () =>
  run(
    router({
      '/': [200, HTML, page('Mirror', '<script src="/static/app.js"></script>')],
      '/static/': [200, HTML, list],
      '/static/app.js': APP_JS,
      '/static/notes.txt': [200, TEXT, 'hello\n'],
    }),
  );
