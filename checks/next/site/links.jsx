import Link from 'next/link';

export default function Links() {
  return (
    <nav>
      <Link href="/about">about</Link> <Link href="/dynamic">dynamic</Link> <Link href="/photo">photo</Link>
    </nav>
  );
}
