/**
 * A value for each request. A WeakMap would do, but V8's frequent collections of young objects keep what its values reach: a session
 * that holds its request would keep itself, the request and the response until the next full collection. So it is a property of the
 * request that only this object can name.
 */
export class PerRequest<V> {
  readonly #key: symbol = Symbol('bulwark');
  readonly #frozen: WeakMap<object, V> = new WeakMap();

  get(request: object): V | undefined {
    const held = (request as Record<symbol, Held<V> | undefined>)[this.#key];
    return held?.request === request ? held.value : this.#frozen.get(request);
  }

  set(request: object, value: V): void {
    if (Object.isExtensible(request)) (request as Record<symbol, Held<V>>)[this.#key] = { request, value };
    else this.#frozen.set(request, value);
  }

  delete(request: object): void {
    if (Object.hasOwn(request, this.#key)) delete (request as Record<symbol, Held<V>>)[this.#key];
    this.#frozen.delete(request);
  }
}

/** Names its request, as in a WeakMap: an object that inherits from a request, or a copy with other headers, is another one. */
interface Held<V> {
  readonly request: object;
  readonly value: V;
}
