import { ironSession } from '../../../iron.js';

export async function GET() {
  const { user } = await ironSession();
  return Response.json({ product: 7, user });
}

export async function POST() {
  const session = await ironSession();
  session.user = 'ann';
  session.product = 7;
  await session.save();
  return Response.json({ product: 7, user: session.user });
}
