import { vi } from 'vitest';

/** For stores that go by this process's clock. */
export async function withLaterDate(_key: string, ms: number, work: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
}
