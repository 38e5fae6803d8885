/**
 * Looks at names that backups have: `/backup.sql`, `/dump.sql`, `/backup.zip`, `/index.php.bak`. Only their content counts: single-page
 * applications answer 200 to everything.
 *
 * ## Why
 * A dump holds all data, and a copy of a script its code with the passwords in it.
 *
 * ## Passes
 * None of them is there. Backups with other names may be.
 *
 * ## Fails
 * One of them is a dump, an archive or a script.
 *
 * ## Unknown
 * The site had no answer, or answered with content that is not recognised.
 *
 * ## How to fix
 * ```nginx
 * location ~* \.(?:bak|old|orig|sql|zip|tar|gz)$ { deny all; }
 * ```
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { judgePaths } from '../../../live/judge/probed-path.ts';

/** The first bytes of zip, gzip, RAR and 7z, as text. */
const archives = ['PK\u0003\u0004', 'PK\u0005\u0006', '\u001f\ufffd', 'Rar!', '7z\ufffd'];

export const check: Check = liveCheck({
  id: 'live/backup-files',
  aspect: 'server/hardening',
  title: 'No backup is served under a name that is tried first.',
  why: 'A dump holds all data, and a copy of a script its code.',
  weight: 'part',
  severity: 'high',
  cwe: [530, 538],
  asvs: ['13.4.7'],
  judge: (site) =>
    judgePaths(site, {
      paths: ['/backup.sql', '/dump.sql', '/backup.zip', '/index.php.bak'],
      passes: 'None of the names that were tried is a backup.',
      fix: 'Keep backups out of the folder that is served, and take what is in this one as known.',
      recognise,
    }),
});

function recognise({ body, url }: Answer): ReturnType<Parameters<typeof judgePaths>[1]['recognise']> {
  const start = body.slice(0, 100_000);
  if (archives.some((one) => start.startsWith(one)) || start.slice(257, 262) === 'ustar')
    return { what: 'is an archive' };
  if (start.startsWith('SQLite format 3\0')) return { what: 'is a database' };
  const isPage = /^\s*<(?:!doctype|html)/i.test(start);
  if (
    !isPage &&
    /^[ \t]*(?:CREATE TABLE|INSERT INTO|DROP TABLE|COPY [\w."]+ |ALTER TABLE|SET SQL_MODE|CREATE DATABASE|PRAGMA foreign_keys|BEGIN TRANSACTION)\b|^-- (?:MySQL dump|MariaDB dump|PostgreSQL database dump|phpMyAdmin SQL Dump|Dump)/im.test(
      start,
    )
  )
    return { what: 'is a dump of a database' };
  if (/^\s*(?:#![^\n]{0,100}\n\s*)?<\?(?:php\b|=)/i.test(start)) return { what: 'is the code of a script' };
  if (/\.bak$/.test(url) && /<\?php\b/i.test(start)) return { what: 'is the code of a script' };
  return undefined;
}
