import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

/** A response, and how its request was sent. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  /** Names in lower case, in order; a name may repeat. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most 2 MB. */
  readonly body: string;
  readonly local: { readonly address: string | undefined; readonly port: number | undefined };
  /** The names of the header lines that were sent, in their original order and case. */
  readonly sent: readonly string[];
}

const timeoutMs = 10_000;
const mostBytes = 2_000_000;

/**
 * Sends one GET, limited to ten seconds. Redirects are not followed.
 *
 * @param ca the CA certificate in PEM, if Node doesn't know it
 */
export function askUrl(
  url: URL,
  extra: Readonly<Record<string, string>> = {},
  ca?: string | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const headers = {
      Host: url.host,
      Accept: 'text/html,*/*;q=0.8',
      'Accept-Encoding': 'identity',
      'User-Agent': 'bulwark-doctor',
      Connection: 'close',
      ...extra,
    };
    const path = `${url.pathname}${url.search}`;
    const signal = AbortSignal.timeout(timeoutMs);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const to = {
      host,
      port: url.port,
      path,
      headers,
      agent: false,
      signal,
      ...(ca !== undefined && { ca }),
    } as const;
    const asked = send(to, (res) => {
      const { localAddress: address, localPort: port } = res.socket;
      read(res).then(
        (body) =>
          resolve({
            ...{ url, body, local: { address, port }, sent: asked.getRawHeaderNames() },
            status: res.statusCode ?? 0,
            headers: pairs(res.rawHeaders),
          }),
        reject,
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Cuts a longer body: the first part is enough for a diagnosis. */
function read(res: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (): void => resolve(Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8'));
    res.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes < mostBytes) return;
      done();
      res.destroy();
    });
    res.on('end', done);
    res.on('error', reject);
  });
}

function pairs(raw: readonly string[]): (readonly [string, string])[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as const] : [],
  );
}

/** All values of a header. */
export function valuesOf({ headers }: Answer, name: string): readonly string[] {
  return headers.filter(([each]) => each === name).map(([, value]) => value);
}

export function isHtml(answer: Answer): boolean {
  return valuesOf(answer, 'content-type').some((type) =>
    /^\s*(?:text\/html|application\/xhtml\+xml)/i.test(type),
  );
}
