import type {} from 'fastify';
import type { RegisteredSession } from '../session/index.ts';
import type { RouteOptions } from './route-options.ts';

/** What templates of @fastify/view see. */
export interface TemplateLocals {
  /** For the scripts and styles of this response. */
  nonce: string;
  [name: string]: unknown;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of this request, where `bulwark({ session })` is set up. `Register` of bulwark/session gives its data a type. */
    readonly session: RegisteredSession;
  }
  interface FastifyReply {
    /** For the scripts and styles of this response. */
    nonce: string;
    locals: TemplateLocals;
  }
  interface FastifyContextConfig {
    /** What this route changes. */
    bulwark?: RouteOptions;
  }
}
