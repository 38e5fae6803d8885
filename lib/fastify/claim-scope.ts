import type { FastifyInstance } from 'fastify';
import { Misuse } from '../refusal/misuse.ts';

/** The scopes that are defended, by the server they belong to. */
const claimed = new WeakMap<object, object[]>();

/**
 * A scope is defended once: a second time would make a second nonce, and count a request twice. Sibling scopes may each have a
 * defence of their own.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function claimScope(instance: FastifyInstance): void {
  const scopes = claimed.get(instance.server) ?? [];
  const isWithin = (inner: object, outer: object): boolean =>
    inner === outer || Object.prototype.isPrototypeOf.call(outer, inner);
  if (scopes.some((other) => isWithin(instance, other) || isWithin(other, instance))) {
    throw new Misuse(
      'bulwark/invalid-option',
      'bulwark is registered twice for the same routes. Register it once, in the outermost scope that needs it.',
    );
  }
  scopes.push(instance);
  claimed.set(instance.server, scopes);
}
