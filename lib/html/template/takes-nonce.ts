import { decodeReferences } from './decode-references.ts';
import { isData } from './read-raw-content.ts';
import type { StartTag } from './read-tag.ts';

/** True for what a Content-Security-Policy asks a nonce of, where the author wrote none. */
export function takesNonce(source: string, tag: StartTag): boolean {
  if (!nonced.has(tag.name) || tag.attributes.some(({ name }) => name === 'nonce')) return false;
  if (tag.name === 'script') return !isData(source, tag);
  if (tag.name === 'style') return true;
  const rel = tag.attributes.find(({ name }) => name === 'rel');
  if (rel === undefined) return false;
  return loading.test(decodeReferences(source.slice(rel.valueStart, rel.valueEnd)));
}

const nonced: ReadonlySet<string> = new Set(['link', 'script', 'style']);
const loading = /(?:^|[\t\n\f\r ])(?:modulepreload|preload|stylesheet)(?:[\t\n\f\r ]|$)/i;
