/**
 * The texts that a template was written as, by the fragments that were in it: a tree in which each fragment is a step.
 * Statements that are made of the same fragments have the same text, whatever their values.
 */
export interface Shapes {
  readonly first: Shape;
  /** How many shapes there are in the tree. */
  count: number;
}

export interface Shape {
  text: string | undefined;
  readonly next: Map<unknown, Shape>;
}

/** Filters that clients choose make more of them; what is beyond this is written anew each time. */
const mostShapes = 256;

export function createShapes(): Shapes {
  return { first: createShape(), count: 1 };
}

function createShape(): Shape {
  return { text: undefined, next: new Map() };
}

/** The shape behind a step: made where there is room for one more. Undefined where it is not worth a place. */
export function nextShape(shapes: Shapes, from: Shape, key: unknown): Shape | undefined {
  const known = from.next.get(key);
  if (known !== undefined || shapes.count >= mostShapes) return known;
  const made = createShape();
  from.next.set(key, made);
  shapes.count++;
  return made;
}
