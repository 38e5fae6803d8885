import type { WebRequest } from '../../lib/request/any-request.ts';

/** The cookies of one browser for one host, kept as RFC 6265bis says: what it would refuse is refused here. */
export class BrowserJar {
  readonly #cookies = new Map<string, string>();
  /** Lines that a browser ignores, with the reason. */
  readonly refused: string[] = [];

  constructor(from?: BrowserJar) {
    for (const [name, value] of from?.entries() ?? []) this.#cookies.set(name, value);
  }

  /** One `Set-Cookie` line. */
  take(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    const has = (wanted: string): boolean =>
      attributes.some((attribute) => attribute.toLowerCase() === wanted.toLowerCase());
    if (line.length > 4_096) return void this.refused.push(`${name}: longer than 4,096 bytes`);
    const domain = attributes.some((attribute) => /^domain=/i.test(attribute));
    if (name.startsWith('__Host-') && (!has('Secure') || !has('Path=/') || domain)) {
      return void this.refused.push(`${name}: not as __Host- asks`);
    }
    const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8);
    if (has('Max-Age=0') || (expires !== undefined && new Date(expires).getTime() <= Date.now())) {
      this.#cookies.delete(name);
    } else {
      this.#cookies.set(name, pair.slice(equals + 1));
    }
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  delete(name: string): void {
    this.#cookies.delete(name);
  }

  entries(): [string, string][] {
    return [...this.#cookies];
  }

  header(): string {
    return this.entries()
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  }

  /** A request of this browser. */
  request(): WebRequest {
    const header = this.header();
    return {
      method: 'GET',
      url: 'https://shop.example/',
      headers: { get: (name) => (name.toLowerCase() === 'cookie' && header !== '' ? header : null) },
    };
  }
}
