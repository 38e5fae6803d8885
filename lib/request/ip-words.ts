/**
 * The 16-bit words of an address: two of IPv4, eight of IPv6, without its zone. Undefined for anything else, such as IPv4 in octal or
 * hexadecimal, which programs read differently. Runs without Node.
 */
export function ipWords(text: string): readonly number[] | undefined {
  if (ipv4.test(text)) return ipv4Words(text);
  const [address = '', zone] = text.split('%', 2);
  if (zone !== undefined && !zoneName.test(text.slice(address.length + 1))) return undefined;
  return ipv6Words(address);
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const zoneName = /^[\w.:-]+$/;

function ipv4Words(text: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

function ipv6Words(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half, index) => groupsOf(half, index === halves.length - 1));
  if (!left || (halves.length === 2 && !right)) return undefined;
  const missing = 8 - left.length - (right?.length ?? 0);
  // Two colons stand for at least one group.
  if (right ? missing < 1 : missing !== 0) return undefined;
  return [...left, ...Array<number>(missing).fill(0), ...(right ?? [])];
}

/** The end of an address may be written as IPv4. */
function groupsOf(half: string, isEnd: boolean): readonly number[] | undefined {
  if (half === '') return [];
  const words: number[] = [];
  const groups = half.split(':');
  for (const [index, group] of groups.entries()) {
    if (hexadecimal.test(group)) words.push(Number.parseInt(group, 16));
    else if (isEnd && index === groups.length - 1 && ipv4.test(group)) words.push(...ipv4Words(group));
    else return undefined;
  }
  return words.length > 8 ? undefined : words;
}

const hexadecimal = /^[\da-f]{1,4}$/i;

/** An IPv6 address as `inet_ntop` spells it, and IPv4-mapped ones as IPv4: the one spelling of each address (RFC 5952). */
export function spellIp(words: readonly number[]): string {
  if (words.length === 2) return dotted(words);
  const [start, length] = longestZeros(words);
  if (start === 0 && length === 5 && words[5] === 0xffff) return dotted(words.slice(6));
  if (start === 0 && length === 6) return `::${dotted(words.slice(6))}`;
  const spelt = words.map((word) => word.toString(16));
  if (length < 2) return spelt.join(':');
  return `${spelt.slice(0, start).join(':')}::${spelt.slice(start + length).join(':')}`;
}

/** The first of the longest. */
function longestZeros(words: readonly number[]): readonly [start: number, length: number] {
  let longest: readonly [number, number] = [-1, 0];
  for (let start = 0; start < words.length; start++) {
    let end = start;
    while (words[end] === 0) end++;
    if (end - start > longest[1]) longest = [start, end - start];
  }
  return longest;
}

function dotted([high = 0, low = 0]: readonly number[]): string {
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
