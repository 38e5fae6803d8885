import { currentSession, json, withBulwark } from 'bulwark/next';
import { z } from 'zod';
import { options } from '../../../desk/options';
import { titleOf } from '../../../desk/preview';

const schema = z.object({ url: z.string().max(2_000) });

export const POST = withBulwark(async (request) => {
  if (currentSession().user === undefined) return Response.json({ error: 'log in first' }, { status: 401 });
  return Response.json({ title: await titleOf((await json(request, { schema })).url) });
}, options);
