/**
 * Paths that every site is asked for. Each one needs a check that knows its content: a single-page application answers 200 to all of them.
 */
export const guessedPaths: readonly string[] = [
  '/.git/HEAD',
  '/.git/config',
  '/.env',
  '/.DS_Store',
  '/backup.sql',
  '/dump.sql',
  '/backup.zip',
  '/index.php.bak',
  '/server-status',
  '/phpinfo.php',
  '/actuator/env',
  '/robots.txt',
  '/.well-known/security.txt',
];

/** Folders that a server may list. Those of the pages' own scripts, styles and images are asked for before. */
export const guessedFolders: readonly string[] = ['/static/', '/assets/', '/uploads/', '/backup/'];

/** How many folders are asked for. */
export const mostFolders = 4;
