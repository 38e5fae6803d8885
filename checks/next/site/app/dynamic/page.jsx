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
  () => (
    <main>
      <h1>dynamic</h1>
      <Counter />
      <Links />
      <Suspense fallback={<p>...</p>}>
        <Late />
      </Suspense>
    </main>
  ),
  {},
);
