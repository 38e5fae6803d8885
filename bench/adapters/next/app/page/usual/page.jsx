import { ironSession } from '../../../iron.js';
import Product from '../../../product.jsx';

export default async function Page() {
  const { user } = await ironSession();
  return <Product user={user} />;
}
