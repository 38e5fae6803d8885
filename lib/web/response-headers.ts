import type { Csp } from '../csp/csp.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { ResponseSink } from './exchange.ts';

/** Headers that guards want on the response, which does not exist yet. */
export class ResponseHeaders implements ResponseSink {
  readonly #set: Map<string, string> = new Map();
  readonly #cookies: Map<string, string> = new Map();
  readonly #changed: Map<string, readonly [name: string, value: string | false]> = new Map();
  #sent = false;
  #isPrivate = false;
  #mayBePrivate = false;
  /** The policy that was set up, or what a route made of it. */
  policy: Csp | false | undefined;

  constructor(policy: Csp | undefined) {
    this.policy = policy;
  }

  /** Whether the response is for one user alone. */
  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  keepPrivate(): void {
    this.#isPrivate = true;
  }

  /** Whether the response may be for one user alone. */
  get mayBePrivate(): boolean {
    return this.#mayBePrivate;
  }

  preferPrivate(): void {
    this.#mayBePrivate = true;
  }

  /** `Vary` is added to. */
  setHeader(name: string, value: string): void {
    const before = name === 'Vary' ? this.#set.get(name) : undefined;
    this.#set.set(name, before === undefined ? value : `${before}, ${value}`);
  }

  /** Replaces or removes a security header, and adds others. What the handler itself sets takes precedence. */
  change(name: string, value: string | false): void {
    this.#changed.set(name.toLowerCase(), [name, value]);
  }

  /** The security headers with the changes. */
  withChanges(
    headers: readonly (readonly [name: string, value: string])[],
  ): readonly (readonly [name: string, value: string])[] {
    if (this.#changed.size === 0) return headers;
    const changed = [...this.#changed.values()].filter((one): one is [string, string] => one[1] !== false);
    return [...headers.filter(([name]) => !this.#changed.has(name.toLowerCase())), ...changed];
  }

  /** Whether no route has changed the security headers, or the policy that was set up. */
  isUnchanged(policy: Csp | undefined): boolean {
    return this.#changed.size === 0 && this.policy === policy;
  }

  /** What a guard has set. */
  header(name: string): string | undefined {
    return this.#set.get(name);
  }

  appendCookie(line: string): void {
    this.#isPrivate = true;
    this.#cookies.set(line.slice(0, line.indexOf('=')), line);
  }

  /** The `Set-Cookie` lines so far. */
  cookieLines(): readonly string[] {
    return [...this.#cookies.values()];
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

const responses = new WeakMap<Request, ResponseHeaders>();

export function beginResponse(request: Request, headers: ResponseHeaders): void {
  responses.set(request, headers);
}

/** @throws Misuse `bulwark/invalid-option` for a request that `bulwark()` did not hand to its handler */
export function responseOf(request: Request): ResponseHeaders {
  const known = responses.get(request);
  if (known) return known;
  throw new Misuse('bulwark/invalid-option', 'Pass the request that the handler of bulwark() received.');
}
