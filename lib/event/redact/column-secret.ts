import { type Cell, readCells } from './read-cells.ts';
import { nameStrength } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';

/** The columns of an insert, before the first row. */
const insert =
  /\binsert\s{1,4}(?:into\s{1,4})?[^\s(]{1,120}\s{0,4}\(([^()]{1,800})\)\s{0,4}values\s{0,4}(?=\()/gi;
const nextRow = /[\s,]{0,8}\(/y;
const maxRows = 100;

/** Redacts the columns with a secret's name, in the rows of an insert and in a table with a header line. */
export function withoutColumnSecrets(text: string): string {
  const cells: Cell[] = [];
  if (/\binsert\b/i.test(text)) findInserted(text, cells);
  if (text.includes('\n')) findTable(text, cells);
  if (cells.length === 0) return text;
  let clean = '';
  let copied = 0;
  for (const { from, to } of cells) {
    if (from < copied) continue;
    clean += `${text.slice(copied, from)}[redacted]`;
    copied = to;
  }
  return clean + text.slice(copied);
}

function findInserted(text: string, found: Cell[]): void {
  insert.lastIndex = 0;
  for (let head = insert.exec(text); head; head = insert.exec(text)) {
    const names = (head[1] as string).split(',').map((name) => name.replace(/["'`[\]\s]/g, ''));
    if (!names.some((name) => nameStrength(name))) continue;
    nextRow.lastIndex = insert.lastIndex;
    for (let row = 0; row < maxRows && nextRow.test(text); row++) {
      const { cells, end } = readCells(text, nextRow.lastIndex, { delimiter: ',', closer: ')' });
      addSecrets(text, names, cells, found);
      nextRow.lastIndex = end;
      insert.lastIndex = end;
    }
  }
}

function findTable(text: string, found: Cell[]): void {
  const end = text.indexOf('\n');
  // The table may be a string of JSON.
  const header = text.slice(0, end).replace(/^.*:"/, '');
  const delimiter = [',', ';', '\t', '|'].find((sign) => header.includes(sign));
  if (delimiter === undefined || header.length > 1000) return;
  const names = header.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, ''));
  if (!names.every((name) => /^[\w .-]{1,40}$/.test(name)) || !names.some((name) => nameStrength(name)))
    return;
  for (let at = end + 1; at < text.length; ) {
    const { cells, end } = readCells(text, at, { delimiter, closer: '\n' });
    if (cells.length >= names.length) addSecrets(text, names, cells, found);
    at = end;
  }
}

function addSecrets(text: string, names: readonly string[], cells: readonly Cell[], found: Cell[]): void {
  for (const [i, cell] of cells.entries()) {
    const name = names[i];
    const strength = name === undefined ? undefined : nameStrength(name);
    if (name === undefined || strength === undefined || cell.from >= cell.to) continue;
    if (isSecretValue(text.slice(cell.from, cell.to), name, strength, 'given')) found.push(cell);
  }
}
