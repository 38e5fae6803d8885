import { notFound } from 'next/navigation';
import { needUser } from '../../../desk/current-user';
import { Nav } from '../../../desk/nav';
import { findTicket } from '../../../desk/store';

export const metadata = { title: 'Desk' };

export default async function ShowTicket({ params }: { params: Promise<{ id: string }> }) {
  await needUser();
  const ticket = await findTicket(decodeURIComponent((await params).id));
  if (!ticket) notFound();
  return (
    <main>
      <Nav />
      <h1>{ticket.title}</h1>
      <div dangerouslySetInnerHTML={{ __html: ticket.body }} />
      <ul>
        {ticket.attachments.map(({ id, name }) => (
          <li key={id}>
            <a href={`/attachments/${encodeURIComponent(id)}`}>{name}</a>
          </li>
        ))}
      </ul>
      <form method="post" action={`/tickets/${ticket.id}/attachment`} encType="multipart/form-data">
        <input name="file" type="file" />
        <button type="submit">Attach</button>
      </form>
    </main>
  );
}
