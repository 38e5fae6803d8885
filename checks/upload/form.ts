/** A part as a test writes it. */
export interface TestPart {
  readonly name: string;
  readonly fileName?: string;
  readonly data: string | Uint8Array;
  /** Header lines in addition, without line breaks. */
  readonly headers?: readonly string[];
}

export const boundary = '----test-boundary-7MA4YWxkTrZu0gW';

/** The bytes of a form, as a browser writes them. */
export function formBytes(parts: readonly TestPart[]): Buffer {
  const written = parts.flatMap(({ name, fileName, data, headers = [] }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName.replaceAll('"', '%22')}"`;
    const lines = [`Content-Disposition: form-data; name="${name}"${file}`, ...headers];
    return [
      Buffer.from(`--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`),
      Buffer.from(data),
      Buffer.from('\r\n'),
    ];
  });
  return Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]);
}

export interface TestRequest {
  readonly contentType?: string;
  readonly chunkBytes?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A web request with this body. @param chunkBytes how much of it comes at a time */
export function requestOf(
  body: string | Uint8Array,
  {
    contentType = `multipart/form-data; boundary=${boundary}`,
    chunkBytes = 65_536,
    headers = {},
  }: TestRequest = {},
): Request {
  const bytes = Buffer.from(body);
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(new Uint8Array(bytes.subarray(at, at + chunkBytes)));
      at += chunkBytes;
    },
  });
  return new Request('http://shop.example/upload', {
    method: 'POST',
    headers: { 'content-type': contentType, ...headers },
    body: stream,
    duplex: 'half',
  } as RequestInit);
}

export function requestWith(parts: readonly TestPart[]): Request {
  return requestOf(formBytes(parts));
}
