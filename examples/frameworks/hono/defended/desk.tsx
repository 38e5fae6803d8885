import { bulwark, bulwarkErrors, form, json, upload } from 'bulwark/hono';
import { staticFiles } from 'bulwark/hono/node';
import { redirectTo, safeRedirect } from 'bulwark/redirect';
import { uploadResponse } from 'bulwark/upload';
import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { files, papers } from './attachments.ts';
import { keys, logIn, session } from './log-in.ts';
import { ListPage, LogInPage, NewTicketPage, TicketPage } from './pages.tsx';
import { titleOf } from './preview.ts';
import * as store from './store.ts';

const credentials = z.object({ email: z.string().max(200), password: z.string().max(1_000) });
const ticket = z.object({ title: z.string().min(1).max(200), body: z.string().max(20_000).default('') });

const visitorsLogIn: MiddlewareHandler = async (c, next) => {
  if (c.var.session.user === undefined) return c.redirect('/login');
  await next();
};
const visitorsAreRefused: MiddlewareHandler = async (c, next) => {
  if (c.var.session.user === undefined) return c.json({ error: 'log in first' }, 401);
  await next();
};

export const desk = new Hono();
desk.use(bulwark({ session, csrf: { keys, logIn: ['/login'] }, maxBodyBytes: 6_000_000 }));
desk.onError(bulwarkErrors());
desk.use('/assets/*', staticFiles(new URL('../public', import.meta.url).pathname));

desk.get('/', visitorsLogIn, async (c) => {
  const q = c.req.query('q') ?? '';
  return c.html(<ListPage c={c} q={q} tickets={await store.findTickets(q, c.req.query('sort'))} />);
});

desk.get('/login', (c) => c.html(<LogInPage c={c} />));
desk.post('/login', form({ schema: credentials }), async (c) => {
  const { email, password } = c.req.valid('form');
  if (!(await logIn(c, email, password))) return c.html(<LogInPage c={c} failed />, 401);
  return c.redirect('/', 303);
});
desk.post('/logout', async (c) => {
  await c.var.session.logOut();
  return c.redirect('/login', 303);
});

desk.get('/tickets/new', visitorsLogIn, (c) => c.html(<NewTicketPage c={c} />));
desk.post('/tickets', visitorsLogIn, form({ schema: ticket }), async (c) => {
  const id = await store.addTicket(String(c.var.session.user), c.req.valid('form'));
  return c.redirect(redirectTo`/tickets/${id}`, 303);
});
desk.get('/tickets/:id', visitorsLogIn, async (c) => {
  const found = await store.findTicket(c.req.param('id'));
  return found ? c.html(<TicketPage c={c} ticket={found} />) : c.notFound();
});

desk.post('/tickets/:id/attachment', visitorsLogIn, upload(papers), async (c) => {
  const { file } = c.req.valid('form').files;
  await store.addAttachment(file.id, c.req.param('id'), file.name);
  return c.redirect(redirectTo`/tickets/${c.req.param('id')}`, 303);
});
desk.get('/attachments/:name', visitorsLogIn, (c) => uploadResponse(c.req.raw, files, c.req.param('name')));

desk.get('/api/tickets', visitorsAreRefused, async (c) => {
  return c.json({ tickets: await store.findTickets(c.req.query('q') ?? '', c.req.query('sort')) });
});
desk.post('/api/tickets', visitorsAreRefused, json({ schema: ticket }), async (c) => {
  const id = await store.addTicket(String(c.var.session.user), c.req.valid('json'));
  return c.json({ id, ...c.req.valid('json') }, 201);
});
desk.post(
  '/api/preview',
  visitorsAreRefused,
  json({ schema: z.object({ url: z.string().max(2_000) }) }),
  async (c) => {
    return c.json({ title: await titleOf(c.req.valid('json').url) });
  },
);

desk.get('/go', (c) => c.redirect(safeRedirect(c.req.query('to'), { fallback: '/' })));
desk.get('/boom', () => {
  throw new Error('could not connect to postgres://desk:boom-password-4471@db/desk');
});
