/**
 * A value for each request. A WeakMap would do, but V8's frequent collections of young objects keep what its values reach: a session
 * that holds its request would keep itself, the request and the response until the next full collection. So it is a property of the
 * request that only this object can name.
 */
export class PerRequest<V> {
  readonly #key: symbol = Symbol('bulwark');
  readonly #frozen: WeakMap<object, V> = new WeakMap();

  get(request: object): V | undefined {
    // Own properties only, as in a WeakMap: an object that inherits from a request is another one.
    if (Object.hasOwn(request, this.#key)) return (request as Record<symbol, V>)[this.#key];
    return this.#frozen.get(request);
  }

  set(request: object, value: V): void {
    if (Object.isExtensible(request)) (request as Record<symbol, V | undefined>)[this.#key] = value;
    else this.#frozen.set(request, value);
  }

  delete(request: object): void {
    if (Object.hasOwn(request, this.#key)) delete (request as Record<symbol, V>)[this.#key];
    this.#frozen.delete(request);
  }
}
