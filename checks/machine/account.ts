import { readFileSync } from 'node:fs';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom a server runs as: the caller, or, because databases refuse root (and rightly), the first of these accounts
 * that the machine has.
 */
export function serverAccount(...names: string[]): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of [...names, 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    `Root cannot run a database, and none of these accounts exists: ${names.join(', ')}, nobody.`,
  );
}
