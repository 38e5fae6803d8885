import { currentUser } from '../../../desk/current-user';
import { addTicket, findTickets } from '../../../desk/store';

type Fields = Record<string, unknown>;

// Fills in what a record lacks, at every depth.
function merge(target: Fields, source: Fields): Fields {
  for (const [key, value] of Object.entries(source)) {
    if (typeof value === 'object' && value !== null)
      target[key] = merge((target[key] ?? {}) as Fields, value as Fields);
    else target[key] = value;
  }
  return target;
}

export async function GET(request: Request) {
  if (!(await currentUser())) return Response.json({ error: 'log in first' }, { status: 401 });
  const { searchParams } = new URL(request.url);
  return Response.json({
    tickets: await findTickets(searchParams.get('q') ?? '', searchParams.get('sort') ?? undefined),
  });
}

export async function POST(request: Request) {
  const user = await currentUser();
  if (!user) return Response.json({ error: 'log in first' }, { status: 401 });
  try {
    const { title = 'Untitled', body = '' } = merge({ labels: {} }, await request.json());
    return Response.json({ id: await addTicket(user, title, body), title, body }, { status: 201 });
  } catch (error) {
    return Response.json({ error: (error as Error).message }, { status: 500 });
  }
}
