import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from 'node:fs';

/**
 * Where lines go, written before the call returns: a process that ends, whatever the way, has told what it did. Throws
 * where the file cannot be written, is a symbolic link, a pipe or a device (CWE-59), or is the policy itself.
 */
export function openLog(log: string, policy: string): (line: string) => void {
  if (log === 'off') return () => {};
  const fd = log === 'stderr' ? 2 : openFile(log, policy);
  return (line) => void writeSync(fd, line);
}

function openFile(path: string, policy: string): number {
  // Windows knows neither of the two that default to 0. Appending is what lets processes share the file.
  const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_WRONLY } = constants;
  const fd = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_WRONLY, 0o600);
  const [log, other] = [fstatSync(fd), statSync(policy)];
  const same = log.dev === other.dev && log.ino === other.ino;
  if (log.isFile() && !same) return fd;
  closeSync(fd);
  throw new Error(`${path} is ${same ? 'the policy file' : 'not a regular file'}`);
}
