import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';

/**
 * Where lines go, written before the call returns: a process that ends, whatever the way, has told what it did. Throws
 * where the file cannot be written, or is a symbolic link, a pipe or a device (CWE-59).
 */
export function openLog(log: string): (line: string) => void {
  if (log === 'off') return () => {};
  const fd = log === 'stderr' ? 2 : openFile(log);
  return (line) => void writeSync(fd, line);
}

function openFile(path: string): number {
  // Windows knows neither of the two that default to 0. Appending is what lets processes share the file.
  const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_WRONLY } = constants;
  const fd = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_WRONLY, 0o600);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw new Error(`${path} is not a regular file`);
}
