import { describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { createFetch } from '../fetch/index.ts';
import { expectRefusal } from './expect-refusal.ts';

configureEvents({ sinks: [] });
const guarded = createFetch({ hosts: 'public' });
const refused = (): Promise<unknown> => guarded('http://169.254.169.254/');

describe('expectRefusal', () => {
  it('gives the refusal, of a promise and of a function', async () => {
    const refusal = await expectRefusal(refused(), 'fetch/*');
    expect(refusal.code).toBe('fetch/cloud-metadata');
    expect(await expectRefusal(refused, 'fetch/cloud-metadata')).toMatchObject({ status: 400 });
  });

  it('sees through an error that wraps it', async () => {
    const wrapped = refused().catch((cause: unknown): never => {
      throw new TypeError('fetch failed', { cause: new Error('agent', { cause }) });
    });
    expect(await expectRefusal(wrapped, 'fetch/*')).toMatchObject({ code: 'fetch/cloud-metadata' });
  });

  it('sees through an error that gathers several', async () => {
    const bug = new TypeError('mine');
    const attempts = (): Promise<unknown> => Promise.any([Promise.reject(bug), refused()]);
    expect(await expectRefusal(attempts, 'fetch/*')).toMatchObject({ code: 'fetch/cloud-metadata' });
    await expect(expectRefusal(() => Promise.any([Promise.reject(bug)]), 'fetch/*')).rejects.toThrow(
      /no guard/,
    );
  });

  const red: readonly [what: string, run: () => unknown, pattern: 'fetch/*' | 'sql/*', message: RegExp][] = [
    [
      'nothing',
      () => 'fine',
      'fetch/*',
      /^Nothing was refused\.\n {2}expected: fetch\/\*\n {2}got: {6}"fine"$/,
    ],
    ['by another code', refused, 'sql/*', /^A guard refused, but with another code\./],
    [
      'by no guard',
      () => Promise.reject(new Error('mine')),
      'fetch/*',
      /no guard refused it\.\n.*\n {2}failed: {3}Error: mine/,
    ],
  ];

  it.each(red)('is red where it was refused: %s', async (_what, run, pattern, message) => {
    await expect(expectRefusal(run, pattern)).rejects.toMatchObject({
      name: 'AssertionError',
      message: expect.stringMatching(message),
    });
  });

  it.each(['fetch/no-such-code', 'nothing/*', '*'])('does not take %s', async (pattern) => {
    await expect(expectRefusal(refused, pattern as 'fetch/*')).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
  });

  it('ends with causes that turn in a circle', async () => {
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    await expect(expectRefusal(() => Promise.reject(error), 'fetch/*')).rejects.toThrow(/no guard/);
  });
});
