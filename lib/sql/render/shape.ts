import type { Dialect } from '../dialect/dialect.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { type Template, walk } from './walk.ts';

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

/** The values of a statement in their order, and the place for its text; no place where it is not worth one. */
export function outline(
  root: Template,
  dialect: Dialect,
  shapes: Shapes,
): { readonly values: BoundValue[]; readonly shape: Shape | undefined } {
  const values: BoundValue[] = [];
  let shape: Shape | undefined = shapes.first;

  function step(key: unknown): void {
    if (shape === undefined) return;
    let next: Shape | undefined = shape.next.get(key);
    if (next === undefined && shapes.count < mostShapes) {
      next = createShape();
      shape.next.set(key, next);
      shapes.count++;
    }
    shape = next;
  }

  walk(root, dialect, {
    open({ site, fragments }) {
      if (fragments === -1) shape = undefined;
      step(site);
      step(fragments);
    },
    text: () => undefined,
    close: () => undefined,
    value: (value) => void values.push(value),
    leaf(content) {
      if (content.kind === 'name') {
        // No part of a name has a dot in it.
        step(content.path.join('.'));
        return;
      }
      step(content.kind === 'json' ? 1 : 2);
      values.push(content.kind === 'json' ? content.value : dialect.writePattern(content));
    },
  });
  return { values, shape };
}
