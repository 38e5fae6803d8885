import { refuse } from '../../internal/refuse.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type CsvOptions, csvPolicy } from './csv-options.ts';
import { recordReader } from './record-reader.ts';
import { rowMaker } from './row-maker.ts';

type Pieces = AsyncIterable<Uint8Array | string>;

/**
 * Reads CSV from a stream, row by row, like `parseCsv`: a file, an upload, the body of a request. It holds one piece of the stream and its rows in
 * memory. A refusal, or leaving the loop, ends the stream.
 *
 * @param source pieces of UTF-8, or of text
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { readCsv } from 'bulwark/parse/csv';
 *
 * for await (const row of readCsv(createReadStream('/var/import/products.csv'), { maxRows: 5_000_000 })) {
 *   console.log(row['sku']);
 * }
 * ```
 */
export function readCsv<T>(
  source: Pieces,
  options: CsvOptions<T> & { readonly schema: StandardSchema<T> },
): AsyncGenerator<T, void>;
export function readCsv(
  source: Pieces,
  options: CsvOptions & { readonly header: false; readonly columns?: never },
): AsyncGenerator<string[], void>;
export function readCsv(source: Pieces, options?: CsvOptions): AsyncGenerator<Record<string, string>, void>;
export function readCsv(source: Pieces, options: CsvOptions = {}): AsyncGenerator<unknown, void> {
  const policy = csvPolicy(options, { maxBytes: 100_000_000, maxRows: 1_000_000 });
  if (typeof source?.[Symbol.asyncIterator] !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'readCsv takes a stream of bytes or text. For a whole text, use parseCsv.',
    );
  }
  return rowsOf(source, policy);
}

async function* rowsOf(
  source: Pieces,
  policy: ReturnType<typeof csvPolicy<unknown>>,
): AsyncGenerator<unknown, void> {
  const reader = recordReader(policy);
  const makeRow = rowMaker(policy);
  const toText = decoder(policy.maxBytes);
  for await (const piece of source) {
    for (const record of reader.push(toText(piece))) {
      const made = makeRow(record);
      if (made !== undefined) yield made.row;
    }
  }
  for (const record of [...reader.push(toText(undefined)), ...reader.end()]) {
    const made = makeRow(record);
    if (made !== undefined) yield made.row;
  }
}

/** Decodes pieces, which may end in the middle of a character. Undefined ends the input. */
function decoder(maxBytes: number): (piece: Uint8Array | string | undefined) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let isFirst = true;
  return (piece) => {
    bytes += piece?.length ?? 0;
    if (bytes > maxBytes) refuse(deny('parse/too-large', { format: 'csv', maxBytes }));
    if (typeof piece === 'string') {
      const text = isFirst && piece.startsWith('\ufeff') ? piece.slice(1) : piece;
      isFirst &&= piece === '';
      return text;
    }
    try {
      return utf8.decode(piece, { stream: piece !== undefined });
    } catch (cause) {
      return refuse(deny('parse/invalid-text', { format: 'csv', reason: 'bytes that are not UTF-8' }), cause);
    }
  };
}
