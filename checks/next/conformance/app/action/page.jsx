import { rename } from './actions.js';

export default function ActionPage() {
  return (
    <form action={rename}>
      <input name="name" />
    </form>
  );
}
