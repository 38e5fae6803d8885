import { csrfField } from 'bulwark/hono';
import { render, html as safe, sanitize } from 'bulwark/html';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { Attachment, Ticket } from './store.ts';

const Layout: FC<{ c: Context; title: string; query?: string; children?: Child }> = ({
  c,
  title,
  query = '',
  children,
}) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
    </head>
    <body>
      <nav>
        <a href="/">Desk</a> <a href="/tickets/new">New ticket</a>
        <form method="post" action="/logout">
          {csrfField(html, c)}
          <button type="submit">Log out</button>
        </form>
      </nav>
      {children}
      {raw(
        render(
          safe`<script nonce="${c.var.nonce}">const query = ${query}; if (query) document.title = 'Desk: ' + query;</script>`,
        ),
      )}
      <script src="/assets/app.js" nonce={c.var.nonce} />
    </body>
  </html>
);

export const ListPage: FC<{ c: Context; q: string; tickets: Ticket[] }> = ({ c, q, tickets }) => (
  <Layout c={c} title="Desk" query={q}>
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

export const LogInPage: FC<{ c: Context; failed?: boolean }> = ({ c, failed }) => (
  <Layout c={c} title="Log in">
    {failed && <p>Wrong e-mail address or password.</p>}
    <form method="post" action="/login">
      {csrfField(html, c)}
      <input name="email" type="email" />
      <input name="password" type="password" />
      <button type="submit">Log in</button>
    </form>
  </Layout>
);

export const NewTicketPage: FC<{ c: Context }> = ({ c }) => (
  <Layout c={c} title="New ticket">
    <form method="post" action="/tickets">
      {csrfField(html, c)}
      <input name="title" />
      <textarea name="body" />
      <button type="submit">Send</button>
    </form>
  </Layout>
);

export const TicketPage: FC<{ c: Context; ticket: Ticket & { attachments: Attachment[] } }> = ({
  c,
  ticket,
}) => (
  <Layout c={c} title={ticket.title}>
    <h1>{ticket.title}</h1>
    <div dangerouslySetInnerHTML={{ __html: render(sanitize(ticket.body, 'comment')) }} />
    <ul>
      {ticket.attachments.map(({ id, name }) => (
        <li>
          <a href={`/attachments/${id}`}>{name}</a>
        </li>
      ))}
    </ul>
    <form method="post" action={`/tickets/${ticket.id}/attachment`} enctype="multipart/form-data">
      <input name="file" type="file" />
      <button type="submit">Attach</button>
    </form>
  </Layout>
);
