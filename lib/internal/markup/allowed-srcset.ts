const mostCandidates = 20;
const descriptor = /^(?:\d{1,5}w|\d{1,2}(?:\.\d{1,3})?x)$/;

/**
 * The candidates of a `srcset` that are allowed, written anew; undefined where none is left. Each has its descriptor,
 * so that no comma of a URL can be taken for the end of one.
 *
 * @param urlOf gives the URL to write, or undefined to leave the candidate out
 */
export function allowedSrcset(value: string, urlOf: (url: string) => string | undefined): string | undefined {
  const kept: string[] = [];
  // As the HTML standard reads it (4.8.4.3.9): a URL goes on to white space, and a comma at its end ends the candidate.
  const candidate = /[\s,]*([^\s,]\S*)([^,]*)/y;
  for (let i = 0; i < mostCandidates; i++) {
    const [, token, rest = ''] = candidate.exec(value) ?? [];
    if (token === undefined) break;
    const bare = token.replace(/,{1,9}$/, '');
    // What stands behind the comma is the next candidate.
    if (bare !== token) candidate.lastIndex -= rest.length;
    const density = (bare === token && rest.trim()) || '1x';
    const url = descriptor.test(density) ? urlOf(bare) : undefined;
    if (url !== undefined && /^[^\s,](?:\S*[^\s,])?$/.test(url)) kept.push(`${url} ${density}`);
  }
  return kept.length === 0 ? undefined : kept.join(', ');
}
