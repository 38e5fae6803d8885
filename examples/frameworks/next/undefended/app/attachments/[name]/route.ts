import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { needUser } from '../../../desk/current-user';
import { folder } from '../../../desk/folder';

const types: Record<string, string> = {
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
};

export async function GET(_request: Request, { params }: { params: Promise<{ name: string }> }) {
  await needUser();
  const { name } = await params;
  const file = await readFile(join(folder, name));
  return new Response(file, {
    headers: { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' },
  });
}
