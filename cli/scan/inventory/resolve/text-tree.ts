/** All values that a string can have, as a tree. Parts that could not be determined are `unresolved`. */
export type TextTree =
  /** A literal of the program. */
  | { readonly kind: 'constant'; readonly text: string }
  /** The parts, joined in this order. */
  | { readonly kind: 'sequence'; readonly parts: readonly TextTree[] }
  /** One of these. */
  | { readonly kind: 'choice'; readonly of: readonly TextTree[] }
  /** It varies, but is proven harmless where it is used: a number, or a checked value. */
  | { readonly kind: 'harmless'; readonly because: string }
  /** The operator chooses it: an environment variable, an entry of the settings. */
  | { readonly kind: 'setting'; readonly name: string }
  | { readonly kind: 'unresolved'; readonly because: string };

export type Leaf = Exclude<TextTree, { readonly kind: 'sequence' | 'choice' }>;

/** The empty text. */
export const nothing: TextTree = { kind: 'constant', text: '' };

export function sequence(parts: readonly TextTree[]): TextTree {
  return parts.length === 1 ? (parts[0] as TextTree) : { kind: 'sequence', parts };
}

export function choice(of: readonly TextTree[]): TextTree {
  return of.length === 1 ? (of[0] as TextTree) : { kind: 'choice', of };
}

export function harmless(because: string): TextTree {
  return { kind: 'harmless', because };
}

export function unresolved(because: string): TextTree {
  return { kind: 'unresolved', because };
}

/** The leaves of a tree, from left to right. */
export function leavesOf(tree: TextTree): Leaf[] {
  const leaves: Leaf[] = [];
  const open: TextTree[] = [tree];
  for (let one = open.pop(); one; one = open.pop()) {
    if (one.kind === 'sequence') open.push(...[...one.parts].reverse());
    else if (one.kind === 'choice') open.push(...[...one.of].reverse());
    else leaves.push(one);
  }
  return leaves;
}

/** The longest start of a text that consists only of literals and settings: `https://` for `https://${unknown}/a`. */
export interface Beginning {
  /** A setting is represented by its name between two NULs. */
  readonly text: string;
  /** The leaf that follows this start. Undefined if the start is the whole text. */
  readonly next: Leaf | undefined;
}

/** The maximum number of beginnings. */
const maxBeginnings = 40;

/** All beginnings of a text. Undefined if there are too many. */
export function beginningsOf(tree: TextTree): readonly Beginning[] | undefined {
  return extended([{ text: '', next: undefined }], tree);
}

function extended(before: readonly Beginning[], tree: TextTree): readonly Beginning[] | undefined {
  switch (tree.kind) {
    case 'sequence': {
      let all: readonly Beginning[] | undefined = before;
      for (const part of tree.parts) all = all && extended(all, part);
      return all;
    }
    case 'choice': {
      const all: Beginning[] = before.filter(({ next }) => next !== undefined);
      const open = before.filter(({ next }) => next === undefined);
      if (open.length === 0) return all;
      for (const one of tree.of) {
        const found = extended(open, one);
        if (!found || all.length + found.length > maxBeginnings) return undefined;
        all.push(...found);
      }
      return all;
    }
    default:
      return before.map((one) => {
        if (one.next !== undefined) return one;
        if (tree.kind === 'constant') return { text: one.text + tree.text, next: undefined };
        if (tree.kind === 'setting') return { text: `${one.text}\0${tree.name}\0`, next: undefined };
        return { ...one, next: tree };
      });
  }
}

/** Whether a text, or a part of it, has several possible values. */
export function isOneOfMany(tree: TextTree): boolean {
  if (tree.kind === 'sequence') return tree.parts.some(isOneOfMany);
  if (tree.kind !== 'choice') return false;
  const texts = new Set(tree.of.map((one) => (one.kind === 'constant' ? one.text : one)));
  return texts.size > 1 || tree.of.some(isOneOfMany);
}
