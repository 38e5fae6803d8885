import { type App, sessionSource } from './app.ts';

export function jsxApp(name: 'react' | 'preact', packages: readonly string[], renderer: string): App {
  return {
    packages,
    compiler: { jsxImportSource: `bulwark/html/${name}` },
    files: {
      'session.ts': sessionSource,
      'main.tsx': `
import { createServer } from 'node:http';
import { safeScript, sanitize } from 'bulwark/html';
import { pageNonce } from 'bulwark/html/${name}';
import { bulwark, defendServer } from 'bulwark/node';
import { renderToString } from '${renderer}';
import { keys, session } from './session.js';

function Page({ link }: { link: string }) {
  return (
    <body>
      <a href={link}>link</a>
      <div dangerouslySetInnerHTML={{ __html: sanitize('<b onclick="1">bold</b>', 'article') }} />
      <script nonce={pageNonce()}>{safeScript\`1\`}</script>
    </body>
  );
}

const csp = { extend: { 'img-src': ['https://pictures.example.com'] } };
const app = bulwark({ session, csp, csrf: { keys } }, async (req, res) => {
  if (req.url === '/fails') throw new Error('a secret sentence');
  if (req.url === '/cart') {
    await session.of(req).set({ cart: 'lamp' });
    res.end('saved');
    return;
  }
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(renderToString(<Page link="javascript:alert(1)" />));
});
defendServer(createServer(app)).listen(Number(process.env['PORT']), '127.0.0.1');
`,
    },
    mistake: 'export const page = <div dangerouslySetInnerHTML={{ __html: "<b>" }} />;\n',
  };
}
