import { ServerResponse } from 'node:http';
import { shared } from '../internal/registry.ts';
import { inheritedPageHead } from '../node/head/inherited-page-head.ts';
import { stateOf } from '../node/head/response-state.ts';
import { Misuse } from '../refusal/misuse.ts';

type Prototype = Record<string, unknown>;

/** Responses whose application allowed JSONP, for all copies of this package: each may stand in for `jsonp`. */
const mayUseJsonp = (): WeakSet<object> => shared('express:jsonp', () => new WeakSet<object>());

export function allowJsonpFor(res: object): void {
  mayUseJsonp().add(res);
}

/** The prototypes of applications that were looked at, and those of the copies of Express above them. */
const known = new WeakSet<object>();

/**
 * Puts what stands in for methods of a response on the prototype that all responses of this copy of Express share, once. In a property
 * of the response itself, each costs V8 two microseconds, because Express has given it another prototype before. Responses that
 * passed no `bulwark()` behave as before.
 */
export function inheritMethods(res: object): void {
  const own: object | null = Object.getPrototypeOf(res);
  if (own === null || known.has(own)) return;
  const prototype = expressPrototype(own);
  const isNew = prototype !== undefined && !known.has(prototype);
  known.add(own);
  if (!isNew) return;
  known.add(prototype);
  // Where monitoring is here before, the response's own property stands in for it.
  if (!Object.hasOwn(prototype, 'writeHead')) define(prototype, 'writeHead', inheritedPageHead);
  const { jsonp } = prototype;
  if (typeof jsonp === 'function') {
    define(prototype, 'jsonp', function (this: ServerResponse, ...body: unknown[]): unknown {
      if (stateOf(this) && !mayUseJsonp().has(this)) throw new Misuse('headers/jsonp');
      return jsonp.apply(this, body);
    });
  }
}

/** The one right below Node's own. Mounted applications inherit from the one that mounts them. */
function expressPrototype(own: object): Prototype | undefined {
  let at: object | null = own;
  for (let level = 0; at !== null && level < mostMounted; level++) {
    const above: object | null = Object.getPrototypeOf(at);
    if (above === ServerResponse.prototype) return 'jsonp' in at ? (at as Prototype) : undefined;
    at = above;
  }
  return undefined;
}

const mostMounted = 64;

function define(prototype: Prototype, name: string, value: unknown): void {
  // Without a prototype, as a polluted one would add attributes.
  const attributes = { __proto__: null, value, writable: true, configurable: true, enumerable: true };
  Object.defineProperty(prototype, name, attributes as PropertyDescriptor);
}
