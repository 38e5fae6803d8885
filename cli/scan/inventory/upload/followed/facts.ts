/** What is known of an upload at a place. */
export interface Checked {
  readonly size: boolean;
  readonly type: boolean;
  /** Whether the ending of its name is one of a list. */
  readonly ending?: boolean;
  /** Whether the type that the client claims is checked against a list. */
  readonly claim?: boolean;
}

export type FactKind = 'size' | 'type' | 'ending' | 'claim';
export const allKinds: readonly FactKind[] = ['size', 'type', 'ending', 'claim'];

/** What is known of each upload: `size` and the key of its root. */
export type Facts = ReadonlySet<string>;

export const nothing: Facts = new Set();

export function both(a: Facts, b: Facts): Facts {
  return new Set([...a].filter((one) => b.has(one)));
}

export function either(a: Facts, b: Facts): Facts {
  return a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);
}

export function factsOf(roots: Iterable<string>, kinds: readonly FactKind[]): Facts {
  return new Set([...roots].flatMap((root) => kinds.map((kind) => `${kind} ${root}`)));
}

/** What is known of some uploads, or of entries of theirs. */
export function onlyOf(facts: Facts, roots: readonly string[]): Facts {
  return new Set(
    [...facts].filter((fact) => roots.some((root) => isOf(fact.slice(fact.indexOf(' ') + 1), root))),
  );
}

/** What holds of all entries of a list holds of one. */
export function checkedOf(facts: Facts, root: string): Checked {
  const has = (kind: FactKind): boolean =>
    [...facts].some((fact) => fact.startsWith(`${kind} `) && isOf(root, fact.slice(kind.length + 1)));
  return { size: has('size'), type: has('type'), ending: has('ending'), claim: has('claim') };
}

function isOf(root: string, whole: string): boolean {
  return root === whole || root.startsWith(`${whole}[`);
}
