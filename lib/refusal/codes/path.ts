interface Denied {
  /** What was asked for, at most 512 characters of it. */
  readonly input: string;
  readonly reason: string;
}

export interface PathDetail {
  'path/outside-root': Denied;
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
   * A path from the request would have left its directory: through a dot segment, an absolute path or a backslash, or through one of these once
   * the path is decoded (CWE-22). Attackers use this to read keys and configuration, and to overwrite code. Common checks miss cases:
   * `path.startsWith(root)` after `path.join` accepts `/srv/photos-private` for the root `/srv/photos`, and removing `../` once turns `....//`
   * into `../`. CVE-2021-41773, CVE-2024-4577 and Zip Slip are examples.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   *
   * inside('/srv/photos', '2026/sea.jpg'); // and not '../sea.jpg', '/etc/passwd', '%2e%2e/sea.jpg' or 'C:\\sea.jpg'
   * ```
   */
  'path/outside-root': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 22,
    owasp: 'A01:2025',
    message: 'A path was refused, because it leads out of its directory, or would once it is decoded.',
    hint: 'Send names relative to the directory, with forward slashes. If your program builds the path, add your own constants after `inside`.',
  },
  /**
   * A path from the request has a name that means different things to different layers (CWE-41): a NUL or another control character, an empty
   * name (`a//b`), or a name that Windows treats specially. Windows names are refused on every platform: devices (`CON`, `nul.txt`), streams and
   * drives (`a.txt:b`), and a trailing dot or space. A check of the extension sees `shell.php.`, but Windows runs `shell.php`. Values that
   * aren't strings are refused too.
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
    hint: "Store users' files under names of your own, and keep the original names as data. Write times as `12-30`, not `12:30`.",
  },
  /**
   * A path from the request is longer than file systems accept: 255 bytes for a name, 4,095 bytes for the whole path with its root, 64 levels.
   * In scripts other than Latin, a character takes two to four bytes.
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
    message: 'A path was refused, because it is too long, or a name in it is.',
    hint: 'Shorten the name before you store a file under it, or use a name of your own.',
  },
  /**
   * A symbolic link below the root leads out of it (CWE-59), or the path runs through more than 40 links, as it does in a loop. Links arrive in
   * archives and repositories, and from other users of the machine. Checking `realpath` before the file is opened is not enough, because the
   * link can be swapped in between (CWE-367). On Linux, bulwark therefore opens each directory relative to its parent's file handle, and
   * resolves links itself. With `links: 'refuse'`, no link is followed at all.
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
    message:
      'A path was refused, because a symbolic link in it leads out of its directory, or because it has too many links.',
    hint: 'Find out who made the link. If it is yours, pass the directory that it leads to as the root, or bind-mount that directory.',
  },
  /**
   * The path leads to a FIFO, a socket or a device instead of a file. Opening one can block forever, or act on the device. Bulwark checks what
   * it is before opening it.
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
    message: 'A path was refused, because it leads to a FIFO, a socket or a device instead of a file.',
    hint: 'A directory that requests read from should contain only files. Find out what made this one.',
  },
  /**
   * A client asked for a file whose name, or the name of a directory in its path, begins with a dot: `.env`, `.git/config`, `.htpasswd`. Such
   * files hold settings and secrets, and scanners ask every site for them (CWE-552). `sendFile` and `staticFiles` answer as if the file did not
   * exist.
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
    message:
      'A file was not sent, because its name, or the name of a directory in its path, begins with a dot.',
    hint: 'If the file is meant to be public, serve its directory under a path of your own, or pass `allowDotFiles: true`.',
  },
  /**
   * The file has a second name, which may be outside the directory (CWE-62): somebody who can write to the directory may have linked a file
   * there that the server can read and they can't. Linux prevents that by default (`fs.protected_hardlinks`); other systems don't. Package
   * managers and backups make hard links too: allow them where only you write to the directory. Writing and removing never touch the content
   * under the other name, so they are not refused.
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
    message: 'A file was not opened, because it has a second name, which may be outside its directory.',
    hint: 'If only you write to the directory, pass `allowHardLinks: true`. Otherwise copy the file instead of linking it.',
  },
  /**
   * A file is larger than `maxBytes`, grew beyond it while it was read, or would have become larger by a write. Nothing of it is kept.
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
   * A directory has more entries than `maxEntries`. The list is built in memory, so its length must be limited.
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
   * `readText` reads UTF-8, and the file has bytes that are not UTF-8. Replacing them would silently change the text.
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
    message: 'A file was refused, because it is not UTF-8 text.',
    hint: 'If the file has another encoding, use `readFile` and decode it yourself.',
  },
  /**
   * A file was written or removed on a system where bulwark can't open paths relative to a directory's file handle: any system but Linux, or
   * Linux without `/proc`. Links that lead out are still found, but somebody who can change the directories can swap one between the check and
   * the call (CWE-367). Written once per process.
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
      'Files are written on a platform where bulwark cannot guard against somebody who changes the directories at the same time.',
    hint: 'In production, run on Linux with `/proc` mounted. Elsewhere, let nobody else write to the directory.',
  },
  /**
   * The root passed to `inside` must be an absolute path that the developer wrote. A relative path depends on where the process was started, and
   * a root that a user chose protects nothing.
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
    message: 'The root of a path is not an absolute path.',
    hint: 'Write it from the root of the file system, such as `/srv/photos`, or build it with `fileURLToPath(new URL(...))`.',
  },
  /**
   * Functions that touch files take a `SafePath`, which only `inside` and `rootPath` make. A string, a copy of a `SafePath` or parsed JSON isn't
   * one.
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
