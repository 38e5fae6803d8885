interface Denied {
  /** What was asked for, at most 512 characters of it. */
  readonly input: string;
  readonly reason: string;
}

export interface PathDetail {
  'path/traversal': Denied;
  'path/unsafe-name': Denied;
  'path/too-long': Denied;
  'path/dot-file': { readonly input: string };
  'path/link': Denied;
  'path/not-a-file': { readonly input: string; readonly kind: string };
  'path/hard-link': { readonly input: string; readonly names: number };
  'path/too-large': { readonly input: string; readonly maxBytes: number };
  'path/too-many-entries': { readonly input: string; readonly maxEntries: number };
  'path/not-text': { readonly input: string };
  'path/unguarded-platform': { readonly platform: string };
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
   * A path from the request has a name that means different things to different layers (CWE-41): a NUL or another control character, an empty name (`a//b`), or what is
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
    message: 'A path was refused, because a name in it does not mean the same on every platform.',
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
   * A symbolic link below the folder leads out of it (CWE-59), or in circles. Links come with archives and repositories, and from other users of the
   * machine. A check of `realpath` before the file is opened can be fooled by swapping the link in between (CWE-367). So on Linux bulwark opens each directory below
   * the handle of its parent, and resolves links itself. With `links: 'refuse'` no link is followed at all.
   *
   * ```ts
   * import { inside, openFile } from 'bulwark/path';
   *
   * const { handle } = await openFile(inside('/srv/photos', 'newest'), { links: 'refuse' });
   * await handle.close();
   * ```
   */
  'path/link': {
    kind: 'refusal',
    status: 404,
    severity: 'high',
    cwe: 59,
    owasp: 'A01:2025',
    message: 'A path was refused, because a symbolic link in it leads out of its folder, or too far.',
    hint: 'Find out who made the link. If it is yours, give `inside` the folder that it leads to, or bind-mount that folder.',
  },
  /**
   * The path leads to a FIFO, a socket or a device, not to a file. Opening one may wait forever, or act on the device. Bulwark looks at it before
   * it opens it.
   *
   * ```ts
   * import { inside, openFile } from 'bulwark/path';
   *
   * const { handle } = await openFile(inside('/srv/photos', 'sea.jpg')); // a regular file
   * await handle.close();
   * ```
   */
  'path/not-a-file': {
    kind: 'refusal',
    status: 404,
    severity: 'medium',
    cwe: 66,
    owasp: 'A01:2025',
    message: 'A path was refused, because it leads to a FIFO, a socket or a device, not to a file.',
    hint: 'Only files belong in a folder that requests read from. Find out what made this one.',
  },
  /**
   * Somebody asked for a file whose name, or a folder's name on the way, begins with a dot: `.env`, `.git/config`, `.htpasswd`. Such files
   * are settings and secrets, and scanners ask every site for them (CWE-552). `sendFile` and `staticFiles` answer as if there were none.
   *
   * ```ts
   * import { staticFiles } from 'bulwark/express';
   * import express from 'express';
   *
   * express().use('/.well-known', staticFiles('/srv/site/.well-known')); // the dot is in a path of your own
   * ```
   */
  'path/dot-file': {
    kind: 'refusal',
    status: 404,
    severity: 'low',
    cwe: 552,
    owasp: 'A01:2025',
    message: 'A file was not sent, because its name, or a folder on the way, begins with a dot.',
    hint: 'If it is meant to be public, serve its folder by a path of your own, or pass `allowDotFiles: true`.',
  },
  /**
   * The file has another name too, which may be outside of the folder (CWE-62): somebody who can write to the folder may link a file there that
   * the server can read and they can't. Linux forbids that by default (`fs.protected_hardlinks`), other systems don't. Package managers and backups make
   * hard links as well: allow them where only you write to the folder. Writing and removing never touch the other name's content, so they need no permission.
   *
   * ```ts
   * import { inside, openFile } from 'bulwark/path';
   *
   * const { handle } = await openFile(inside('/srv/site', 'app.js'), { allowHardLinks: true });
   * await handle.close();
   * ```
   */
  'path/hard-link': {
    kind: 'refusal',
    status: 404,
    severity: 'medium',
    cwe: 62,
    owasp: 'A01:2025',
    message: 'A file was not opened, because it has another name too, which may be outside of its folder.',
    hint: 'If only you write to the folder, pass `allowHardLinks: true`. Otherwise copy the file instead of linking it.',
  },
  /**
   * A file is larger than `maxBytes`, or grew beyond it while it was read, or the data to write was longer. Nothing of it is kept.
   *
   * ```ts
   * import { inside, readFile } from 'bulwark/path';
   *
   * await readFile(inside('/srv/photos', 'sea.jpg'), { maxBytes: 50_000_000 });
   * ```
   */
  'path/too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A file was refused, because it is larger than the limit.',
    hint: 'Raise `maxBytes` if such files are legitimate, or read the file as a stream with `openFile`.',
  },
  /**
   * A directory has more entries than `maxEntries`, so it isn't listed. A list in memory needs a bound.
   *
   * ```ts
   * import { inside, listDirectory } from 'bulwark/path';
   *
   * await listDirectory(inside('/srv/photos', '2026'), { maxEntries: 100_000 });
   * ```
   */
  'path/too-many-entries': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A directory was not listed, because it has more entries than the limit.',
    hint: 'Raise `maxEntries`, or spread the files over several directories.',
  },
  /**
   * `readText` reads UTF-8, and the file has other bytes. Replacing them would change the text without a word.
   *
   * ```ts
   * import { inside, readFile } from 'bulwark/path';
   *
   * new TextDecoder('windows-1252').decode(await readFile(inside('/srv/notes', 'old.txt')));
   * ```
   */
  'path/not-text': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'A file was refused, because it is not text in UTF-8.',
    hint: 'If it is in another encoding, use `readFile` and decode it yourself.',
  },
  /**
   * A file was written or removed on a system without handles of directories in paths: any other than Linux, or Linux without `/proc`. Links
   * that lead out are still found, but somebody who can change the folder's directories can swap one between the check and the call (CWE-367). Written once a
   * process.
   *
   * ```text
   * {"code":"path/unguarded-platform","action":"reported","evidence":{"platform":"darwin"}}
   * ```
   */
  'path/unguarded-platform': {
    kind: 'notice',
    severity: 'low',
    cwe: 367,
    owasp: 'A01:2025',
    message:
      'Files are written where bulwark can not guard against somebody who changes the directories at the same time.',
    hint: 'In production, run on Linux with /proc mounted. Elsewhere let nobody else write to the folder.',
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
