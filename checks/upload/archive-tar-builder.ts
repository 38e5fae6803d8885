/** One header of a tar that is built by hand, and what follows it. */
export interface BuiltMember {
  readonly name: string | Buffer;
  readonly data?: Buffer | string;
  /** `0` by default. */
  readonly type?: string;
  readonly link?: string;
  readonly prefix?: string;
  /** Replaces the 12 bytes of the size. */
  readonly size?: Buffer | number;
  /** `ustar` by default. */
  readonly magic?: 'ustar' | 'gnu' | 'v7' | Buffer;
  readonly mode?: number;
  readonly checksum?: number;
}

const block = 512;

/** @param end how it ends: two empty blocks by default */
export function buildTar(members: readonly BuiltMember[], end: Buffer = Buffer.alloc(2 * block)): Buffer {
  return Buffer.concat([...members.map(buildMember), end]);
}

export function buildMember(member: BuiltMember): Buffer {
  const data = typeof member.data === 'string' ? Buffer.from(member.data) : (member.data ?? Buffer.alloc(0));
  const header = Buffer.alloc(block);
  header.write(octal(member.mode ?? 0o644, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1');
  header.write(octal(0, 7), 116, 'latin1');
  header.write(octal(0, 11), 136, 'latin1');
  const name = typeof member.name === 'string' ? Buffer.from(member.name) : member.name;
  name.copy(header, 0, 0, 100);
  const size = member.size ?? data.length;
  if (typeof size === 'number') header.write(octal(size, 11), 124, 'latin1');
  else size.copy(header, 124, 0, 12);
  header.write(member.type ?? '0', 156, 'latin1');
  header.write(member.link ?? '', 157);
  writeMagic(header, member.magic ?? 'ustar');
  header.write(member.prefix ?? '', 345);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(member.checksum ?? sum, 6)}\0 `, 148, 'latin1');
  return Buffer.concat([header, data, Buffer.alloc((block - (data.length % block)) % block)]);
}

/** An extended header of PAX with these records. */
export function paxHeader(records: Readonly<Record<string, string>>, type = 'x'): BuiltMember {
  return { name: 'PaxHeaders/x', type, data: Object.entries(records).map(paxRecord).join('') };
}

function paxRecord([key, value]: readonly [string, string]): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const length = bytes + String(bytes + String(bytes).length).length;
  return `${length}${rest}`;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function writeMagic(header: Buffer, magic: 'ustar' | 'gnu' | 'v7' | Buffer): void {
  if (magic === 'v7') return;
  if (magic === 'ustar') header.write('ustar\x0000', 257, 'latin1');
  else if (magic === 'gnu') header.write('ustar  \0', 257, 'latin1');
  else magic.copy(header, 257);
}
