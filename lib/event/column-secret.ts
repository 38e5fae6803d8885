import { nameStrength } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';

/** The columns of `insert into t (...) values`, before the first row. */
const insert =
  /\binsert\s{1,4}(?:into\s{1,4})?[^\s(]{1,120}\s{0,4}\(([^()]{1,800})\)\s{0,4}values\s{0,4}(?=\()/gi;
const row = /\((?:[^()'"]|'(?:[^'\\]|\\.|''){0,400}'|"[^"]{0,400}"|\([^()]{0,200}\)){0,800}\)/y;
const cell =
  /\s*(?:[A-Za-z]?('(?:[^'\\]|\\.|''){0,400}'|"[^"]{0,400}")[^,]{0,40}|(?:[^,()'"]|\([^()]{0,200}\)){0,400})(?:,|$)/y;

const maxRows = 50;

/** Takes out what stands in a secret's column: of a row that is inserted, or of a table with a line of names. */
export function withoutColumnSecrets(text: string): string {
  const inserted = /\binsert\b/i.test(text) ? text.replace(insertedRows, redactedRows) : text;
  return text.includes('\n') ? withoutTableSecrets(inserted) : inserted;
}

const insertedRows = new RegExp(`${insert.source}(?:${row.source}[\\s,]{0,4}){1,${maxRows}}`, 'gi');

function redactedRows(found: string, columns: string): string {
  const secret = columns.split(',').map((column) => column.replace(/["'`[\]\s]/g, ''));
  if (!secret.some((name) => nameStrength(name))) return found;
  const start = found.search(/\bvalues\b/i) + 6;
  let clean = found.slice(0, start);
  let at = start;
  while (at < found.length) {
    row.lastIndex = at;
    const values = row.exec(found)?.[0];
    if (values === undefined) clean += found[at++];
    else {
      clean += `(${redactedCells(values.slice(1, -1), secret, cell)})`;
      at += values.length;
    }
  }
  return clean;
}

function redactedCells(values: string, names: readonly string[], pattern: RegExp): string {
  let clean = '';
  let at = 0;
  for (const name of names) {
    pattern.lastIndex = at;
    const found = pattern.exec(values)?.[0];
    if (!found) break;
    clean += redactedCell(found, name);
    at += found.length;
  }
  return clean + values.slice(at);
}

function redactedCell(found: string, name: string): string {
  const strength = nameStrength(name);
  const [, before = '', value = '', after = ''] =
    /^(\s*[A-Za-z]?["']|\s*)([\s\S]*?)(["'][^"']*|[,;\t\s]*)$/.exec(found) ?? [];
  return strength !== undefined && value !== '' && isSecretValue(value, name, strength, 'given')
    ? `${before}[redacted]${after}`
    : found;
}

const delimiters = [',', ';', '\t', '|'] as const;

const cells = Object.fromEntries(
  delimiters.map((sign) => [
    sign,
    new RegExp(`(?:"(?:[^"]|""){0,400}"|[^${sign}"]{0,400})(?:[${sign}]|$)`, 'y'),
  ]),
);

function withoutTableSecrets(text: string): string {
  const lines = text.split('\n');
  const header = lines[0] as string;
  const sign = delimiters.find((delimiter) => header.includes(delimiter));
  if (sign === undefined || header.length > 1000) return text;
  const names = header.split(sign).map((name) => name.trim().replace(/^"|"$/g, ''));
  if (!names.every((name) => /^[\w .-]{1,40}$/.test(name)) || !names.some((name) => nameStrength(name)))
    return text;
  return lines
    .map((line, i) =>
      i === 0 || line.split(sign).length < names.length
        ? line
        : redactedCells(line, names, cells[sign] as RegExp),
    )
    .join('\n');
}
