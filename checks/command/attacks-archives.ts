import { execFileSync } from 'node:child_process';
import type { Box } from './attacks-kind.ts';

/** A tar archive of one file. */
export function tarOf(box: Box, options: readonly string[] = []): Buffer {
  return execFileSync('/usr/bin/tar', ['-C', box.work, ...options, '-cf', '-', 'a.txt'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** A zip archive of one stored, empty file. */
export function zipOf(name: string): Buffer {
  const bytes = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(10, 4);
  local.writeUInt16LE(bytes.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(0x031e, 4);
  central.writeUInt16LE(10, 6);
  central.writeUInt16LE(bytes.length, 28);
  central.writeUInt32LE(0o100644 * 65_536, 38);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + bytes.length, 12);
  end.writeUInt32LE(30 + bytes.length, 16);
  return Buffer.concat([local, bytes, central, bytes, end]);
}
