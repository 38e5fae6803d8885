import { currentSession, page } from '../../../../../lib/next/index.ts';
import { options } from '../../world.ts';
import { rename } from './actions.js';

let defended;

export default function ActionPage(props) {
  defended ??= page(
    () => (
      <form action={rename}>
        <input name="name" />
        <p>{`The session says ${currentSession().data.name}.`}</p>
      </form>
    ),
    options(),
  );
  return defended(props);
}
