/**
 * What one customer is given: an IPv4 address, or the /64 of an IPv6 one, however it is written. An IPv4 address that is
 * written as IPv6 (`::ffff:203.0.113.9`), as a server on both has it, is what it stands for.
 */
export function networkOf(client: string): string {
  const bounded = client.slice(0, 64);
  if (!bounded.includes(':')) return bounded;
  const usual = asNodeWrites.exec(bounded);
  if (usual) return usual[1] ?? usual[2] ?? '';
  if (!addressLike.test(bounded)) return bounded;
  const [plain = ''] = bounded.split('%');
  const [left = '', right] = plain.replace(lastFour, inGroups).split('::');
  const [head, tail] = [groupsOf(left), groupsOf(right ?? '')];
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return bounded;
  const groups = [...head, ...Array<number>(missing).fill(0), ...tail];
  const [, , , , , sixth, seventh = 0, eighth = 0] = groups;
  const mapped = sixth === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (mapped) return [seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join('.');
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** What most addresses look like, told apart without taking them to pieces: a flood asks for each of its events. */
const asNodeWrites =
  /^(?:::ffff:(\d{1,3}(?:\.\d{1,3}){3})|([1-9a-f][\da-f]{0,3}(?::(?:0|[1-9a-f][\da-f]{0,3})){3}):[\da-f:]*)$/;
/** Looked at here and not by `node:net`, which not every guard that writes events may import. */
const addressLike = /^[\da-f:]*:(?:[\da-f]{0,4}|(?:\d{1,3}\.){3}\d{1,3})(?:%|$)/i;
/** The end of an IPv6 address may be written as IPv4. */
const lastFour = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

function inGroups(_: string, ...parts: string[]): string {
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
