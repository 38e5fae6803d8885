/** The checks that hold for an upload at a place. */
export interface Checked {
  readonly size: boolean;
  readonly type: boolean;
  /** Whether the file extension was compared with a list of accepted extensions. */
  readonly ending?: boolean;
  /** Whether the content type that the client claims was compared with a list of accepted types. */
  readonly claim?: boolean;
}

export type FactKind = 'size' | 'type' | 'ending' | 'claim';
export const allKinds: readonly FactKind[] = ['size', 'type', 'ending', 'claim'];

/**
 * The checks that hold for uploads. Each is a text: a kind of check such as `size`, a space, and the key of the upload from
 * `rootKey`.
 */
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

/**
 * Selects the facts about the given uploads. If an upload is a list of files, the facts about its items are included.
 * @param roots the keys of the uploads, from `rootKey`
 */
export function onlyOf(facts: Facts, roots: readonly string[]): Facts {
  return new Set(
    [...facts].filter((fact) => roots.some((root) => isOf(fact.slice(fact.indexOf(' ') + 1), root))),
  );
}

/**
 * Returns the checks that hold for an upload. A fact about all entries of a list of uploads holds for each entry.
 * @param root the key of the upload
 */
export function checkedOf(facts: Facts, root: string): Checked {
  const has = (kind: FactKind): boolean =>
    [...facts].some((fact) => fact.startsWith(`${kind} `) && isOf(root, fact.slice(kind.length + 1)));
  return { size: has('size'), type: has('type'), ending: has('ending'), claim: has('claim') };
}

function isOf(root: string, whole: string): boolean {
  return root === whole || root.startsWith(`${whole}[`);
}
