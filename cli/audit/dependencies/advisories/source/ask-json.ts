const mostBytes = 64 * 1024 * 1024;
const mostTime = 60_000;

/**
 * Asks a service for JSON: with `body` by POST, otherwise by GET. Redirects are not followed.
 *
 * @throws {Error} the message is a part of a sentence: `answered 503`
 */
export async function askJson(url: string, body?: unknown): Promise<unknown> {
  const signal = AbortSignal.timeout(mostTime);
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const response = await send(url, {
    redirect: 'error',
    signal,
    ...(body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const text = await bounded(response);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('answered something else than JSON');
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new Error('could not be reached');
  }
}

async function bounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > mostBytes) break;
      chunks.push(chunk);
    }
  } catch {
    throw new Error('broke off its answer');
  }
  if (size > mostBytes) throw new Error('answered too much');
  return Buffer.concat(chunks).toString('utf8');
}
