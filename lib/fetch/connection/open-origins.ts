/** Who waits for a connection to an origin. undici tells a connector of no request, and so of no signal. */
export class OpenOrigins {
  readonly #waiting = new Map<string, number>();
  readonly #fresh = new Map<string, number>();

  wait(origin: string): void {
    add(this.#waiting, origin, 1);
  }

  leave(origin: string): void {
    add(this.#waiting, origin, -1);
    // A connection that its request gave up in the last moment is nobody's first one.
    if (!this.#waiting.has(origin)) this.#fresh.delete(origin);
  }

  /** Whether a request still waits. */
  wanted(origin: string): boolean {
    return this.#waiting.has(origin);
  }

  /** A connection was opened, and carried no request yet. */
  opened(origin: string): void {
    add(this.#fresh, origin, 1);
  }

  /** A request got its connection. True where an earlier one had it before. */
  connected(origin: string): boolean {
    const kept = !this.#fresh.has(origin);
    add(this.#fresh, origin, -1);
    this.leave(origin);
    return kept;
  }
}

function add(counts: Map<string, number>, origin: string, more: number): void {
  const count = (counts.get(origin) ?? 0) + more;
  if (count > 0) counts.set(origin, count);
  else counts.delete(origin);
}
