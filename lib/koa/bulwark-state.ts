import type {} from 'koa';
import type { RegisteredSession } from '../session/index.ts';

/** What `ctx.state` has. */
export interface BulwarkState {
  /** For the scripts and styles of this response. */
  nonce: string;
  /** The session of this request, where `bulwark({ session })` is set up. `Register` of bulwark/session gives its data a type. */
  session: RegisteredSession;
}

declare module 'koa' {
  interface DefaultState extends BulwarkState {}
}
