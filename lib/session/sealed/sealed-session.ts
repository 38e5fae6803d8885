import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { AnyRequest } from '../../request/any-request.ts';
import { setUser } from '../../request/context.ts';
import type { MigratingSession } from '../legacy/legacy-session.ts';
import type { CookieSink } from '../session.ts';
import { checkKey, checkUser, decodeData, encodeData } from '../session-data.ts';
import { bindingOf, newSessionId } from '../session-id.ts';
import type { StoreCalls } from '../store-calls.ts';
import type { EpochStore } from './epoch-store.ts';
import type { SealedCookies } from './sealed-cookies.ts';
import type { SessionContent } from './session-content.ts';
import type { SealedLifetime } from './session-expiry.ts';

/** What all handles of one `sealedSessions(...)` share. */
export interface SealedContext {
  readonly cookies: SealedCookies;
  readonly lifetime: SealedLifetime;
  readonly epochs: { readonly store: EpochStore; readonly calls: StoreCalls } | undefined;
}

const empty: Readonly<Record<string, string>> = Object.freeze(Object.create(null));
/** More than any cookie holds. Its exact size is known once it is sealed. */
const limits = { maxBytes: 4_096 };

export class SealedSession<Data extends object> implements MigratingSession<Data> {
  readonly #context: SealedContext;
  readonly #request: AnyRequest;
  readonly #sink: CookieSink;
  /**
   * `unavailable`: the epoch store could not be reached, and the application goes on without. `ended`: another request has the
   * session. In both, a change would replace the cookie that the user has.
   */
  #state: 'open' | 'unavailable' | 'ended';
  #content: SessionContent | undefined;
  #data: Readonly<Partial<Data>> | undefined;
  /** Changes of one handle run one after the other, each on the result of the one before. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    context: SealedContext,
    request: AnyRequest,
    sink: CookieSink,
    found: SessionContent | 'none' | 'unavailable',
  ) {
    this.#context = context;
    this.#request = request;
    this.#sink = sink;
    this.#state = found === 'unavailable' ? found : 'open';
    this.#content = typeof found === 'string' ? undefined : found;
  }

  get user(): string | undefined {
    return this.#content?.user;
  }

  get data(): Readonly<Partial<Data>> {
    this.#data ??= decodeData<Data>(this.#content?.data ?? empty);
    return this.#data;
  }

  get isNew(): boolean {
    return this.#content === undefined;
  }

  get createdAt(): Date | undefined {
    return this.#content && new Date(this.#content.createdAt * 1_000);
  }

  get binding(): string | undefined {
    return this.#content && bindingOf(this.#content.id);
  }

  set(changes: Partial<Data>): Promise<void> {
    return this.#next(() => this.#change(encodeData(changes, limits), []));
  }

  delete(...keys: (keyof Data & string)[]): Promise<void> {
    return this.#next(async () => {
      for (const key of keys) checkKey(key);
      if (this.#content !== undefined) await this.#change(empty, keys);
    });
  }

  update(
    change: (current: Readonly<Partial<Data>>) => { [K in keyof Data]?: Data[K] | undefined },
  ): Promise<void> {
    return this.#next(async () => {
      const changes: unknown = change(this.data);
      if (typeof changes !== 'object' || changes === null || 'then' in changes) {
        throw new Misuse(
          'session/invalid-data',
          'The function of `update` must return a record of changes, not a promise.',
        );
      }
      const entries = Object.entries(changes);
      const removed = entries.filter(([, value]) => value === undefined).map(([key]) => key);
      for (const key of removed) checkKey(key);
      const kept = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
      await this.#change(encodeData(kept, limits), removed);
    });
  }

  logIn(user: string, changes?: Partial<Data>): Promise<void> {
    return this.#next(async () => {
      checkUser(user);
      const encoded = encodeData(changes ?? {}, limits);
      this.#checkPossible('logIn');
      const { epochs, lifetime } = this.#context;
      const epoch = await epochs?.calls.run('logIn', () =>
        epochs.store.begin(user, newSessionId(), lifetime.absoluteSeconds),
      );
      const former = this.#content;
      // What another user has left in this browser is not this user's.
      const kept = former?.user === undefined || former.user === user ? former?.data : undefined;
      const data = merged(kept ?? empty, encoded, []);
      await this.#write('logIn', { ...fresh(), user, epoch, data });
      setUser(user);
    });
  }

  rotate(): Promise<void> {
    return this.#next(async () => {
      if (this.#content !== undefined) await this.#write('rotate', { ...this.#content, id: newSessionId() });
    });
  }

  logOut(): Promise<void> {
    return this.#next(async () => {
      const had = this.#content !== undefined;
      const lines = this.#context.cookies.clear(this.#request, had);
      if (lines.length > 0 && this.#sink.headersSent?.()) throw new Misuse('session/headers-sent');
      for (const line of lines) this.#sink.appendCookie(line);
      this.#content = undefined;
      this.#data = undefined;
      setUser(undefined);
    });
  }

  endHere(): void {
    this.#state = 'ended';
    this.#content = undefined;
    this.#data = undefined;
    setUser(undefined);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #change(set: Readonly<Record<string, string>>, removed: readonly string[]): Promise<void> {
    if (Object.keys(set).length === 0 && removed.length === 0) return;
    const former = this.#content ?? { ...fresh(), user: undefined, epoch: undefined, data: empty };
    await this.#write('change', { ...former, data: merged(former.data, set, removed) });
  }

  /** Seals, and only then changes the handle: what is refused leaves it as it was. */
  async #write(operation: 'logIn' | 'rotate' | 'change', next: SessionContent): Promise<void> {
    this.#checkPossible(operation);
    const { cookies, lifetime } = this.#context;
    // A server whose clock is behind must not seal a session as older than its beginning.
    const content = { ...next, sealedAt: Math.max(nowInSeconds(), next.createdAt) };
    const line = await cookies.set(content, content.createdAt + lifetime.absoluteSeconds - content.sealedAt);
    this.#checkPossible(operation);
    this.#sink.appendCookie(line);
    this.#state = 'open';
    this.#content = content;
    this.#data = undefined;
  }

  #checkPossible(operation: string): void {
    if (this.#state === 'unavailable') this.#context.epochs?.calls.refused(operation);
    // Whoever has logged in right now gets a session all the same.
    if (this.#state === 'ended' && operation !== 'logIn') refuse(deny('session/ended', { operation }));
    if (this.#sink.headersSent?.()) throw new Misuse('session/headers-sent');
  }
}

function fresh(): { id: string; createdAt: number; sealedAt: number } {
  const now = nowInSeconds();
  return { id: newSessionId(), createdAt: now, sealedAt: now };
}

function merged(
  former: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
  removed: readonly string[],
): Readonly<Record<string, string>> {
  const data: Record<string, string> = Object.assign(Object.create(null), former, set);
  for (const key of removed) delete data[key];
  return data;
}

export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
