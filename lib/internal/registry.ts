/**
 * State that copies of bulwark in one process share: which objects are safe values, where events go, the current
 * request. A copy of another registry version keeps its own, and `foreign` tells the two apart.
 *
 * The registry hangs on `globalThis` under a symbol. JSON and prototype pollution reach neither symbols nor the
 * WeakSets inside; code in the same process can reach both, and is out of scope (docs/threat-model.md).
 */
const registryVersion = 1;
const key = Symbol.for('bulwark.registry');

/** What every version keeps as it is, so that copies of different versions can tell each other apart. */
interface Copy {
  readonly version: number;
  readonly url: string;
  readonly state: Map<string, unknown>;
}

export function copies(): Copy[] {
  const found = Object.getOwnPropertyDescriptor(globalThis, key)?.value as Copy[] | undefined;
  if (found) return found;
  const created: Copy[] = [];
  // Each attribute is named, because a polluted prototype would fill in those that are not.
  Object.defineProperty(globalThis, key, {
    value: created,
    enumerable: false,
    writable: false,
    configurable: false,
  });
  return created;
}

let isListed = false;

function ownCopy(): Copy {
  let own = copies().find((copy) => copy.version === registryVersion);
  if (own === undefined) {
    own = { version: registryVersion, url: import.meta.url, state: new Map() };
    copies().push(own);
  }
  if (!isListed) {
    isListed = true;
    own.state.set(files, [...new Set([...filesOf(own), import.meta.url])]);
  }
  return own;
}

/** Each copy of this file that has used the registry. Copies of one version share a registry, but not what modules keep by themselves. */
const files = 'registry:files';

function filesOf({ state, url }: Copy): readonly string[] {
  return (state.get(files) as readonly string[] | undefined) ?? [url];
}

/** Where the copies of bulwark in this process come from, for a diagnosis. */
export function loadedCopies(): readonly string[] {
  ownCopy();
  return copies().flatMap(filesOf);
}

/** One value a process, whichever copy of this version asks first. */
export function shared<T>(name: string, create: () => T): T {
  const { state } = ownCopy();
  if (!state.has(name)) state.set(name, create());
  return state.get(name) as T;
}

/** The same, or undefined where nothing of the process has asked for it yet. */
export function sharedIfAny<T>(name: string): T | undefined {
  const own = copies().find((copy) => copy.version === registryVersion);
  return own?.state.get(name) as T | undefined;
}
