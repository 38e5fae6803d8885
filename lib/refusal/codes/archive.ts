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
   * The file doesn't start like an archive of a format that `formats` allows. The content decides, not the file's name. 7z, RAR, xz, bzip2 and
   * zstd are never unpacked. A zip with something in front of it, such as a self-extracting program or a GIF, is refused too, because programs
   * disagree about what such a file is (CWE-436).
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
   * The archive contradicts itself, or has bytes that belong to no entry. `reason` says where. Programs disagree about such a file, so a scanner
   * may see other content than the program that unpacks it (CWE-436, CVE-2025-62518). In a zip, the central directory and the local headers must
   * agree, and every byte must belong to exactly one of them: overlapping entries make the smallest bombs (CWE-409). Checksums and sizes must be
   * right. A damaged or incomplete download is refused for the same reason.
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
   * The name of an entry leads out of the directory, or is not valid on every system: `..`, an absolute path, a backslash, a drive letter, a
   * control character, a Windows device. This is "Zip Slip" (CWE-22, CVE-2018-1002200, CVE-2007-4559, CVE-2021-32804). Nothing of the archive is
   * unpacked.
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
    message:
      'An archive was refused, because the name of an entry leads out of the directory, or is not valid on every system.',
    hint: 'Create the archive again from inside its directory, with names that are valid on every system.',
  },
  /**
   * Two entries have the same name, or names that are the same on a file system that ignores case or Unicode forms (macOS, Windows), or a name
   * is both a file and a directory. A check of the first entry then says nothing about the second, and attackers have hidden links this way
   * (CWE-178, CVE-2021-37701, CVE-2021-37712). `allowSimilarNames` accepts names that differ only in case or Unicode form, such as `README` and
   * `readme`.
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
    hint: 'Rename one of them. If you unpack only on Linux, `allowSimilarNames` accepts names that differ only in case or Unicode form.',
  },
  /**
   * An entry is neither a plain file nor a directory (a symbolic or hard link, a device, a FIFO, a sparse file), is encrypted, uses a
   * compression method other than deflate, or is itself an archive. `reason` says which. Links lead later entries out of the directory (CWE-59,
   * CVE-2021-32803, CVE-2021-37701). Archives inside archives hide bombs, such as 42.zip. They are never unpacked; `allowArchives` keeps them as
   * files.
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
    message:
      'An archive was refused, because an entry is not a plain file or directory, or is an archive itself.',
    hint: 'Create the archive without links, encryption and inner archives. `allowArchives` keeps inner archives as files.',
  },
  /**
   * The archive exceeds a limit of `unpack`, or took too much time or memory (CWE-409, CWE-770). `limit` is the name of the option. The limits
   * count the bytes that were actually written, whatever the archive declares. Nothing of the archive is kept.
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
    message: 'An archive was refused, because its content exceeds a limit.',
    hint: 'If the archive is legitimate, raise the limit that `detail` names.',
  },
  /**
   * As many archives are being unpacked as there are processors and 100 more are waiting, or this one waited for `timeoutMs`. Each archive takes
   * a process of its own, so without these limits a flood of them would exhaust memory (CWE-400).
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
   * `unpack` creates its directory, or replaces an empty one, in one step. It never adds to existing files.
   *
   * ```ts
   * import { randomUUID } from 'node:crypto';
   * import { inside } from 'bulwark/path';
   * import { unpack } from 'bulwark/upload/archive';
   *
   * await unpack(inside('/srv/uploads', 'photos.zip'), inside('/srv/albums', randomUUID()));
   * ```
   */
  'archive/directory-not-empty': {
    kind: 'misuse',
    message: 'The directory to unpack into already exists, and is not an empty directory.',
    hint: 'Give each archive a new directory, with a name of your own.',
  },
} as const;
