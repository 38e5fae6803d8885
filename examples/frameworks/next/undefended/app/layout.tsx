import type { ReactNode } from 'react';

export const dynamic = 'force-dynamic';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <script src="/assets/app.js" />
      </body>
    </html>
  );
}
