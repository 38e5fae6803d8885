import type { Session } from './session.ts';
import type { SessionLoader } from './sessions.ts';

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

// Adapters import this from `index.ts`: TypeScript augments only modules that the program already holds, and an application may
// import no more than an adapter and `bulwark/session/sealed`.
/** The handle of a request's session, with the type of the application's data. */
export type RegisteredSession = Register extends { session: SessionLoader<infer Data> }
  ? Session<Data>
  : Session<object>;
