import { needUser } from '../desk/current-user';
import { Nav } from '../desk/nav';
import { findTickets } from '../desk/store';

interface Props {
  searchParams: Promise<Record<string, string | undefined>>;
}

// It has no title in its metadata: React would write it over the one that the script sets.
export default async function List({ searchParams }: Props) {
  await needUser();
  const { q = '', sort } = await searchParams;
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
      {q && <script dangerouslySetInnerHTML={{ __html: `document.title = 'Desk: ${q}';` }} />}
    </main>
  );
}
