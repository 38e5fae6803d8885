import { writeTicket } from '../../../desk/actions';
import { needUser } from '../../../desk/current-user';

export default async function NewTicket() {
  await needUser();
  return (
    <form data-action="/tickets" action={writeTicket}>
      <input name="title" />
      <textarea name="body" />
      <button type="submit">Send</button>
    </form>
  );
}
