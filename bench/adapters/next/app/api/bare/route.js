import { connection } from 'next/server';

export async function GET() {
  await connection();
  return Response.json({ product: 7, user: 'ann' });
}

export function POST() {
  return Response.json({ product: 7, user: 'ann' });
}
