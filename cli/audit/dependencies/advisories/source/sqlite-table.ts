import { readAt } from './read-at.ts';
import { readSqliteRow, type SqliteValue, varint } from './sqlite-row.ts';

export const sqliteMagic = 'SQLite format 3\u0000';

const mostPages = 4_000_000;

/** A database of SQLite, of which whole tables are read. */
export interface SqliteFile {
  readonly descriptor: number;
  readonly pageSize: number;
  /** Without what is reserved at the end of each. */
  readonly usable: number;
  readonly pages: number;
  /** How many pages may still be read: a file that is whole has no page twice. */
  left: number;
}

/**
 * Opens a database of SQLite without its library: Node 20 has none, and a native module would have to be installed for one's own.
 *
 * https://www.sqlite.org/fileformat2.html
 *
 * @throws {Error} for what can't be read: the message is a part of a sentence
 */
export function openSqlite(descriptor: number, length: number): SqliteFile {
  const header = readAt(descriptor, 0, 100);
  if (header.toString('latin1', 0, 16) !== sqliteMagic) throw new Error('is no SQLite database');
  const stored = header.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0)
    throw new Error('is broken: the size of its pages');
  const usable = pageSize - header.readUInt8(20);
  if (usable < 480) throw new Error('is broken: the size of its pages');
  if (header.readUInt32BE(56) !== 1) throw new Error('is not in UTF-8');
  const pages = Math.floor(length / pageSize);
  if (pages > mostPages) throw new Error('has too many pages');
  if (header.readUInt32BE(28) > pages) throw new Error('is cut');
  return { descriptor, pageSize, usable, pages, left: pages * 4 + 1000 };
}

/** The rows of a table, in the order of their ids; undefined if there is no such table. */
export function readTable(
  file: SqliteFile,
  name: string,
): { readonly columns: readonly string[]; readonly rows: Iterable<readonly SqliteValue[]> } | undefined {
  for (const [type, of, , root, sql] of rowsOf(file, 1)) {
    if (type !== 'table' || of !== name || typeof root !== 'number' || typeof sql !== 'string') continue;
    return { columns: columnsOf(sql), rows: rowsOf(file, root) };
  }
  return undefined;
}

/** The first word of each part of `CREATE TABLE name (a TEXT, b TEXT, FOREIGN KEY (a) ...)`. */
function columnsOf(sql: string): readonly string[] {
  if (/\bwithout\s+rowid\b/i.test(sql.slice(-100))) throw new Error('has a table without row ids');
  const parts = sql
    .slice(sql.indexOf('(') + 1, 10_000)
    .replace(/\([^()]*\)/g, '')
    .split(',');
  return parts.map((part) => (/\w+/.exec(part)?.[0] ?? '').toLowerCase());
}

function* rowsOf(file: SqliteFile, root: number): Generator<readonly SqliteValue[]> {
  const seen = new Set<number>();
  const open = [root];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (seen.has(number)) throw new Error('is broken: a page is used twice');
    seen.add(number);
    const page = readPage(file, number);
    const start = number === 1 ? 100 : 0;
    const type = page.readUInt8(start);
    if (type !== 5 && type !== 13) throw new Error('is broken: a page is no part of a table');
    const cells = start + (type === 5 ? 12 : 8);
    const count = page.readUInt16BE(start + 3);
    if (cells + count * 2 > page.length) throw new Error('is broken: a page has too many cells');
    const places = Array.from({ length: count }, (_, index) => page.readUInt16BE(cells + index * 2));
    if (type === 5) {
      const children = places.map((at) => pointer(page, at));
      open.push(pointer(page, start + 8), ...children.reverse());
    } else {
      let used = 0;
      for (const at of places) {
        const { bytes, local } = payload(file, page, at);
        used += local;
        if (used > page.length) throw new Error('is broken: the cells of a page overlap');
        yield readSqliteRow(bytes);
      }
    }
  }
}

function pointer(page: Buffer, at: number): number {
  if (at + 4 > page.length) throw new Error('is broken: a cell lies outside of its page');
  return page.readUInt32BE(at);
}

function readPage(file: SqliteFile, number: number): Buffer {
  const { descriptor, pageSize, usable, pages } = file;
  if (file.left-- <= 0) throw new Error('is broken: pages are used twice');
  if (number < 1 || number > pages) throw new Error('is broken: a page is missing');
  return readAt(descriptor, (number - 1) * pageSize, usable);
}

const mostPayload = 32 * 1024 * 1024;

/** A cell whose payload exceeds its page continues in a chain of overflow pages. */
function payload(
  file: SqliteFile,
  page: Buffer,
  at: number,
): { readonly bytes: Buffer; readonly local: number } {
  const [size, afterSize] = varint(page, at);
  const [, begin] = varint(page, afterSize);
  if (size > mostPayload) throw new Error('has a row that is too large');
  const { usable } = file;
  const most = usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const surplus = least + ((size - least) % (usable - 4));
  const local = size <= most ? size : surplus <= most ? surplus : least;
  if (begin + local + (local < size ? 4 : 0) > page.length)
    throw new Error('is broken: a cell lies outside of its page');
  const parts = [page.subarray(begin, begin + local)];
  let missing = size - local;
  let next = missing > 0 ? page.readUInt32BE(begin + local) : 0;
  while (missing > 0) {
    const overflow = readPage(file, next);
    next = overflow.readUInt32BE(0);
    const part = overflow.subarray(4, 4 + missing);
    parts.push(part);
    missing -= part.length;
  }
  return { bytes: Buffer.concat(parts), local };
}
