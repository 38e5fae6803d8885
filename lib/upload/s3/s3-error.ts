/** An unexpected answer of the service. `code` is for events, such as `503 SlowDown`. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, name: string | undefined) {
    const code = name === undefined ? String(status) : `${status} ${name}`;
    super(`The storage service answered ${code}.`);
    this.status = status;
    this.code = code;
  }
}

const mostErrorBytes = 16_384;

/** Reads the error in an answer, and frees its connection. */
export async function s3Error(response: Response): Promise<S3Error> {
  let text = '';
  try {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length > mostErrorBytes) break;
    }
  } catch {
    // The status says enough.
  }
  return new S3Error(response.status, /<Code>([A-Za-z]{1,64})<\/Code>/.exec(text)?.[1]);
}
