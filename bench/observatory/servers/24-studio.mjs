import { HTML, JS, JSN, page, router, run, SECURITY_TXT } from './lib.mjs';

const map = JSON.stringify({
  version: 3,
  file: 'app.js',
  sources: ['../src/main.ts'],
  sourcesContent: ['// internal: talk to billing\nexport const main = (): void => {};\n'],
  names: [],
  mappings: 'AAAA',
});
export const start = () =>
  run(
    router({
      '/': [200, HTML, page('Studio', '<script src="/static/app.js"></script>')],
      '/static/app.js': [200, { ...JS, SourceMap: '/static/app.js.map' }, 'const main=()=>{};\n'],
      '/static/app.js.map': [200, JSN, map],
      '/.well-known/security.txt': SECURITY_TXT,
    }),
  );
