import type { CookieSink } from '../session/session.ts';

/** Headers that guards want on the response, which does not exist yet. */
export class ResponseHeaders implements CookieSink {
  readonly #set: Map<string, string> = new Map();
  readonly #cookies: Map<string, string> = new Map();
  #sent = false;

  /** `Vary` is added to. */
  setHeader(name: string, value: string): void {
    const before = name === 'Vary' ? this.#set.get(name) : undefined;
    this.#set.set(name, before === undefined ? value : `${before}, ${value}`);
  }

  appendCookie(line: string): void {
    this.#cookies.set(line.slice(0, line.indexOf('=')), line);
  }

  headersSent(): boolean {
    return this.#sent;
  }

  applyTo(headers: Headers): void {
    this.#sent = true;
    for (const [name, value] of this.#set) {
      const before = name === 'Vary' ? headers.get(name) : null;
      headers.set(name, before === null ? value : withNames(before, value));
    }
    for (const line of this.#cookies.values()) headers.append('Set-Cookie', line);
  }
}

function withNames(before: string, names: string): string {
  const present = before.split(',').map((name) => name.trim());
  const known = new Set(present.map((name) => name.toLowerCase()));
  if (known.has('*')) return before;
  const added = names.split(',').map((name) => name.trim());
  return [...present, ...added.filter((name) => !known.has(name.toLowerCase()))].join(', ');
}
