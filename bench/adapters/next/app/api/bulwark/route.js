import { currentSession, withBulwark } from '../../../../../../lib/next/index.ts';
import { options } from '../../../options.js';

export const GET = withBulwark(() => {
  const { user } = currentSession();
  return Response.json({ product: 7, user });
}, options);

export const POST = withBulwark(async () => {
  const session = currentSession();
  if (session.user === undefined) await session.logIn('ann');
  await session.set({ product: 7 });
  return Response.json({ product: 7, user: session.user });
}, options);
