/** A bounded set that forgets what was not asked for in a long time. */
export interface KnownTexts {
  has(text: string): boolean;
  add(text: string): void;
}

export function createKnownTexts(most: number): KnownTexts {
  let young = new Set<string>();
  let old: ReadonlySet<string> = new Set();
  const known: KnownTexts = {
    has(text) {
      if (young.has(text)) return true;
      if (!old.has(text)) return false;
      known.add(text);
      return true;
    },
    add(text) {
      if (young.size >= most / 2) {
        old = young;
        young = new Set();
      }
      young.add(text);
    },
  };
  return known;
}
