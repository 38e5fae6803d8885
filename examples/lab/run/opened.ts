/** What has been started, so that nothing is left running however a run ends. */
export interface Opened {
  add<T>(thing: T, close: (thing: T) => Promise<void>): T;
  /** Closes everything, the last first. */
  close(): Promise<void>;
}

export function createOpened(): Opened {
  const closers: (() => Promise<void>)[] = [];
  return {
    add(thing, close) {
      closers.push(() => close(thing));
      return thing;
    },
    async close() {
      for (const close of closers.splice(0).reverse()) await close().catch(() => {});
    },
  };
}
