import { randomBytes } from 'node:crypto';
import { valuesOf } from './hop-by-hop.ts';

/** A chain that is longer goes in a circle, whoever it passes. */
const mostHops = 16;

/** Marks what came through this process (RFC 9110, 7.6.3), by a name that says nothing about the machine. */
export interface Via {
  /** The value to add: `1.1 bulwark-3f2a91c0`. */
  readonly value: string;
  /** True where the request came through here before. */
  loops(rawHeaders: readonly string[]): boolean;
}

export function createVia(): Via {
  const name = `bulwark-${randomBytes(4).toString('hex')}`;
  return Object.freeze({
    value: `1.1 ${name}`,
    loops(rawHeaders: readonly string[]): boolean {
      const hops = valuesOf(rawHeaders, 'via').flatMap((value) => value.split(','));
      return hops.length > mostHops || hops.some((hop) => hop.trim().split(/[ \t]+/)[1] === name);
    },
  });
}
