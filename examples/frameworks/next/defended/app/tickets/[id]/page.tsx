import { sanitize } from 'bulwark/html';
import { currentSession, page } from 'bulwark/next';
import { notFound, redirect } from 'next/navigation';
import { Nav } from '../../../desk/nav';
import { options } from '../../../desk/options';
import { findTicket } from '../../../desk/store';

export const metadata = { title: 'Desk' };

export default page(async ({ params }: { params: Promise<{ id: string }> }) => {
  if (currentSession().user === undefined) redirect('/login');
  const { id } = await params;
  const ticket = await findTicket(id);
  if (!ticket) notFound();
  return (
    <main>
      <Nav />
      <h1>{ticket.title}</h1>
      <div dangerouslySetInnerHTML={{ __html: sanitize(ticket.body, 'comment') }} />
      <ul>
        {ticket.attachments.map(({ id, name }) => (
          <li key={id}>
            <a href={`/attachments/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
      <form method="post" action={`/tickets/${ticket.id}/attachment`} encType="multipart/form-data">
        <input name="file" type="file" />
        <button type="submit">Attach</button>
      </form>
    </main>
  );
}, options);
