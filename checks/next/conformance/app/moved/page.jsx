import { page } from '../../../../../lib/next/index.ts';
import { currentRequest } from '../../../../../lib/request/index.ts';
import { options } from '../../world.ts';
import { move } from './actions.js';

let defended;

export default function MovedPage(props) {
  defended ??= page(
    () => (
      <form action={move}>
        <p>client {`${currentRequest()?.client}`}</p>
      </form>
    ),
    options(),
  );
  return defended(props);
}
