import { randomBytes } from 'node:crypto';
import { type App, sessionSource } from './app.ts';

/** @param proxy how this version calls the file: `middleware` or `proxy` */
export function nextApp(version: string, proxy: 'middleware' | 'proxy'): App {
  return {
    packages: [
      `next@${version}`,
      'react@19.3.1',
      'react-dom@19.3.1',
      '@types/react@19.3.3',
      '@types/react-dom@19.3.0',
    ],
    compiler: { jsxImportSource: 'bulwark/html/react', dom: true },
    files: {
      'session.ts': sessionSource,
      'options.ts': `
import type { NextOptions } from 'bulwark/next';
import { keys, session } from './session';

export const options: NextOptions = { session, csrf: { keys } };
`,
      [`${proxy}.ts`]: `
import { proxy } from 'bulwark/next/proxy';

export default proxy({ routes: { '/': { csp: { extend: { 'img-src': ['https://pictures.example.com'] } } } } });
`,
      'app/layout.tsx': `
import type { ReactNode } from 'react';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`,
      'app/page.tsx': `
import { page } from 'bulwark/next';
import { safeScript } from 'bulwark/html';
import { options } from '../options';

export default page((_props: object, { nonce }) => <script nonce={nonce}>{safeScript\`1\`}</script>, options);
`,
      'app/fails/route.ts': `
import { withBulwark } from 'bulwark/next';
import { options } from '../../options';

export const GET = withBulwark(() => {
  throw new Error('a secret sentence');
}, options);
`,
      'app/cart/route.ts': `
import { currentSession, withBulwark } from 'bulwark/next';
import { options } from '../../options';

export const POST = withBulwark(async () => {
  await currentSession().set({ cart: 'lamp' });
  return new Response('saved');
}, options);
`,
      // Read by next build as well: Node and the proxy of version 15 are two runtimes, which need the same secret.
      '.env': `BULWARK_NEXT_KEY=${randomBytes(32).toString('base64')}\n`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          lib: ['es2022', 'dom', 'dom.iterable'],
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          module: 'esnext',
          moduleResolution: 'bundler',
          esModuleInterop: true,
          resolveJsonModule: true,
          isolatedModules: true,
          jsx: 'preserve',
          jsxImportSource: 'bulwark/html/react',
          plugins: [{ name: 'next' }],
        },
        include: ['**/*.ts', '**/*.tsx', '.next/types/**/*.ts'],
        exclude: ['node_modules'],
      }),
      'next.config.ts': `
import { withBulwarkConfig } from 'bulwark/next/config';

export default withBulwarkConfig({}, { origin: 'https://shop.example.com' });
`,
    },
    mistake: "import { proxy } from 'bulwark/next/proxy';\nproxy({ csp: 'strict' });\n",
  };
}
