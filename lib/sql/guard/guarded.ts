/** Clients that are guarded, so that none is inspected twice. */
const guarded = new WeakSet<object>();

/** False where it was guarded before. */
export function markGuarded(client: object): boolean {
  if (guarded.has(client)) return false;
  guarded.add(client);
  return true;
}

/** Replaces a method of one object, which the new one is given, bound. */
export function patch(
  target: object,
  name: string,
  make: (original: (...args: unknown[]) => unknown) => (...args: unknown[]) => unknown,
): void {
  const method = (target as Record<string, unknown>)[name];
  if (typeof method !== 'function') return;
  const original = (...args: unknown[]): unknown => Reflect.apply(method, target, args);
  const attributes = {
    __proto__: null,
    value: make(original),
    enumerable: false,
    writable: true,
    configurable: true,
  };
  Object.defineProperty(target, name, attributes as PropertyDescriptor);
}

/** A pool runs a statement that was inspected on a client of its own, at once when it has one: there it passes. */
export interface Passage {
  /** Runs the pool's own method, which asks for a client before it returns. */
  through<T>(run: () => T): T;
  /** What is to be called with the client. */
  carry(done: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown;
  /** True once, for the statement that was inspected. */
  take(): boolean;
}

export function createPassage(): Passage {
  let asking = false;
  let passing = false;
  return {
    through(run) {
      asking = true;
      try {
        return run();
      } finally {
        asking = false;
      }
    },
    carry(done) {
      if (!asking) return done;
      asking = false;
      return (...args) => {
        // With an error it is the application that is called.
        passing = !args[0];
        try {
          return done(...args);
        } finally {
          passing = false;
        }
      };
    },
    take() {
      const taken = passing;
      passing = false;
      return taken;
    },
  };
}
