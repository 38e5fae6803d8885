export interface ArchiveDetail {
  'archive/unknown-format': { readonly formats: string };
  'archive/malformed': { readonly format: 'zip' | 'tar' | 'gz'; readonly reason: string };
  'archive/unsafe-name': { readonly name: string; readonly reason: string };
  'archive/duplicate-name': { readonly name: string; readonly other: string };
  'archive/forbidden-entry': { readonly name: string; readonly reason: string };
  'archive/over-limit': { readonly limit: string; readonly most: number };
  'archive/busy': { readonly retryAfterSeconds: number };
}

export const archiveCodes = {
  /**
   * The file doesn't begin like an archive of a format that `formats` allows. The content counts, not the file's name. 7z, RAR, xz, bzip2
   * and zstd are never unpacked. A zip with something in front of it, such as a self-extracting program or a GIF, is refused too: two programs
   * would read two different files from it (CWE-436).
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   * import { unpack } from 'bulwark/upload/archive';
   *
   * const uploaded = inside('/srv/uploads', 'report.txt'); // plain text
   * await unpack(uploaded, inside('/srv/imports', 'report')); // throws
   * ```
   */
  'archive/unknown-format': {
    kind: 'refusal',
    status: 415,
    severity: 'low',
    cwe: 434,
    owasp: 'A06:2025',
    message: 'A file was refused, because it is not an archive of an allowed format.',
    hint: 'Send a zip, tar or tar.gz file. A single compressed file needs `gz` in `formats`.',
  },
  /**
   * The archive contradicts itself, or has bytes that belong to nothing. `reason` says where. Programs disagree about such a file, so what a
   * scanner saw is not what another program unpacks (CWE-436, CVE-2025-62518). In a zip, the central directory and the local headers must agree,
   * and every byte of the file must belong to exactly one of them: overlapping entries make the smallest bombs (CWE-409). Checksums and sizes
   * must be right. A damaged or incomplete download is refused for the same reason.
   *
   * ```text
   * central directory: invoice.pdf, 1,204 bytes
   * local header:      invoice.exe, 1,204 bytes
   * ```
   */
  'archive/malformed': {
    kind: 'refusal',
    status: 422,
    severity: 'medium',
    cwe: 436,
    owasp: 'A06:2025',
    message: 'An archive was refused, because it is damaged, or two programs could read it differently.',
    hint: 'Create the archive again. Self-extracting archives, Android packages and archives in several parts are not supported.',
  },
  /**
   * The name of an entry leads out of the folder, or isn't a name on every system: `..`, an absolute path, a backslash, a drive letter, a control
   * character, a Windows device. This is "Zip Slip" (CWE-22, CVE-2018-1002200, CVE-2007-4559, CVE-2021-32804). Nothing of the archive is unpacked.
   *
   * ```text
   * ../../home/app/.ssh/authorized_keys
   * ```
   */
  'archive/unsafe-name': {
    kind: 'refusal',
    status: 422,
    severity: 'high',
    cwe: 22,
    owasp: 'A01:2025',
    message: 'An archive was refused, because the name of an entry is unsafe.',
    hint: 'Create the archive again from inside its folder, with names that every system accepts.',
  },
  /**
   * Two entries have the same name, or names that are the same on a file system that ignores case or Unicode forms (macOS, Windows), or a name is a
   * file and a folder at once. A check of the first says nothing about the second, and links have been hidden this way (CWE-178, CVE-2021-37701,
   * CVE-2021-37712). `allowSimilarNames` accepts names that differ in case or form only, such as `README` and `readme`.
   *
   * ```text
   * config.json
   * Config.json
   * ```
   */
  'archive/duplicate-name': {
    kind: 'refusal',
    status: 422,
    severity: 'medium',
    cwe: 178,
    owasp: 'A06:2025',
    message: 'An archive was refused, because two of its entries have the same name on some systems.',
    hint: 'Rename one of them. If you unpack on Linux only, `allowSimilarNames` accepts names that differ only in case.',
  },
  /**
   * An entry is something else than a file or a folder (a symbolic or hard link, a device, a FIFO, a sparse file), is encrypted, uses another method
   * of compression than deflate, or is an archive itself. `reason` says which. Links lead later entries out of the folder (CWE-59,
   * CVE-2021-32803, CVE-2021-37701). Archives inside of archives hide bombs, such as 42.zip; they are never unpacked, and `allowArchives` keeps
   * them as files.
   *
   * ```text
   * lrwxrwxrwx  images -> /etc
   * -rw-r--r--  images/passwd
   * ```
   */
  'archive/forbidden-entry': {
    kind: 'refusal',
    status: 422,
    severity: 'high',
    cwe: 59,
    owasp: 'A06:2025',
    message: 'An archive was refused, because an entry is not an ordinary file or folder.',
    hint: 'Create the archive without links, encryption and inner archives. `allowArchives` keeps inner archives as files.',
  },
  /**
   * The archive is beyond a limit of `unpack`, or took more time or memory than it may (CWE-409, CWE-770). `limit` is the option's name. The limits
   * hold for bytes that were really written, whatever the archive declares. Nothing of the archive is kept.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   * import { unpack } from 'bulwark/upload/archive';
   *
   * const photos = inside('/srv/uploads', 'photos.zip');
   * await unpack(photos, inside('/srv/albums', 'summer'), { maxBytes: 2_000_000_000, timeoutMs: 120_000 });
   * ```
   */
  'archive/over-limit': {
    kind: 'refusal',
    status: 413,
    severity: 'medium',
    cwe: 409,
    owasp: 'A06:2025',
    message: 'An archive was refused, because its content is beyond a limit.',
    hint: 'If the archive is legitimate, raise the limit that the detail names.',
  },
  /**
   * As many archives are being unpacked as there are processors, and 100 more wait, or this one has waited for as long as it may take
   * (`timeoutMs`). Each takes a process of its own, so that a flood of them would take all memory (CWE-400).
   *
   * ```text
   * HTTP/1.1 503 Service Unavailable
   * Retry-After: 5
   * ```
   */
  'archive/busy': {
    kind: 'refusal',
    status: 503,
    severity: 'low',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'An archive was refused, because too many are being unpacked already.',
    hint: 'Try again later. Limit how many archives one user may send.',
  },
  /**
   * `unpack` creates its folder, or replaces an empty one, in one step. It never adds to files that are there.
   *
   * ```ts
   * import { randomUUID } from 'node:crypto';
   * import { inside } from 'bulwark/path';
   * import { unpack } from 'bulwark/upload/archive';
   *
   * await unpack(inside('/srv/uploads', 'photos.zip'), inside('/srv/albums', randomUUID()));
   * ```
   */
  'archive/folder-not-empty': {
    kind: 'misuse',
    message: 'The folder to unpack into exists already, and is not an empty folder.',
    hint: 'Give each archive a new folder, with a name of your own.',
  },
} as const;
