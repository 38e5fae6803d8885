/** What one run handed to the driver: texts of statements, and the values beside them. */
export interface Effect {
  readonly texts: readonly string[];
  readonly values: readonly string[];
}

/** Shorter values stand in a statement by chance. */
const shortest = 4;

const mostValues = 1_000;
const deepest = 6;

/** A bound value in all its parts, as texts. */
export function textsOfValue(value: unknown): readonly string[] {
  const found: string[] = [];
  const add = (part: unknown, depth: number): void => {
    if (found.length >= mostValues) return;
    if (typeof part === 'string') found.push(part);
    else if (part instanceof Uint8Array) found.push(new TextDecoder().decode(part));
    else if (part instanceof Date) found.push(Number.isNaN(part.getTime()) ? 'NaN' : part.toISOString());
    else if (typeof part !== 'object' || part === null) found.push(String(part));
    else if (depth < deepest) {
      for (const [key, inner] of Object.entries(part)) {
        if (!Array.isArray(part)) found.push(key);
        add(inner, depth + 1);
      }
    }
  };
  add(value, 0);
  return found;
}

/** True where the value, or what a decoder made of it, arrived at the driver. */
export function arrived({ texts, values }: Effect, value: string, marker: string): boolean {
  if (values.includes(value)) return true;
  const low = marker.toLowerCase();
  return marker.length >= shortest && [...texts, ...values].some((each) => each.toLowerCase().includes(low));
}

/** What was sent, with a sign in place of the value: the same for values that are treated the same. */
export function treatment({ texts, values }: Effect, value: string): readonly string[] {
  return [...texts, ...values].map((piece) => (value === '' ? piece : piece.replaceAll(value, '\u0001')));
}
