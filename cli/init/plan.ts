/** A file that is created (`before` is undefined) or changed. Paths are relative to the project, with `/`. */
export interface Change {
  readonly path: string;
  readonly before: string | Uint8Array | undefined;
  readonly after: string | Uint8Array;
}

/** Code for a person to paste, where its place isn't certain. */
export interface Snippet {
  /** What it does, as a heading: `Answer errors`. */
  readonly title: string;
  /** Where it goes, and why it isn't written there, as sentences. */
  readonly why: string;
  readonly code: string;
}

/** Everything that one part of `init` wants. */
export interface Part {
  readonly changes: readonly Change[];
  readonly snippets: readonly Snippet[];
  /** Sentences about what was found, or left as it is. */
  readonly notes: readonly string[];
}

export function part(given: Partial<Part>): Part {
  return { changes: [], snippets: [], notes: [], ...given };
}

export function joinParts(parts: readonly Part[]): Part {
  return {
    changes: parts.flatMap(({ changes }) => changes),
    snippets: parts.flatMap(({ snippets }) => snippets),
    notes: parts.flatMap(({ notes }) => notes),
  };
}
