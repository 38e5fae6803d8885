import { describe, expect, it } from 'vitest';
import type { Block, Func } from '../ir.ts';
import { controlFlow } from './control-flow.ts';

/** A function whose blocks go to these others: one, two (a branch), or none. */
function flowOf(ways: readonly (readonly number[])[]): ReturnType<typeof controlFlow> {
  const blocks = ways.map((to, id): Block => {
    const preds = ways.flatMap((others, from) => others.filter((one) => one === id).map(() => from));
    const [then, otherwise] = to;
    if (then === undefined) return { code: [], preds, end: { kind: 'return', value: 0 } };
    if (otherwise === undefined) return { code: [], preds, end: { kind: 'jump', to: then } };
    return { code: [], preds, end: { kind: 'branch', test: 0, then, else: otherwise } };
  });
  return controlFlow({ blocks } as unknown as Func);
}

describe('the loops of a function', () => {
  it('are none where all ways go on', () => {
    expect(flowOf([[1, 2], [3], [3], []]).endingWith.size).toBe(0);
  });

  it('end with the last block that goes back to the head', () => {
    // 1 is the head; 2 goes back (`continue`), and so does 3.
    const { order, endingWith } = flowOf([[1], [2, 4], [3, 1], [1], []]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect([...endingWith]).toEqual([[3, [1]]]);
  });

  it('end inside those around them, inner ones first', () => {
    // 2 is a loop of one block in 1, 3 ends 1.
    expect([...flowOf([[1], [2, 4], [2, 3], [1], []]).endingWith]).toEqual([
      [2, [2]],
      [3, [1]],
    ]);
    // One block ends both.
    expect([...flowOf([[1], [2, 4], [3, 1], [2, 1], []]).endingWith]).toEqual([[3, [2, 1]]]);
  });

  it('contain all of a loop that begins in them', () => {
    // Only 2 goes back to 1, and 3, behind it, to 2.
    expect([...flowOf([[1], [2], [1, 3], [2, 4], []]).endingWith]).toEqual([[3, [2, 1]]]);
  });
});
