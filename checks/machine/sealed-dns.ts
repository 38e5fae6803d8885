import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** What one name answers. Each list is the answers to one query; the last one is repeated. */
export interface ZoneEntry {
  readonly a?: readonly (readonly string[])[];
  readonly aaaa?: readonly (readonly string[])[];
  /** Another name of the zone, whose answers follow in the same message. */
  readonly cname?: string;
  /** Never answers. */
  readonly silent?: true;
}

export type Zone = Readonly<Record<string, ZoneEntry>>;

const type = { a: 1, cname: 5, aaaa: 28 } as const;

export interface SealedDns {
  /** How often each was asked: `name.example AAAA`. */
  readonly queries: Map<string, number>;
  /** Another zone from now on, with nothing asked yet. */
  use(zone: Zone): void;
  stop(): void;
}

/** What fits into a datagram for a client that did not say more (RFC 1035, 4.2.1); longer ones are asked for over TCP. */
const longestDatagram = 512;

/** A name server (RFC 1035) for a zone at 127.0.0.53, for a sealed program. Every other name does not exist. */
export async function startDns(first: Zone): Promise<SealedDns> {
  let zone = first;
  const queries = new Map<string, number>();
  const reply = (message: Buffer, longest: number): Buffer | undefined => {
    const { name, end } = readName(message, 12);
    const asked = message.readUInt16BE(end);
    const key = `${name} ${asked === type.aaaa ? 'AAAA' : asked === type.a ? 'A' : asked}`;
    const count = queries.get(key) ?? 0;
    queries.set(key, count + 1);
    if (zone[name]?.silent) return undefined;
    const records = name in zone ? answer(zone, name, asked, count) : undefined;
    const header = Buffer.alloc(12);
    message.copy(header, 0, 0, 2);
    // A response, authoritative, recursion desired and available; NXDOMAIN for names outside of the zone.
    header.writeUInt16BE(records ? 0x8580 : 0x8583, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records?.length ?? 0, 6);
    const question = message.subarray(12, end + 4);
    const whole = Buffer.concat([header, question, ...(records ?? [])]);
    if (whole.length <= longest) return whole;
    // Asked again over TCP, and that is the same question.
    queries.set(key, count);
    header.writeUInt16BE(0x8780, 2);
    header.writeUInt16BE(0, 6);
    return Buffer.concat([header, question]);
  };
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const answered = reply(message, longestDatagram);
    if (answered) socket.send(answered, peer.port, peer.address);
  });
  await new Promise<void>((done) => socket.bind(53, '127.0.0.53', done));
  const server = createServer((stream) => {
    let buffered = Buffer.alloc(0);
    stream.on('error', () => {});
    stream.on('data', (chunk) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (let size = sizeOf(buffered); buffered.length >= size; size = sizeOf(buffered)) {
        const answered = reply(buffered.subarray(2, size), 65_535);
        buffered = buffered.subarray(size);
        const length = Buffer.alloc(2);
        length.writeUInt16BE(answered?.length ?? 0);
        if (answered) stream.write(Buffer.concat([length, answered]));
      }
    });
  });
  await new Promise<void>((done) => server.listen(53, '127.0.0.53', done));
  return {
    queries,
    use(other) {
      zone = other;
      queries.clear();
    },
    stop() {
      socket.close();
      server.close();
    },
  };
}

/** Of the first message with its length in front (RFC 1035, 4.2.2). */
function sizeOf(buffered: Buffer): number {
  return buffered.length < 2 ? Number.POSITIVE_INFINITY : 2 + buffered.readUInt16BE(0);
}

function answer(zone: Zone, name: string, asked: number, count: number): Buffer[] {
  const records: Buffer[] = [];
  let owner = name;
  for (let entry = zone[owner]; entry; entry = zone[owner]) {
    if (entry.cname !== undefined && records.length < 20) {
      records.push(record(owner, type.cname, writeName(entry.cname)));
      owner = entry.cname;
      continue;
    }
    const lists = asked === type.a ? entry.a : asked === type.aaaa ? entry.aaaa : undefined;
    for (const address of lists?.[Math.min(count, lists.length - 1)] ?? []) {
      records.push(record(owner, asked, asked === type.a ? ipv4Bytes(address) : ipv6Bytes(address)));
    }
    break;
  }
  return records;
}

function record(owner: string, recordType: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(recordType, 0);
  fixed.writeUInt16BE(1, 2);
  // A time to live of 0: a rebinding server wants to be asked again.
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([writeName(owner), fixed, data]);
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1'));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function ipv4Bytes(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

/** Groups in hexadecimal, with at most one `::`; the last 32 bits may be dotted. */
function ipv6Bytes(text: string): Buffer {
  const address = text.replace(/[^:]*\.[^:]*$/, (dotted) => {
    const bytes = ipv4Bytes(dotted);
    return `${bytes.readUInt16BE(0).toString(16)}:${bytes.readUInt16BE(2).toString(16)}`;
  });
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}
