import { writeTicket } from '../../../desk/actions';
import { needUser } from '../../../desk/current-user';
import { Nav } from '../../../desk/nav';

export const metadata = { title: 'Desk' };

export default async function NewTicket() {
  await needUser();
  return (
    <main>
      <Nav />
      <form data-action="/tickets" action={writeTicket}>
        <input name="title" />
        <textarea name="body" />
        <button type="submit">Send</button>
      </form>
    </main>
  );
}
