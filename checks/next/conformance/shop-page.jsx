import { page } from '../../../lib/next/index.ts';
import { options } from './world.ts';

let defended;

/** The page of views/page.ejs. */
export default function ShopPage(props) {
  defended ??= page(async ({ searchParams }, { nonce }) => {
    const { name = 'nobody' } = await searchParams;
    return (
      <>
        <script nonce={nonce}>{"document.title = 'ready';"}</script>
        <p id="name">{name}</p>
      </>
    );
  }, options());
  return defended(props);
}
