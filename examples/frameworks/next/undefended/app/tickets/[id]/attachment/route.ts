import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needUser } from '../../../../desk/current-user';
import { folder } from '../../../../desk/folder';
import { addAttachment } from '../../../../desk/store';

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  await needUser();
  const { id } = await params;
  const file = (await request.formData()).get('file') as File;
  if (!['image/png', 'application/pdf', 'text/plain'].includes(file.type))
    return new Response('Wrong type', { status: 400 });
  await writeFile(join(folder, file.name), Buffer.from(await file.arrayBuffer()));
  await addAttachment(file.name, id);
  return new Response(null, { status: 303, headers: { Location: `/tickets/${id}` } });
}
