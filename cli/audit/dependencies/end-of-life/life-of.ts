import { endOfLife, endOfLifeDay } from './end-of-life-data.ts';

export interface Life {
  readonly state: 'ended' | 'supported' | 'unknown';
  /** The release line that was found: `4.2`. */
  readonly cycle: string | undefined;
  /** The last day with security fixes, if it is known. */
  readonly until?: string;
}

/** In days. A line without a day of its own may have got one since. */
const oldData = 400;

/** Whether the data speaks of a product: `node`, `python`, `npm/next`. */
export function hasLife(product: string): boolean {
  return Object.hasOwn(endOfLife, product);
}

/**
 * Whether a version still gets security fixes.
 *
 * @param version may lack its last parts: `20`, `3.11`
 */
export function lifeOf(product: string, version: string, today: string): Life {
  const cycles = Object.hasOwn(endOfLife, product) ? (endOfLife[product] ?? {}) : {};
  const [, major, minor] = /^[v=]*(\d{1,5})(?:\.(\d{1,5}))?(?![\w-])/.exec(version.trim()) ?? [];
  if (major === undefined) return { state: 'unknown', cycle: undefined };
  const cycle = [`${major}.${minor ?? ''}`, major].find((one) => Object.hasOwn(cycles, one));
  const end = cycle === undefined ? undefined : cycles[cycle];
  if (end === undefined) return { state: 'unknown', cycle };
  if (end === true) return { state: 'ended', cycle };
  if (typeof end === 'string') return { state: end < today ? 'ended' : 'supported', cycle, until: end };
  const age = (Date.parse(today) - Date.parse(endOfLifeDay)) / 86_400_000;
  return { state: age <= oldData ? 'supported' : 'unknown', cycle };
}
