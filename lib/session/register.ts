// From the entry, so that an application that imports an adapter and `bulwark/session/sealed` alone can augment it: TypeScript
// augments only modules that the program already holds.
import type { Session, SessionLoader } from './index.ts';

/**
 * Where an application names its sessions, so that `request.session` of Fastify, `ctx.state.session` of Koa and
 * `c.var.session` of Hono have the type of its data.
 *
 * @example
 * ```ts
 * import { memoryStore, sessions } from 'bulwark/session';
 *
 * export const session = sessions<{ cart: string[] }>({ store: memoryStore() });
 *
 * declare module 'bulwark/session' {
 *   interface Register {
 *     session: typeof session;
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: the application adds to it.
export interface Register {}

/** The handle of a request's session, with the type of the application's data. */
export type RegisteredSession = Register extends { session: SessionLoader<infer Data> }
  ? Session<Data>
  : Session<object>;
