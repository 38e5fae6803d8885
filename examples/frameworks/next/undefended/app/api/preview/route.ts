import { currentUser } from '../../../desk/current-user';

export async function POST(request: Request) {
  if (!(await currentUser())) return Response.json({ error: 'log in first' }, { status: 401 });
  const { url } = await request.json();
  const page = await (await fetch(url)).text();
  return Response.json({ title: /<title>([^<]*)</i.exec(page)?.[1] });
}
