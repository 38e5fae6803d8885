/** What the client sent in the URL and headers. The body is the application's to read. */
export function webInputs(request: Request): () => object {
  let read: object | undefined;
  return () => {
    read ??= inputsIn(request);
    return read;
  };
}

function inputsIn(request: Request): object {
  const { pathname, search } = new URL(request.url);
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of request.headers) if (name !== 'cookie') headers[name] = value;
  return {
    path: pathname.split('/'),
    cookie: valuesOf(request.headers.get('cookie') ?? '', ';'),
    headers,
    search: valuesOf(search.slice(1), '&'),
  };
}

function valuesOf(text: string, separator: string): readonly string[] {
  return text.split(separator).map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
}
