import { Misuse } from '../../refusal/misuse.ts';

/** The mistake of a client that is not the one it should be, or that serves another database. */
export function unknownClient(found: unknown): Misuse {
  return new Misuse('sql/unknown-client', `It says ${typeof found === 'string' ? `'${found}'` : 'nothing'}.`);
}
