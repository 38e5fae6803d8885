/** What `Cache-Control` a page with a nonce is sent with. */
export interface PageCacheControl {
  readonly value: string;
  /** Whether the application's own value let a shared cache hand out the page without asking the server again. */
  readonly wasShared: boolean;
}

/**
 * A shared cache must never keep a page whose policy has a nonce: everybody would be given the same one. Without a value
 * of the application's own the browser may keep the page, and asks before it shows it again; so the back and forward
 * buttons stay quick, as they would not with `no-store`. With one, its directives stay, but for those that share.
 *
 * @param own the application's value; several lines are one list (RFC 9111, 5.2)
 */
export function pageCacheControl(own: string | undefined): PageCacheControl {
  if (own === undefined || own.trim() === '') return { value: 'private, no-cache', wasShared: false };
  const given = directivesOf(own);
  const names = new Set(given.map(({ name }) => name));
  // `private="set-cookie"` is about one field, and lets the rest be shared.
  const kept = given.some(({ name, value }) => name === 'no-store' || (name === 'private' && value === ''));
  if (kept && !names.has('public') && !names.has('s-maxage')) return { value: own, wasShared: false };
  if (names.has('no-store')) return { value: 'private, no-store', wasShared: false };
  const rest = given.filter(({ name }) => !sharing.has(name)).map(({ text }) => text);
  return { value: ['private', ...rest].join(', '), wasShared: !kept && isFresh(given) };
}

const sharing: ReadonlySet<string> = new Set(['public', 's-maxage', 'private', 'proxy-revalidate']);

interface Directive {
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

function directivesOf(header: string): readonly Directive[] {
  // Longer ones are no header that a browser would take; a match of each directive is linear.
  return [...header.slice(0, 4_096).matchAll(/([\w-]+)(?:\s{0,9}=\s{0,9}("[^"]*"|[^\s,]*))?/g)].map(
    ([text, name = '', value = '']) => ({ name: name.toLowerCase(), value, text }),
  );
}

/** Of the two ages a shared cache takes its own (RFC 9111, 5.2.2.10). */
function isFresh(given: readonly Directive[]): boolean {
  const age = (wanted: string): string | undefined => given.find(({ name }) => name === wanted)?.value;
  const seconds = (age('s-maxage') ?? age('max-age'))?.replaceAll('"', '');
  return Number(seconds ?? 0) > 0 && !given.some(({ name }) => name === 'no-cache');
}

/** Headers that content delivery networks obey instead of `Cache-Control` (RFC 9213). */
export function isCdnCacheControl(name: string): boolean {
  return /(?:^|-)cdn-cache-control$|^surrogate-control$/i.test(name);
}
