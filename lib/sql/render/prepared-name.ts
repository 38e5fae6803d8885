import { createHash } from 'node:crypto';
import type { Statement } from './render.ts';

/** Filters and lists that a client chooses make more texts of one template; what is beyond this is not prepared. */
const mostTexts = 16;

/**
 * The name under which a statement is prepared on its connection, or undefined where it is better not prepared. It is
 * made of the text: behind a pooler a connection may hold what another process prepared, and one name must never stand
 * for two texts.
 */
export function preparedName({ text, reading: { names } }: Statement): string | undefined {
  if (names === undefined) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= mostTexts) return known;
  const name = `bulwark_${createHash('sha256').update(text).digest('base64url').slice(0, 32)}`;
  names.set(text, name);
  return name;
}

/** Another name for the same text: what was prepared under the old one does not fit the tables any more. */
export function renewName({ text, reading: { names } }: Statement): void {
  const known = names?.get(text);
  if (known === undefined) return;
  const [name, generation = '0'] = known.split('.');
  names?.set(text, `${name}.${Number(generation) + 1}`);
}
