import { afterAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { type OptionTaker, optionTakers, statementTakers } from './option-takers.ts';

// What other guards than those of the core call it. The sentence still names the option.
const codes: readonly unknown[] = ['bulwark/invalid-option', 'headers/invalid-value', 'fetch/invalid-config'];

async function thrownBy({ call, needs }: OptionTaker, more: object): Promise<unknown> {
  try {
    await call({ ...needs, ...more } as never);
    return undefined;
  } catch (error) {
    return error;
  }
}

afterAll(() => configureEvents({ sinks: [] }));

describe('an option that there is not', () => {
  it.each([...optionTakers, ...statementTakers])('is a mistake for $name', async (taker) => {
    for (const name of ['nope', 'unlessNeeded']) {
      const error = await thrownBy(taker, { [name]: 1 });
      expect(error).toMatchObject({ name: 'Misuse', message: expect.stringContaining(name) });
      expect(codes).toContain((error as { code?: unknown }).code);
    }
  });

  it.each(optionTakers.filter(({ name }) => !/^(?:testing|fetch\/gateway)/.test(name)))(
    'is the only thing that $name minds',
    async (taker) => {
      expect(await thrownBy(taker, {})).toBeUndefined();
    },
  );
});
