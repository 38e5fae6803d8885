import { createSocket } from 'node:dgram';

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

/** A name server (RFC 1035) for one zone at 127.0.0.53, for a sealed program. Every other name does not exist. */
export async function startDns(zone: Zone): Promise<{ queries: Map<string, number>; stop(): void }> {
  const queries = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const { name, end } = readName(message, 12);
    const asked = message.readUInt16BE(end);
    const key = `${name} ${asked === type.aaaa ? 'AAAA' : asked === type.a ? 'A' : asked}`;
    const count = queries.get(key) ?? 0;
    queries.set(key, count + 1);
    if (zone[name]?.silent) return;
    const records = name in zone ? answer(zone, name, asked, count) : undefined;
    const header = Buffer.alloc(12);
    message.copy(header, 0, 0, 2);
    // A response, authoritative, recursion desired and available; NXDOMAIN for names outside of the zone.
    header.writeUInt16BE(records ? 0x8580 : 0x8583, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records?.length ?? 0, 6);
    socket.send(
      Buffer.concat([header, message.subarray(12, end + 4), ...(records ?? [])]),
      peer.port,
      peer.address,
    );
  });
  await new Promise<void>((done) => socket.bind(53, '127.0.0.53', done));
  return { queries, stop: () => socket.close() };
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

/** Groups in hexadecimal, with at most one `::`; no dotted part. */
function ipv6Bytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}
