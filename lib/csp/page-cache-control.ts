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

/**
 * A shared cache prefers `s-maxage` to `max-age` (RFC 9111, 5.2.2.10). `public` without either lets it choose a lifetime
 * itself (RFC 9111, 4.2.2).
 */
function isFresh(given: readonly Directive[]): boolean {
  const find = (wanted: string): Directive | undefined => given.find(({ name }) => name === wanted);
  if (find('no-cache')) return false;
  const age = find('s-maxage') ?? find('max-age');
  return age === undefined ? find('public') !== undefined : Number(age.value.replaceAll('"', '')) > 0;
}

/**
 * True for a header that a content delivery network or a proxy obeys instead of `Cache-Control`: the targeted fields of
 * RFC 9213, `Surrogate-Control`, Akamai's `Edge-Control`, nginx's `X-Accel-Expires` and LiteSpeed's.
 */
export function isCdnCacheControl(name: string): boolean {
  // Each header of each response is asked for.
  const last = name.charCodeAt(name.length - 1) | 0x20;
  if (name.length < 12 || (last !== l && last !== s)) return false;
  return /(?:^|-)(?:cdn|akamai|litespeed)-cache-control$|^(?:surrogate-control|edge-control|x-accel-expires)$/i.test(
    name,
  );
}

const l = 0x6c;
const s = 0x73;

/** True if this value of such a header lets the network store the response for everyone. */
export function letsCdnStore(name: string, value: string): boolean {
  if (/^x-accel-expires$/i.test(name)) return !/^\s*@?(?:0+|off)\s*$/i.test(value);
  return !/(?:^|[\s,])(?:private|no-store|bypass-cache)(?=$|[\s,;])/i.test(value);
}
