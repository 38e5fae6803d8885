import { AsyncLocalStorage } from 'node:async_hooks';
import { shared } from '../../internal/shared.ts';

interface Write {
  active: boolean;
}

let known: AsyncLocalStorage<Write> | undefined;

/** Kept here, because each refusal asks for it. */
function storage(): AsyncLocalStorage<Write> {
  known ??= shared('sink-write', () => new AsyncLocalStorage<Write>());
  return known;
}

/**
 * Runs the work of a sink. What a guard refuses meanwhile makes no event, because that event would be work for the same
 * sink. The mark ends with the work: a connection that stays open and serves a request later hides nothing of it.
 */
export async function asSink(work: () => void | Promise<void>): Promise<void> {
  const write: Write = { active: true };
  try {
    await storage().run(write, work);
  } finally {
    write.active = false;
  }
}

export function insideSink(): boolean {
  return storage().getStore()?.active === true;
}
