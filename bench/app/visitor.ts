import { type Answer, Connection } from './browser.ts';
import { origin } from './site.ts';

export const password = 'correct horse battery staple';

/** What Chromium sends of itself, and what the site's own proxy adds. */
const always = [
  'Host: shop.example.com',
  'Connection: keep-alive',
  'sec-ch-ua: "Chromium";v="142", "Not A(Brand";v="24"',
  'sec-ch-ua-mobile: ?0',
  'sec-ch-ua-platform: "Linux"',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Accept: application/json',
  'Sec-Fetch-Site: same-origin',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Dest: empty',
  `Referer: ${origin}/`,
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-GB,en;q=0.9',
  'X-Forwarded-Proto: https',
];

/** A user in a browser, on a connection of their own. */
export class Visitor {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #address: string;
  readonly #cookies: Map<string, string> = new Map();
  #token: string | undefined;

  private constructor(connection: Connection, number: number) {
    this.#connection = connection;
    this.#name = `user-${number}`;
    this.#address = `203.0.113.${number + 1}`;
  }

  /** Comes to the site and logs in. */
  static async arrive(port: number, number: number): Promise<Visitor> {
    const visitor = new Visitor(await Connection.open(port), number);
    const logIn = JSON.stringify({ user: visitor.#name, password });
    expectOk(await visitor.#send(visitor.#request('POST /log-in', logIn)));
    const { status, body } = await visitor.#send(visitor.#request('GET /csrf-token'));
    // The contender that needs no token has no such route.
    if (status === 200) visitor.#token = (JSON.parse(body) as { token: string }).token;
    return visitor;
  }

  /** Logs in as on a new device, and forgets it: this browser's own session stays. */
  async logInAnew(): Promise<void> {
    const body = JSON.stringify({ user: this.#name, password });
    const line = ['POST /log-in', ...this.#headers(), ...this.#bodyHeaders(body)];
    expectOk(await this.#connection.send(requestOf(line, body)));
  }

  /** A request to be sent many times, as this browser would send it now. */
  prepared(line: string, body?: string): () => Promise<Answer> {
    const bytes = this.#request(line, body);
    return async () => expectOk(await this.#connection.send(bytes));
  }

  /** The same without cookies. */
  preparedAsStranger(line: string): () => Promise<Answer> {
    const bytes = requestOf([line, ...this.#headers()]);
    return async () => expectOk(await this.#connection.send(bytes));
  }

  /** What a page of another site can make this browser send: the cookies, and no token. */
  sendForged(line: string, body: string): Promise<Answer> {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = this.#headers().filter((header) => !/^(?:Sec-Fetch-Site|Referer):/.test(header));
    const forged = ['Sec-Fetch-Site: cross-site', 'Origin: https://evil.example', `Cookie: ${cookies}`];
    const about = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
    return this.#connection.send(requestOf([line, ...own, ...forged, ...about], body));
  }

  close(): void {
    this.#connection.close();
  }

  #headers(): readonly string[] {
    return [...always, `X-Forwarded-For: ${this.#address}`];
  }

  #request(line: string, body?: string): Buffer {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = [...this.#headers(), ...(cookies === '' ? [] : [`Cookie: ${cookies}`])];
    return requestOf([line, ...headers, ...(body === undefined ? [] : this.#bodyHeaders(body))], body);
  }

  #bodyHeaders(body: string): readonly string[] {
    const token = this.#token === undefined ? [] : [`x-csrf-token: ${this.#token}`];
    return [
      `Origin: ${origin}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...token,
    ];
  }

  async #send(request: Buffer): Promise<Answer> {
    const answer = await this.#connection.send(request);
    for (const [name, value] of answer.headers) {
      const cookie = name === 'set-cookie' && /^([^=]+)=([^;]*)/.exec(value);
      if (cookie) this.#cookies.set(cookie[1] as string, cookie[2] as string);
    }
    return answer;
  }
}

function requestOf([line, ...headers]: readonly string[], body = ''): Buffer {
  return Buffer.from(`${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n${body}`);
}

function expectOk(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  throw new Error(`answered with ${answer.status}: ${answer.body.slice(0, 500)}`);
}
