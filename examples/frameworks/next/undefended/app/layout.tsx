import type { ReactNode } from 'react';
import { logOut } from '../desk/actions';

export const metadata = { title: 'Desk' };
export const dynamic = 'force-dynamic';

export default function Layout({ children }: { children: ReactNode }) {
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
        <script src="/assets/app.js" />
      </body>
    </html>
  );
}
