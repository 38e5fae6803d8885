import { currentSession, json, withBulwark } from 'bulwark/next';
import { z } from 'zod';
import { options } from '../../../desk/options';
import { addTicket, findTickets } from '../../../desk/store';

const schema = z.object({ title: z.string().min(1).max(200), body: z.string().max(20_000).default('') });

export const GET = withBulwark(async (request) => {
  if (currentSession().user === undefined) return Response.json({ error: 'log in first' }, { status: 401 });
  const { searchParams } = new URL(request.url);
  return Response.json({
    tickets: await findTickets(searchParams.get('q') ?? '', searchParams.get('sort') ?? undefined),
  });
}, options);

export const POST = withBulwark(async (request) => {
  const { user } = currentSession();
  if (user === undefined) return Response.json({ error: 'log in first' }, { status: 401 });
  const ticket = await json(request, { schema });
  return Response.json({ id: await addTicket(user, ticket), ...ticket }, { status: 201 });
}, options);
