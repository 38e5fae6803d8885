import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { currentRequest, setUser } from '../request/context.ts';
import type { MigratingSession } from './legacy/legacy-session.ts';
import { plainText } from './plain-text.ts';
import type { CookieSink } from './session.ts';
import type { SessionCookie } from './session-cookie.ts';
import { checkKey, checkUser, decodeData, encodeData } from './session-data.ts';
import { bindingOf, newSessionId, storeKeyOf } from './session-id.ts';
import type { NewSession, SessionLifetime, SessionStore, StoredSession } from './session-store.ts';
import type { StoreCalls } from './store-calls.ts';
import { updateLoop } from './update-loop.ts';

/** What all handles of one `sessions(...)` share. */
export interface SessionContext {
  readonly store: SessionStore;
  readonly calls: StoreCalls;
  readonly lifetime: SessionLifetime;
  readonly cookie: SessionCookie;
  readonly maxBytes: number;
  readonly maxPerUser: number;
}

/** What `load` has found. */
export type Found =
  | { readonly state: 'none' }
  /** The store could not be reached, and the application continues without it. */
  | { readonly state: 'unavailable' }
  | { readonly state: 'replaced'; readonly key: string }
  | { readonly state: 'live'; readonly id: string; readonly key: string; readonly stored: StoredSession };

export interface SessionRequest {
  readonly cookies: CookieSink;
  readonly userAgent: string | undefined;
  /** Whether the browser sent a cookie, whatever it was worth. */
  readonly hadCookie: boolean;
}

/** Each key of the data, and its value as JSON. */
type Encoded = Readonly<Record<string, string>>;
const empty: Encoded = Object.freeze(Object.create(null));

export class ServerSession<Data extends object> implements MigratingSession<Data> {
  readonly #context: SessionContext;
  readonly #request: SessionRequest;
  #state: 'none' | 'unavailable' | 'replaced' | 'live' | 'ended';
  #key: string | undefined;
  /** Of a live session. What stands for it elsewhere is computed where it is needed: most requests don't. */
  #id: string | undefined;
  #binding: string | undefined;
  #stored: StoredSession | undefined;
  #data: Readonly<Partial<Data>> | undefined;
  /** Changes of one handle run one after the other: two at once must not make two sessions. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(context: SessionContext, request: SessionRequest, found: Found) {
    this.#context = context;
    this.#request = request;
    this.#state = found.state;
    if (found.state === 'live' || found.state === 'replaced') this.#key = found.key;
    if (found.state === 'live') {
      this.#id = found.id;
      this.#stored = found.stored;
    }
  }

  get user(): string | undefined {
    return this.#stored?.user;
  }

  get data(): Readonly<Partial<Data>> {
    this.#data ??= decodeData<Data>(this.#stored?.data ?? empty);
    return this.#data;
  }

  get isNew(): boolean {
    return this.#stored === undefined;
  }

  get createdAt(): Date | undefined {
    return this.#stored && new Date(this.#stored.createdAt);
  }

  get binding(): string | undefined {
    if (this.#id !== undefined) this.#binding ??= bindingOf(this.#id);
    return this.#binding;
  }

  /** What the store knows it by, while it is live. */
  get key(): string | undefined {
    return this.#state === 'live' ? this.#key : undefined;
  }

  set(changes: Partial<Data>): Promise<void> {
    return this.#next(async () => {
      const encoded = encodeData(changes, this.#context);
      if (Object.keys(encoded).length === 0) return;
      if (this.#state === 'none') await this.#begin(undefined, encoded);
      else await this.#patch('set', encoded, []);
    });
  }

  delete(...keys: (keyof Data & string)[]): Promise<void> {
    return this.#next(async () => {
      for (const key of keys) checkKey(key);
      if (keys.length === 0 || this.#state === 'none') return;
      await this.#patch('delete', empty, keys);
    });
  }

  update(
    change: (current: Readonly<Partial<Data>>) => { [K in keyof Data]?: Data[K] | undefined },
  ): Promise<void> {
    return this.#next(async () => {
      if (this.#state === 'none') {
        const { set } = this.#changesOf(change);
        if (Object.keys(set).length > 0) await this.#begin(undefined, set);
        return;
      }
      const key = this.#live('update');
      const outcome = await updateLoop(this.#context, key, (reread) => {
        if (reread) this.#hold(reread);
        return { version: this.#stored?.version ?? 0, ...this.#changesOf(change) };
      });
      if (outcome === undefined) this.#end('update');
      this.#merge(outcome.set, outcome.delete, outcome.version);
    });
  }

  logIn(user: string, changes?: Partial<Data>, maxPerUser?: number): Promise<void> {
    return this.#next(async () => {
      checkUser(user);
      const encoded = encodeData(changes ?? {}, this.#context);
      if (this.#state === 'unavailable') this.#context.calls.refused('logIn');
      const moved = this.#state === 'live' && (await this.#move('logIn', user, encoded));
      // A user who has just logged in gets a session, even if the old one has ended in the meantime. Nothing of that one is kept.
      if (!moved) await this.#begin(user, encoded, maxPerUser);
      setUser(user);
    });
  }

  rotate(): Promise<void> {
    return this.#next(async () => {
      if (this.#state === 'none') return;
      this.#live('rotate');
      if (!(await this.#move('rotate', undefined, empty))) this.#end('rotate');
    });
  }

  logOut(): Promise<void> {
    return this.#next(async () => {
      const { calls, store, cookie } = this.#context;
      if (this.#state === 'unavailable') calls.refused('logOut');
      const key = this.#key;
      if (key !== undefined) await calls.run('logOut', () => store.remove(key));
      const { cookies, hadCookie } = this.#request;
      // The record is gone, which is what counts: without the header, the browser keeps an id that opens nothing.
      if ((hadCookie || key !== undefined) && !cookies.headersSent?.()) cookies.appendCookie(cookie.clear());
      this.#forget('none');
      setUser(undefined);
    });
  }

  endHere(): void {
    this.#forget('ended');
    setUser(undefined);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #changesOf(change: (current: Readonly<Partial<Data>>) => object): {
    set: Encoded;
    delete: string[];
  } {
    const changes = change(this.data);
    if (typeof changes !== 'object' || changes === null || 'then' in changes) {
      throw new Misuse(
        'session/invalid-data',
        'The function of update must return a record of changes, and must not be asynchronous.',
      );
    }
    const entries = Object.entries(changes);
    const gone = entries.filter(([, value]) => value === undefined).map(([key]) => key);
    for (const key of gone) checkKey(key);
    const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    return { set: encodeData(set, this.#context), delete: gone };
  }

  /** The key of a session that can be changed. */
  #live(operation: string): string {
    if (this.#state === 'unavailable') this.#context.calls.refused(operation);
    if (this.#state !== 'live' || this.#key === undefined) refuse(deny('session/ended', { operation }));
    return this.#key;
  }

  async #patch(operation: string, set: Encoded, remove: readonly string[]): Promise<void> {
    const key = this.#live(operation);
    const { calls, store, maxBytes } = this.#context;
    // Each field is its own, as a polluted prototype would add those that are missing.
    const patch = { set, delete: remove, ifVersion: undefined, maxBytes, token: newSessionId() };
    const outcome = await calls.run(operation, () => store.patch(key, patch));
    if (outcome === 'too-large') refuse(deny('session/too-large', { reason: 'bytes', limit: maxBytes }));
    if (outcome !== 'changed') this.#end(operation);
    this.#merge(set, remove, (this.#stored?.version ?? 0) + 1);
  }

  async #begin(
    user: string | undefined,
    data: Encoded,
    maxPerUser = this.#context.maxPerUser,
  ): Promise<void> {
    this.#checkHeaders();
    const { calls, store, lifetime } = this.#context;
    const id = newSessionId();
    const session = this.#newSession(user, data);
    const createdAt = await calls.run('create', () =>
      store.create(storeKeyOf(id, this.#context.cookie.name), session, lifetime, maxPerUser),
    );
    this.#become(id, { user, data, version: 0, createdAt });
  }

  /** Gives the session a new id. False if it is gone. */
  async #move(operation: string, user: string | undefined, data: Encoded): Promise<boolean> {
    this.#checkHeaders();
    const { calls, store, lifetime, maxBytes, maxPerUser } = this.#context;
    const from = this.#live(operation);
    const id = newSessionId();
    const options = { begin: user !== undefined, maxBytes, maxPerUser };
    const moved = await calls.run(operation, () =>
      store.replace(
        from,
        storeKeyOf(id, this.#context.cookie.name),
        this.#newSession(user, data),
        options,
        lifetime,
      ),
    );
    if (moved === 'too-large') refuse(deny('session/too-large', { reason: 'bytes', limit: maxBytes }));
    if (moved === 'gone') return false;
    this.#become(id, moved);
    return true;
  }

  #newSession(user: string | undefined, data: Encoded): NewSession {
    const userAgent = plainText(this.#request.userAgent);
    return { user, data, userAgent, address: plainText(currentRequest()?.client) };
  }

  #checkHeaders(): void {
    if (this.#request.cookies.headersSent?.()) throw new Misuse('session/headers-sent');
  }

  #become(id: string, stored: StoredSession): void {
    this.#state = 'live';
    this.#key = storeKeyOf(id, this.#context.cookie.name);
    this.#id = id;
    this.#binding = undefined;
    this.#hold(stored);
    const { cookie, lifetime } = this.#context;
    const leftMs = stored.createdAt + lifetime.absoluteMs - Date.now();
    this.#request.cookies.appendCookie(cookie.set(id, leftMs / 1000));
  }

  #hold(stored: StoredSession): void {
    this.#stored = stored;
    this.#data = undefined;
  }

  #merge(set: Encoded, remove: readonly string[], version: number): void {
    if (!this.#stored) return;
    const data: Record<string, string> = Object.assign(Object.create(null), this.#stored.data, set);
    for (const key of remove) delete data[key];
    this.#hold({ ...this.#stored, data, version });
  }

  #end(operation: string): never {
    this.#forget('ended');
    setUser(undefined);
    refuse(deny('session/ended', { operation }));
  }

  #forget(state: 'none' | 'ended'): void {
    this.#state = state;
    // Log-out ends what took the place of an ended session, too.
    if (state === 'none') this.#key = undefined;
    this.#id = undefined;
    this.#binding = undefined;
    this.#stored = undefined;
    this.#data = undefined;
  }
}
