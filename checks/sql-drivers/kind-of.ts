import { DatabaseError } from '../../lib/sql/index.ts';

/** The kind of the failure, the error itself where it is no DatabaseError, or what the work resolved to. */
export async function kindOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  return error instanceof DatabaseError ? error.kind : error;
}
