import type { Failure } from '../database/failure.ts';

type Names = Pick<Failure, 'constraint' | 'table' | 'column' | 'schema'>;

/**
 * The names in a message of the server, which holds values as well, and is cut at 512 bytes. A pattern is anchored
 * behind the values: what a client wrote into one cannot pass for the name.
 */
export function namesIn(errno: number, message: string): Names {
  for (const [errnos, pattern] of patterns) {
    if (!errnos.includes(errno)) continue;
    const groups = pattern.exec(message)?.groups;
    if (groups) return Object.fromEntries(Object.entries(groups).filter(([, name]) => name !== undefined));
  }
  return {};
}

const name = '[\\p{L}\\p{N}_$.-]{1,128}';
const path = `(?:\`(?<schema>${name})\`\\.\`(?<table>${name})\`\\.)?[\`'](?<column>${name})[\`']`;

const patterns: readonly (readonly [errnos: readonly number[], pattern: RegExp])[] = [
  [[1062, 1586], new RegExp(`' for key '(?<constraint>${name})'$`, 'u')],
  [
    [1451, 1452],
    new RegExp(
      `\\(\`(?<schema>${name})\`\\.\`(?<table>${name})\`, CONSTRAINT \`(?<constraint>${name})\` FOREIGN KEY `,
      'u',
    ),
  ],
  [
    [4025],
    new RegExp(
      `^CONSTRAINT \`(?<constraint>${name})\` failed for \`(?<schema>${name})\`\\.\`(?<table>${name})\`$`,
      'u',
    ),
  ],
  [[3819], new RegExp(`^Check constraint '(?<constraint>${name})' is violated\\.?$`, 'u')],
  [[1048], new RegExp(`^Column '(?<column>${name})' cannot be null$`, 'u')],
  [[1364], new RegExp(`^Field '(?<column>${name})' doesn't have a default value$`, 'u')],
  [[1264, 1265, 1366, 1406, 1292], new RegExp(` for column ${path} at row \\d+$`, 'u')],
];
