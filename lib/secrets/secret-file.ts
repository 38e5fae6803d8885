/** What a file gave: its text, nothing, or what is wrong with it, as the end of a sentence that begins with its path. */
export type FileReading =
  | { readonly text: string; readonly everyoneReads: boolean }
  | { readonly problem: string }
  | undefined;

const mostBytes = 65_536;

/**
 * Reads a file that holds one secret as UTF-8 text. Undefined where there is none.
 *
 * Symbolic links are followed, because Kubernetes mounts secrets as links. What they lead to must be a regular file that has a size:
 * a pipe, a device, a directory and the files of `/proc` are refused without being read. Everyone who may write the file could
 * replace the secret, so that is refused too (CWE-732).
 */
export async function readSecretFile(path: string): Promise<FileReading> {
  // Loaded here, so that workers can import the rest.
  const { constants, open } = await import('node:fs/promises');
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    // O_NONBLOCK: a pipe without a writer would hold up the process.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { problem: `cannot be read (${code})` };
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return { problem: 'is not a regular file' };
    if (stat.size === 0) return { problem: 'is empty, or not a file on a disk' };
    if (stat.size > mostBytes) return { problem: `has more than ${mostBytes} bytes` };
    // Windows has other rights, and reports these as set.
    const others = process.platform === 'win32' ? 0 : stat.mode;
    if ((others & 0o002) !== 0) return { problem: 'is writable by everyone: run `chmod o-w` on it' };
    const bytes = new Uint8Array(mostBytes + 1);
    let length = 0;
    for (let more = 1; more > 0 && length < bytes.length; length += more) {
      more = (await handle.read(bytes, length, bytes.length - length, length)).bytesRead;
    }
    if (length > mostBytes) return { problem: `has more than ${mostBytes} bytes` };
    const decoded = decode(bytes.subarray(0, length));
    return 'problem' in decoded ? decoded : { text: decoded.text, everyoneReads: (others & 0o004) !== 0 };
  } catch (error) {
    return { problem: `cannot be read (${errorCode(error)})` };
  } finally {
    await handle.close();
  }
}

function decode(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: 'is UTF-16 text: save it as UTF-8' };
  }
  try {
    // A byte order mark is dropped.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'is not UTF-8 text: write binary keys as base64' };
  }
}

function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z\d_]{1,40}$/.test(code) ? code : 'unknown error';
}
