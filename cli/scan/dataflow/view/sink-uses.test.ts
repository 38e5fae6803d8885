import { describe, expect, it } from 'vitest';
import { allKinds, kinds } from '../domain/kinds.ts';
import type { Origin } from '../domain/taint.ts';
import { addUse, type SinkUses } from './sink-uses.ts';
import type { Sink } from './summary.ts';

const origin: Origin = { kind: 'param', index: 0, path: [], parts: undefined };
const sink = { kind: 'command', func: 0, value: 3, at: 0, end: 1, what: 'exec' } as Sink;
const flow = { origin, exact: true, clean: kinds('sql'), weak: true };

describe('addUse', () => {
  it('replaces a flow that is a guess by the same flow that is none', () => {
    const all: SinkUses = new Map();
    addUse(all, sink, flow, () => undefined);
    expect(addUse(all, sink, { ...flow, weak: false }, () => undefined)).toMatchObject({ weak: false });
    expect(all.get(origin)).toMatchObject([{ weak: false }]);
  });

  it('changes nothing for a flow that is a guess, or sanitised for more', () => {
    const all: SinkUses = new Map();
    addUse(all, sink, { ...flow, weak: false }, () => undefined);
    expect(addUse(all, sink, flow, () => undefined)).toBeUndefined();
    expect(addUse(all, sink, { ...flow, clean: allKinds }, () => undefined)).toBeUndefined();
    expect(all.get(origin)).toMatchObject([{ weak: false, clean: flow.clean }]);
  });
});
