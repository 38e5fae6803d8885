import Image from 'next/image';
import { connection } from 'next/server';
import Counter from '../../counter.jsx';
import Links from '../../links.jsx';

export default async function PhotoPage() {
  if (process.env.BULWARK_NEXT_VARIANT === 'proxied') await connection();
  return (
    <main>
      <h1>photo</h1>
      <Counter />
      <Links />
      <Image src="/photo.png" alt="" width={64} height={64} priority />
    </main>
  );
}
