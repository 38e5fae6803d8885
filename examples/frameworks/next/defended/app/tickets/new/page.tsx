import { csrfField, currentSession, page } from 'bulwark/next';
import { redirect } from 'next/navigation';
import { writeTicket } from '../../../desk/actions';
import { Nav } from '../../../desk/nav';
import { options } from '../../../desk/options';

export const metadata = { title: 'Desk' };

export default page(() => {
  if (currentSession().user === undefined) redirect('/login');
  return (
    <main>
      <Nav />
      <form data-action="/tickets" action={writeTicket}>
        <input {...csrfField()} />
        <input name="title" />
        <textarea name="body" />
        <button type="submit">Send</button>
      </form>
    </main>
  );
}, options);
