// Its options are known when the server has started.
export const dynamic = 'force-dynamic';

export default function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <title>Shop</title>
      </head>
      <body>{children}</body>
    </html>
  );
}
