import type { Attachment, Ticket } from './database.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const layout = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body>${content}<script src="/assets/app.js"></script></body></html>`;

export const listPage = (tickets: Ticket[], q: string): string =>
  layout(
    'Desk',
    `<h1>Tickets</h1>
<form action="/"><input name="q" value="${escaped(q)}"><button>Search</button></form>
<p>Sort by <a href="/?sort=title">title</a> or <a href="/?sort=created_at desc">date</a></p>
<ul>${tickets.map(({ id, title }) => `<li><a href="/tickets/${id}">${escaped(title)}</a></li>`).join('')}</ul>
<a href="/tickets/new">New ticket</a>
<form method="post" action="/logout"><button>Log out</button></form>
<script>document.title = ${JSON.stringify(q === '' ? 'Desk' : `Desk: ${q}`)};</script>`,
  );

export const logInPage = (message = ''): string =>
  layout(
    'Log in',
    `<h1>Log in</h1><p>${escaped(message)}</p>
<form method="post" action="/login">
<input name="email" type="email"><input name="password" type="password"><button>Log in</button>
</form>`,
  );

export const newTicketPage = (): string =>
  layout(
    'New ticket',
    `<h1>New ticket</h1>
<form method="post" action="/tickets"><input name="title"><textarea name="body"></textarea><button>Save</button></form>`,
  );

export const ticketPage = (ticket: Ticket, files: Attachment[]): string =>
  layout(
    ticket.title,
    `<h1>${escaped(ticket.title)}</h1>
<article>${ticket.body}</article>
<ul>${files.map(({ name, file_name }) => `<li><a href="/attachments/${name}">${escaped(file_name)}</a></li>`).join('')}</ul>
<form method="post" action="/tickets/${ticket.id}/attachment" enctype="multipart/form-data">
<input name="file" type="file"><button>Attach</button>
</form>
<a href="/">All tickets</a>`,
  );
