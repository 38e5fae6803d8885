import Script from 'next/script';
import { connection } from 'next/server';
import { Suspense } from 'react';
import { page } from '../../../../../lib/next/index.ts';
import Counter from '../../counter.jsx';
import Links from '../../links.jsx';

async function Late() {
  await connection();
  await new Promise((resolve) => setTimeout(resolve, 50));
  return <p id="late">late</p>;
}

export default page(
  (_props, { nonce }) => (
    <main>
      <h1>scripted</h1>
      <Counter />
      <Links />
      <script nonce={nonce}>{'document.documentElement.dataset.own = "ran"'}</script>
      <Script id="after" strategy="afterInteractive" nonce={nonce}>
        {'document.documentElement.dataset.after = "ran"'}
      </Script>
      <Suspense fallback={<p>...</p>}>
        <Late />
      </Suspense>
    </main>
  ),
  {},
);
