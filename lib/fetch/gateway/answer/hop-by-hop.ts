/** Fields of one connection and not of the message: never forwarded (RFC 9110, 7.6.1; Proxy-Connection is older). */
const ofOneHop: ReadonlySet<string> = new Set([
  ...['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authorization', 'proxy-authenticate', 'proxy-authentication-info', 'http2-settings'],
]);

/** What frames or addresses a message must not be taken away by naming it in Connection. */
const kept: ReadonlySet<string> = new Set(['content-length', 'host']);

/**
 * The fields that go on, as name and value in turn, in their order and spelling. Those that Connection names are
 * left out as well.
 *
 * @param without more names in lower case
 */
export function endToEnd(raw: readonly string[], without: readonly string[]): string[] {
  const named = new Set<string>();
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]?.toLowerCase() !== 'connection') continue;
    for (const name of (raw[at + 1] ?? '').split(',')) named.add(name.trim().toLowerCase());
  }
  const forwarded: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    const lower = name.toLowerCase();
    if (ofOneHop.has(lower) || without.includes(lower) || (named.has(lower) && !kept.has(lower))) continue;
    forwarded.push(name, value);
  }
  return forwarded;
}

/** Every value of a field; `IncomingMessage.headers` keeps only the first of some. */
export function valuesOf(raw: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const other = raw[at] ?? '';
    // The length first: nearly every field has another one, and lower case costs more.
    if (other.length === name.length && other.toLowerCase() === name) values.push(raw[at + 1] ?? '');
  }
  return values;
}
