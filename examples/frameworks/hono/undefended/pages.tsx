import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';

export interface Ticket {
  id: number;
  title: string;
  body: string;
  email: string;
}
export interface Attachment {
  id: string;
  name: string;
}

const Layout: FC<{ title: string; query?: string; children?: Child }> = ({ title, query = '', children }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
    </head>
    <body>
      <nav>
        <a href="/">Desk</a> <a href="/tickets/new">New ticket</a>
        <form method="post" action="/logout">
          <button type="submit">Log out</button>
        </form>
      </nav>
      {children}
      {query && raw(`<script>document.title = 'Desk: ${query}';</script>`)}
      <script src="/assets/app.js" />
    </body>
  </html>
);

export const ListPage: FC<{ q: string; tickets: Ticket[] }> = ({ q, tickets }) => (
  <Layout title="Desk" query={q}>
    <form action="/">
      <input name="q" value={q} />
      <button type="submit">Search</button>
    </form>
    <p>{q ? `Tickets with "${q}"` : 'All tickets'}</p>
    <ul>
      {tickets.map(({ id, title, email }) => (
        <li>
          <a href={`/tickets/${id}`}>{title}</a> by {email}
        </li>
      ))}
    </ul>
  </Layout>
);

export const LogInPage: FC<{ failed?: boolean }> = ({ failed }) => (
  <Layout title="Log in">
    {failed && <p>Wrong e-mail address or password.</p>}
    <form method="post" action="/login">
      <input name="email" type="email" />
      <input name="password" type="password" />
      <button type="submit">Log in</button>
    </form>
  </Layout>
);

export const NewTicketPage: FC = () => (
  <Layout title="New ticket">
    <form method="post" action="/tickets">
      <input name="title" />
      <textarea name="body" />
      <button type="submit">Send</button>
    </form>
  </Layout>
);

export const TicketPage: FC<{ ticket: Ticket; attachments: Attachment[] }> = ({ ticket, attachments }) => (
  <Layout title={ticket.title}>
    <h1>{ticket.title}</h1>
    <div dangerouslySetInnerHTML={{ __html: ticket.body }} />
    <ul>
      {attachments.map(({ id, name }) => (
        <li>
          <a href={`/attachments/${encodeURIComponent(id)}`}>{name}</a>
        </li>
      ))}
    </ul>
    <form method="post" action={`/tickets/${ticket.id}/attachment`} enctype="multipart/form-data">
      <input name="file" type="file" />
      <button type="submit">Attach</button>
    </form>
  </Layout>
);
