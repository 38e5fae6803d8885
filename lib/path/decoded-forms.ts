/** No layer decodes more often. */
const mostRounds = 8;

/**
 * The text itself, and its forms after decoding once, twice, and so on, until nothing is left to decode. The list ends with undefined if that
 * takes more than 8 rounds. What isn't an encoding stays as it is: `100%.txt`, `50%2 off.txt`.
 */
export function* decodedForms(text: string): Generator<string | undefined> {
  let form = text;
  for (let round = 0; round <= mostRounds; round++) {
    yield form;
    const decoded = decode(form);
    if (decoded === form) return;
    form = decoded;
  }
  yield undefined;
}

/** Percent-encoding, including that of IIS (`%u002e`). */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%u([\da-f]{4})|(?:%[\da-f]{2})+/gi, (run, unit?: string) =>
    unit === undefined ? fromBytes(bytesOf(run)) : String.fromCharCode(Number.parseInt(unit, 16)),
  );
}

function bytesOf(run: string): readonly number[] {
  return run
    .slice(1)
    .split('%')
    .map((pair) => Number.parseInt(pair, 16));
}

/**
 * UTF-8 as careless decoders read it: longer forms than needed (`%c0%ae` is a dot; CVE-2000-0884, CVE-2008-2938), and invalid second bytes
 * (`%c0%2f`, `%c0%5c`). Bytes of other encodings become U+FFFD.
 */
function fromBytes(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const [character, length] = characterAt(bytes, at);
    text += character;
    at += length;
  }
  return text;
}

function characterAt(bytes: readonly number[], at: number): readonly [character: string, length: number] {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return [String.fromCharCode(first), 1];
  const length = lengthOf(first);
  const rest = bytes.slice(at + 1, at + length);
  if (length === 0 || rest.length < length - 1) return ['\ufffd', 1];
  const code = rest.reduce((sum, byte) => sum * 64 + (byte & 0x3f), first & (0xff >> (length + 1)));
  const isProper = rest.every((byte) => (byte & 0xc0) === 0x80);
  const character = code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  if (isProper || '/\\.'.includes(character)) return [character, length];
  // Followed by ASCII, it is dropped.
  return [(rest[0] ?? 0) < 0x80 ? '' : '\ufffd', 1];
}

/** How many bytes a first byte announces, up to the six of RFC 2279; 0 if it is no first byte. */
function lengthOf(first: number): number {
  if (first < 0xc0 || first > 0xfd) return 0;
  return Math.clz32(~(first << 24));
}
