import { createHash } from 'node:crypto';

/** Half of the projects to learn from, and three slices that are scanned once each, one a round. */
export type Part = 'learn' | 'slice-1' | 'slice-2' | 'slice-3';

export const parts: readonly Part[] = ['learn', 'slice-1', 'slice-2', 'slice-3'];

/**
 * The part that a project belongs to, by its name alone: a project that is added later moves no other one, and nobody chooses. Packages
 * of one family (`n8n` and `n8n-core`, all of `@strapi`) are in one part, as they share code.
 *
 * @example
 * partOf('npm:n8n-core') === partOf('github:n8n-io/n8n'); // true
 */
export function partOf(source: string): Part {
  const [first = 0, second = 0] = createHash('sha256')
    .update(`real code ${familyOf(source)}`)
    .digest();
  if (first % 2 === 0) return 'learn';
  return parts[1 + (second % 3)] as Part;
}

function familyOf(source: string): string {
  const name = source.toLowerCase().replace(/^github:[^/]+\/|^npm:@?/, '');
  return /^[^-_./]+/.exec(name)?.[0] ?? name;
}
