import { connection } from 'next/server';
import Product from '../../../product.jsx';

export default async function Page() {
  await connection();
  return <Product user="ann" />;
}
