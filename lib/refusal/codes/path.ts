interface Denied {
  /** What was asked for, at most 512 characters of it. */
  readonly input: string;
  readonly reason: string;
}

export interface PathDetail {
  'path/traversal': Denied;
  'path/unsafe-name': Denied;
  'path/too-long': Denied;
}

export const pathCodes = {
  /**
   * A path from the request would have left its folder: by a dot segment, as an absolute path, by a backslash, or by one of these once it is decoded
   * (CWE-22). Attackers read keys and configuration this way, and write over code. Checks such as `path.startsWith(root)` after `path.join` miss
   * `/srv/photos-private` beside `/srv/photos`; removing `../` once leaves it in `....//`. CVE-2021-41773, CVE-2024-4577 and Zip Slip are of this kind.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   *
   * inside('/srv/photos', '2026/sea.jpg'); // and not '../sea.jpg', '/etc/passwd', '%2e%2e/sea.jpg' or 'C:\\sea.jpg'
   * ```
   */
  'path/traversal': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 22,
    owasp: 'A01:2025',
    message: 'A path was refused, because it leads out of its folder, or would once it is decoded.',
    hint: 'Send names relative to the folder, with slashes. If your program makes the path, join it after `inside`, with your own constants.',
  },
  /**
   * A path from the request has a name that not every layer reads alike (CWE-41): a NUL or another control character, an empty name (`a//b`), or what is
   * special on Windows, on every platform: devices (`CON`, `nul.txt`), streams and drives (`a.txt:b`), a dot or space at the end. A check of the
   * extension sees `shell.php.`, and Windows runs `shell.php`. Values that aren't strings are refused too.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   *
   * inside('/srv/photos', 'console.jpg'); // and not 'con.jpg', 'sea.jpg:1', 'sea.jpg.' or 'sea.jpg\0.png'
   * ```
   */
  'path/unsafe-name': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 41,
    owasp: 'A01:2025',
    message: 'A path was refused, because a name in it is not read alike on every platform.',
    hint: 'Store files that users name under names of your own, and keep their names as data. Write times as `12-30`, not `12:30`.',
  },
  /**
   * A path from the request is longer than file systems take: 255 bytes for a name, 4,095 for the whole path with its folder, 64 levels. Names in
   * other scripts than Latin have two to four bytes a character.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   *
   * inside('/srv/photos', 'a'.repeat(255)); // and not 256
   * ```
   */
  'path/too-long': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 1284,
    owasp: 'A06:2025',
    message: 'A path was refused, because it or a name in it is too long.',
    hint: 'Shorten the name before you store a file under it, or use a name of your own.',
  },
  /**
   * The folder that `inside` is given must be an absolute path, written by the developer. A relative one depends on where the process was started, and
   * an untrusted one guards nothing.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   * import { fileURLToPath } from 'node:url';
   *
   * const photos = fileURLToPath(new URL('./photos', import.meta.url));
   * inside(photos, 'sea.jpg');
   * ```
   */
  'path/invalid-root': {
    kind: 'misuse',
    message: 'The folder of a path is not an absolute path.',
    hint: 'Write it from the root of the file system, such as `/srv/photos`, or make it with `fileURLToPath(new URL(...))`.',
  },
  /**
   * Functions that touch files take a `SafePath`, which only `inside` and `rootPath` make. A string, a copy or a parsed JSON body isn't one.
   *
   * ```ts
   * import { inside, readFile } from 'bulwark/path';
   *
   * const bytes = await readFile(inside('/srv/photos', 'sea.jpg')); // and not readFile('/srv/photos/sea.jpg')
   * ```
   */
  'path/not-a-safe-path': {
    kind: 'misuse',
    message: 'A path did not come from `inside`.',
    hint: 'Write `inside(root, name)`, and pass what it returns.',
  },
} as const;
