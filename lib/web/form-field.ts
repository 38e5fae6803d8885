/** Above the default limit of body parsers. The form is held in memory, so a longer one must send its token in a header. */
const mostBytes = 131_072;

/**
 * Reads a field of a form's body, of which a copy is read so that the application finds it whole. Only
 * `application/x-www-form-urlencoded` is read.
 *
 * @returns the field's text, or undefined where there is none, where there are several, and where the body is too long
 */
export async function formFieldOf(request: Request, name: string): Promise<string | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded *(?:;|$)/i.test(type) || request.body === null) return undefined;
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.clone().body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  const values = new URLSearchParams(text + decoder.decode()).getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
