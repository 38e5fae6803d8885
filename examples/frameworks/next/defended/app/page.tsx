import { safeScript } from 'bulwark/html';
import { currentSession, page } from 'bulwark/next';
import { redirect } from 'next/navigation';
import { Nav } from '../desk/nav';
import { options } from '../desk/options';
import { findTickets } from '../desk/store';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

// It has no title in its metadata: React would write it over the one that the script sets.
export default page(async ({ searchParams }: Props, { nonce }) => {
  if (currentSession().user === undefined) redirect('/login');
  const { q: wanted, sort } = await searchParams;
  const q = typeof wanted === 'string' ? wanted : '';
  const tickets = await findTickets(q, sort);
  return (
    <main>
      <Nav />
      <form action="/">
        <input name="q" defaultValue={q} />
        <button type="submit">Search</button>
      </form>
      <p>{q ? `Tickets with "${q}"` : 'All tickets'}</p>
      <ul>
        {tickets.map(({ id, title, email }) => (
          <li key={id}>
            <a href={`/tickets/${id}`}>{title}</a> by {email}
          </li>
        ))}
      </ul>
      {q && <script nonce={nonce}>{safeScript`document.title = ${`Desk: ${q}`};`}</script>}
    </main>
  );
}, options);
