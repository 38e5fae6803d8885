import { configureEvents } from 'bulwark/event';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../machine/missing.ts';
import { decided, exact } from './contexts.ts';
import { openStage, type Stage } from './html-page.ts';
import { some, values } from './values.ts';
import { faults } from './verdict.ts';

const reason = missing('chromium');
const contexts = [...exact, ...decided];

describe.skipIf(reason)(`every context by every value, in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let stage: Stage;

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    stage = await openStage();
  });

  afterAll(async () => await stage?.close());

  it('runs nothing, changes no structure, and gives every value back, all contexts on one page', async () => {
    const { shape } = await stage.show(contexts, 'x');
    const found: string[] = [];
    for (const value of values)
      found.push(...faults(contexts, value, await stage.show(contexts, value), shape));
    expect(found).toEqual([]);
  });

  it.each(contexts.map((context) => [context.name, context] as const))(
    '%s, on pages of its own, by a part of the values',
    async (_, one) => {
      const { shape } = await stage.show([one], 'x');
      const found: string[] = [];
      for (const value of some(200))
        found.push(...faults([one], value, await stage.show([one], value), shape));
      expect(found).toEqual([]);
    },
  );
});
