import type {} from 'fastify';
import type { RegisteredSession } from '../session/register.ts';
import type { RouteOptions } from './route-options.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of this request, where `bulwark({ session })` is set up. `Register` of bulwark/session gives its data a type. */
    readonly session: RegisteredSession;
  }
  interface FastifyReply {
    /** For the scripts and styles of this response. */
    nonce: string;
    /** What templates of @fastify/view see: `nonce` among it. */
    locals: { nonce: string; [name: string]: unknown };
  }
  interface FastifyContextConfig {
    /** What this route changes. */
    bulwark?: RouteOptions;
  }
}
