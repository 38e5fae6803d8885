import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import type { CsvLimits } from './csv-options.ts';

const format = 'csv';
const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

type State = 'start' | 'plain' | 'quoted' | 'quote-in-quoted' | 'after-return';

export interface RecordReader {
  /** Reads a piece of the text, and returns its complete records. Blank lines are skipped. */
  push(piece: string): string[][];
  /** The last record, if it has no line break at its end. */
  end(): string[][];
  /** The line in which the last record started, from 1. */
  readonly line: number;
}

/**
 * Splits CSV into records, as RFC 4180 defines it: quotes enclose a whole field, and are doubled inside it. Lines end with LF or CRLF.
 *
 * @throws Refusal `parse/*`, at the first character that is wrong
 */
export function recordReader(limits: CsvLimits): RecordReader {
  const { maxColumns, maxFieldLength } = limits;
  const delimiter = limits.delimiter.charCodeAt(0);
  let state: State = 'start';
  let field = '';
  let record: string[] = [];
  let records: string[][] = [];
  let [line, column, recordLine] = [1, 0, 1];

  const wrong = (reason: string): never =>
    refuse(deny('parse/invalid-syntax', { format, reason, line, column }));

  function append(text: string): void {
    field += text;
    if (field.length > maxFieldLength) {
      refuse(deny('parse/too-long', { format, what: 'maxFieldLength', most: maxFieldLength }));
    }
  }

  function endField(): void {
    if (record.length >= maxColumns) {
      refuse(deny('parse/too-many', { format, what: 'maxColumns', most: maxColumns }));
    }
    if (field.includes('\0')) refuse(deny('parse/invalid-text', { format, reason: 'a NUL' }));
    if (!field.isWellFormed())
      refuse(deny('parse/invalid-text', { format, reason: 'half a surrogate pair' }));
    record.push(field);
    field = '';
  }

  function endRecord(isBlank: boolean): void {
    if (!isBlank) {
      endField();
      records.push(record);
      record = [];
    }
    line++;
    column = 0;
    recordLine = line;
  }

  /** The end of a field without quotes. */
  function separator(unit: number): void {
    const isBlank = state === 'start' && record.length === 0;
    if (unit === delimiter) {
      endField();
      state = 'start';
    } else if (unit === carriageReturn) {
      state = 'after-return';
      endRecord(isBlank);
    } else {
      state = 'start';
      endRecord(isBlank);
    }
  }

  function push(piece: string): string[][] {
    records = [];
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      column++;
      if (state === 'quoted') {
        if (unit === quote) {
          append(piece.slice(from, i));
          state = 'quote-in-quoted';
        } else if (unit === lineFeed) {
          line++;
          column = 0;
        }
        continue;
      }
      if (state === 'after-return') {
        if (unit !== lineFeed) {
          line--;
          wrong('a carriage return without a line feed');
        }
        state = 'start';
        column = 0;
        from = i + 1;
        continue;
      }
      const ends = unit === delimiter || unit === lineFeed || unit === carriageReturn;
      if (state === 'plain') {
        if (unit === quote) wrong('a quote within a field that has none at its start');
        if (!ends) continue;
        append(piece.slice(from, i));
        separator(unit);
      } else if (ends) separator(unit);
      else if (state === 'quote-in-quoted') {
        if (unit !== quote) wrong('text after the closing quote of a field');
        // A doubled quote is one quote, and the text goes on.
        from = i;
        state = 'quoted';
        continue;
      } else if (unit === quote) state = 'quoted';
      else {
        state = 'plain';
        from = i;
        continue;
      }
      from = i + 1;
    }
    if (state === 'plain' || state === 'quoted') append(piece.slice(from));
    return records;
  }

  function end(): string[][] {
    records = [];
    if (state === 'quoted') wrong('a quoted field that does not end');
    if (state === 'after-return') wrong('a carriage return without a line feed');
    if (state !== 'start' || record.length > 0) endRecord(false);
    return records;
  }

  return {
    push,
    end,
    get line() {
      return recordLine;
    },
  };
}
