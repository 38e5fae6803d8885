import { afterEach, describe, expect, it, vi } from 'vitest';
import { runBehind } from './run-behind.ts';

afterEach(() => vi.restoreAllMocks());

describe('runBehind', () => {
  const failing = async (): Promise<never> => {
    throw new Error('The defended application did not start within 180 s.');
  };

  it('tells why a run stopped early, and lets the page go on', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const say = vi.fn();
    await runBehind({ say }, failing, () => false);
    expect(say).toHaveBeenCalledWith('The run stopped early');
    expect(error.mock.calls.join('\n')).toContain('did not start within 180 s');
  });

  it('says nothing of a run that ended with the lab, or as it should', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const say = vi.fn();
    await runBehind({ say }, failing, () => true);
    await runBehind(
      { say },
      async () => 1,
      () => false,
    );
    expect([say.mock.calls, error.mock.calls]).toEqual([[], []]);
  });
});
