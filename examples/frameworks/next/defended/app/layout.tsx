import { pageNonce } from 'bulwark/html/react';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { logOut } from '../desk/actions';

export const metadata = { title: 'Desk' };

export default async function Layout({ children }: { children: ReactNode }) {
  await connection(); // every page has a nonce, so none is rendered ahead of time
  return (
    <html lang="en">
      <body>
        <nav>
          <a href="/">Desk</a> <a href="/tickets/new">New ticket</a>
          <form data-action="/logout" action={logOut}>
            <button type="submit">Log out</button>
          </form>
        </nav>
        {children}
        <script src="/assets/app.js" nonce={pageNonce()} />
      </body>
    </html>
  );
}
