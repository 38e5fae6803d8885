import { shared } from './shared.ts';

/**
 * The texts of statements with which stores remove what has expired, every now and then. What watches the statements of a request
 * leaves them out: no value of the request is ever in one.
 */
const upkeep: Set<string> = shared('upkeep-statements', () => new Set<string>());

/** More tables has no application: beyond it, their upkeep is watched like any statement. */
const most = 256;

export function addUpkeep(text: string): void {
  if (upkeep.size < most) upkeep.add(text);
}

/** The whole text, to the letter: nothing that was put together equals it. */
export function isUpkeep(text: string): boolean {
  return upkeep.has(text);
}
