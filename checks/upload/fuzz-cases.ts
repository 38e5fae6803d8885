import fc from 'fast-check';

/** One change to a body. */
type Mutation = (body: Buffer) => Buffer;

/** What parsers of multipart trip over. */
const pieces = [
  ...['\r\n', '\r', '\n', '--', '\r\n\r\n', '\r\n--', ';', '"', '\\', '=', "'", '%00', '\0', ': ', ' '],
  ...[
    '; filename="x.php"',
    "; filename*=UTF-8''x.php",
    '; name="other"',
    'Content-Transfer-Encoding: base64\r\n',
  ],
  ...['Content-Type: multipart/mixed; boundary=x\r\n', 'Content-Disposition: form-data\r\n'],
];

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => (body: Buffer) => {
    const changed = Buffer.from(body);
    if (changed.length > 0) changed[at % changed.length] = byte;
    return changed;
  }),
  fc.tuple(fc.nat(), fc.constantFrom(...pieces)).map(([at, piece]) => (body: Buffer) => {
    const place = at % (body.length + 1);
    return Buffer.concat([body.subarray(0, place), Buffer.from(piece), body.subarray(place)]);
  }),
  fc.tuple(fc.nat(), fc.nat(200)).map(([at, length]) => (body: Buffer) => {
    const place = at % (body.length + 1);
    return Buffer.concat([body.subarray(0, place), body.subarray(place + length)]);
  }),
  fc.tuple(fc.nat(), fc.nat(400), fc.nat()).map(([from, length, to]) => (body: Buffer) => {
    const start = from % (body.length + 1);
    const place = to % (body.length + 1);
    const copied = body.subarray(start, start + length);
    return Buffer.concat([body.subarray(0, place), copied, body.subarray(place)]);
  }),
);

/** A body that was changed in a few places. */
export function mutated(body: Buffer): fc.Arbitrary<Buffer> {
  return fc
    .array(mutation, { minLength: 1, maxLength: 6 })
    .map((mutations) => mutations.reduce((changed, mutate) => mutate(changed), body));
}
