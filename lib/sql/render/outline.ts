import type { Dialect } from '../dialect/dialect.ts';
import { nextShape, type Shape, type Shapes } from '../template/shape.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { type Template, walk } from './walk.ts';

/** The values of a statement in their order, and the place for its text; no place where it is not worth one. */
export function outline(
  root: Template,
  dialect: Dialect,
  shapes: Shapes,
): { readonly values: BoundValue[]; readonly shape: Shape | undefined } {
  const values: BoundValue[] = [];
  let shape: Shape | undefined = shapes.first;

  function step(key: unknown): void {
    if (shape !== undefined) shape = nextShape(shapes, shape, key);
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
