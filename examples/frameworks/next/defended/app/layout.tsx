import { pageNonce } from 'bulwark/html/react';
import { connection } from 'next/server';
import type { ReactNode } from 'react';

export default async function Layout({ children }: { children: ReactNode }) {
  await connection(); // every page has a nonce, so none is rendered ahead of time
  return (
    <html lang="en">
      <body>
        {children}
        <script src="/assets/app.js" nonce={pageNonce()} />
      </body>
    </html>
  );
}
