import { mulberry32 } from '../../bench/interval.ts';

/** A request that an attacker sends, as its bytes on the wire. */
export interface HostileRequest {
  readonly kind: HostileKind;
  /** Written one after the other. */
  readonly pieces: readonly Buffer[];
  /** What the client does after the last piece. */
  readonly then: 'wait' | 'reset' | 'drip';
}

export type HostileKind =
  | ('truncated' | 'nested' | 'headers' | 'boundaries' | 'parts')
  | ('names' | 'mutated' | 'garbage' | 'reset' | 'slow');
const hostileKinds: readonly HostileKind[] = [
  ...(['truncated', 'nested', 'headers', 'boundaries', 'parts'] as const),
  ...(['names', 'mutated', 'garbage', 'reset', 'slow'] as const),
];

const boundary = '----hostile-7MA4YWxkTrZu0gW';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The same number gives the same request. */
export function hostileRequest(index: number): HostileRequest {
  const random = mulberry32(index + 1);
  const turn = hostileKinds[index % hostileKinds.length] as HostileKind;
  // Slow clients take time of the test: one in fifty is enough.
  const kind = turn === 'slow' && index % 50 !== 9 ? 'mutated' : turn;
  const below = (most: number): number => Math.floor(random() * most);
  const { body, type = `multipart/form-data; boundary=${boundary}` } = writers[kind](below, index);
  const isChunked = below(3) === 0;
  const announced = kind === 'reset' || kind === 'slow' ? body.length + 10_000 : body.length;
  const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${announced}`;
  const head = Buffer.from(
    `POST /upload HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`,
    'latin1',
  );
  const pieces = cut(body, below).map((piece) => (isChunked ? asChunk(piece) : piece));
  if (isChunked && kind !== 'reset' && kind !== 'slow') pieces.push(Buffer.from('0\r\n\r\n'));
  const then = kind === 'reset' ? 'reset' : kind === 'slow' ? 'drip' : 'wait';
  return { kind, pieces: [head, ...pieces], then };
}

type Below = (most: number) => number;
interface Written {
  readonly body: Buffer;
  readonly type?: string;
}

const part = (headers: string, data: string | Buffer = png): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`, 'latin1'),
    Buffer.from(data),
    Buffer.from('\r\n'),
  ]);
const end = Buffer.from(`--${boundary}--\r\n`);
const file = 'Content-Disposition: form-data; name="file"; filename="me.png"\r\nContent-Type: image/png';
const text = (name: string): string => `Content-Disposition: form-data; name="${name}"`;
const form = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...parts, end]);
const valid = (below: Below): Buffer =>
  form(
    part(text('title'), 'x'),
    part(file, Buffer.concat([png, Buffer.alloc(below(5_000), 7)])),
    part(text('note'), 'y'),
  );

const writers: Readonly<Record<HostileKind, (below: Below, index: number) => Written>> = {
  truncated: (below) => {
    const body = valid(below);
    return { body: body.subarray(0, below(body.length - 2)) };
  },
  nested(below) {
    let inner = part(file);
    for (let depth = 0; depth <= below(30); depth++) {
      inner = part(`${text('file')}\r\nContent-Type: multipart/mixed; boundary=b${depth}`, inner);
    }
    return { body: form(inner) };
  },
  headers(below) {
    const size = 10 ** (3 + below(4));
    const long = [
      `${file}\r\nX-Long: ${'y'.repeat(size)}`,
      `${file}\r\n${'X-A: b\r\n'.repeat(size / 10)}X-B: c`,
      `${'y'.repeat(size)}\r\n${file}`,
      `${file}; x="${'\\'.repeat(size)}`,
      `${file}\r\n${' \t'.repeat(size / 2)}`,
      `Content-Disposition: form-data; name="file"; filename="${'n'.repeat(size)}.png"`,
    ];
    return { body: form(part(long[below(long.length)] as string)) };
  },
  boundaries(below) {
    const types = [
      '',
      '; boundary=',
      '; boundary="',
      `; boundary=${'b'.repeat(71 + below(5_000))}`,
      '; boundary=other',
      '; boundary=\xff',
    ];
    const near = `\r\n--${boundary.slice(0, -1)}`.repeat(1 + below(20_000));
    return below(2) === 0
      ? { body: valid(below), type: `multipart/form-data${types[below(types.length)]}` }
      : { body: form(part(file, Buffer.concat([png, Buffer.from(near)])), Buffer.from(`--${boundary}-`)) };
  },
  parts(below, index) {
    const count = index % 100 === 4 ? 10_000 : 50 + below(500);
    const empty = part(below(2) === 0 ? text(`f${below(3)}`) : file, below(2) === 0 ? '' : 'x');
    return { body: form(...Array.from({ length: count }, () => empty)) };
  },
  names(below) {
    const names = [
      ...[
        '__proto__',
        'constructor[prototype][x]',
        'a[b][c][d]',
        `a${'[b]'.repeat(500)}`,
        'a[999999999]',
        '',
        '[',
        'toString',
      ],
      ...['file[]', 'file.x', '\0', '\u00ff'.repeat(200), '%00', '../x', 'x'.repeat(10_000)],
    ];
    const name = names[below(names.length)] as string;
    const files = [
      '../../../../tmp/x.png',
      'x.png\0.php',
      'C:\\x\\..\\y.png',
      '"',
      '',
      '.',
      '..',
      'con.png',
      `${'y'.repeat(3_000)}.png`,
    ];
    const named = `Content-Disposition: form-data; name="${name}"; filename="${files[below(files.length)]}"`;
    return { body: form(part(text(name), 'x'), part(named), part(text(name), 'x')) };
  },
  mutated(below) {
    const body = Buffer.from(valid(below));
    for (let i = 0; i <= below(8); i++) body[below(below(2) === 0 ? 300 : body.length)] = below(256);
    const at = below(body.length);
    return {
      body: below(2) === 0 ? body : Buffer.concat([body.subarray(0, at), body.subarray(below(body.length))]),
    };
  },
  garbage: (below) => ({ body: Buffer.from(Array.from({ length: below(5_000) }, () => below(256))) }),
  reset: (below) => writers.truncated(below, 0),
  slow: (below) => writers.truncated(below, 0),
};

function cut(body: Buffer, below: Below): Buffer[] {
  if (below(2) === 0 || body.length < 2) return [body];
  const at = 1 + below(body.length - 1);
  return [body.subarray(0, at), body.subarray(at)];
}

function asChunk(piece: Buffer): Buffer {
  return piece.length === 0
    ? piece
    : Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
}
