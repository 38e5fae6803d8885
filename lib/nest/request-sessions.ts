import type { IncomingMessage } from 'node:http';
import { Misuse } from '../refusal/misuse.ts';
import type { RegisteredSession } from '../session/index.ts';
import type { SessionLoader } from '../session/sessions.ts';

type Request = IncomingMessage | { readonly raw: IncomingMessage };

const loaders = new WeakMap<IncomingMessage, SessionLoader<object>>();

/** The request of node:http, whichever of Nest's platforms the other one is of. */
export function rawRequest(request: object): IncomingMessage {
  const given = request as Request;
  return 'raw' in given ? given.raw : given;
}

/** Notes whose sessions a request has. */
export function noteSession(request: IncomingMessage, loader: SessionLoader<object> | undefined): void {
  if (loader) loaders.set(request, loader);
}

/** The handle of a request's session. */
export function sessionOf(request: object): RegisteredSession {
  const raw = rawRequest(request);
  const loader = loaders.get(raw);
  if (!loader) {
    throw new Misuse(
      'bulwark/invalid-option',
      '@CurrentSession needs `session` in the options of BulwarkModule.',
    );
  }
  return loader.of(raw) as RegisteredSession;
}
