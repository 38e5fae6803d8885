import { html, type SafeHtml, sanitize } from 'bulwark/html';
import type { Attachment, Ticket } from './database.ts';

function layout(title: string, content: SafeHtml, nonce: string): SafeHtml {
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8"><title>${title}</title></head>
      <body>${content}<script src="/assets/app.js" nonce="${nonce}"></script></body>
    </html>`;
}

interface List {
  tickets: Ticket[];
  q: string;
  nonce: string;
  csrf: SafeHtml;
}

export function listPage({ tickets, q, nonce, csrf }: List): SafeHtml {
  const content = html`<h1>Tickets</h1>
    <form action="/"><input name="q" value="${q}"><button>Search</button></form>
    <p>Sort by <a href="/?sort=title">title</a> or <a href="/?sort=-created">date</a></p>
    <ul>${tickets.map(({ id, title }) => html`<li><a href="/tickets/${id}">${title}</a></li>`)}</ul>
    <a href="/tickets/new">New ticket</a>
    <form method="post" action="/logout">${csrf}<button>Log out</button></form>
    <script nonce="${nonce}">document.title = ${q === '' ? 'Desk' : `Desk: ${q}`};</script>`;
  return layout('Desk', content, nonce);
}

export function logInPage(nonce: string, csrf: SafeHtml, message = ''): SafeHtml {
  const content = html`<h1>Log in</h1><p>${message}</p>
    <form method="post" action="/login">${csrf}
      <input name="email" type="email"><input name="password" type="password"><button>Log in</button>
    </form>`;
  return layout('Log in', content, nonce);
}

export function newTicketPage(nonce: string, csrf: SafeHtml): SafeHtml {
  const content = html`<h1>New ticket</h1>
    <form method="post" action="/tickets">${csrf}
      <input name="title"><textarea name="body"></textarea><button>Save</button>
    </form>`;
  return layout('New ticket', content, nonce);
}

export function ticketPage(ticket: Ticket, attachments: Attachment[], nonce: string): SafeHtml {
  const content = html`<h1>${ticket.title}</h1>
    <article>${sanitize(ticket.body, 'comment')}</article>
    <ul>${attachments.map(({ name, file_name }) => html`<li><a href="/attachments/${name}">${file_name}</a></li>`)}</ul>
    <form method="post" action="/tickets/${ticket.id}/attachment" enctype="multipart/form-data">
      <input name="file" type="file"><button>Attach</button>
    </form>
    <a href="/">All tickets</a>`;
  return layout(ticket.title, content, nonce);
}
