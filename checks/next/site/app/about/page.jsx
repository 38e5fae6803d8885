import { connection } from 'next/server';
import Counter from '../../counter.jsx';
import Links from '../../links.jsx';

/** Static in one variant. */
export default async function AboutPage() {
  if (process.env.BULWARK_NEXT_VARIANT === 'proxied') await connection();
  return (
    <main>
      <h1>about</h1>
      <Counter />
      <Links />
    </main>
  );
}
