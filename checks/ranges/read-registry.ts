import { parseNetwork } from '../../lib/fetch/address/network.ts';
import type { RangeRow } from './range-row.ts';
import { readCsv } from './read-csv.ts';

/** The blocks of iana-ipv4-special-registry-1.csv or iana-ipv6-special-registry-1.csv, as IANA publishes them. */
export function readRegistry(csv: string): RangeRow[] {
  const [header = [], ...records] = readCsv(csv);
  const column = (record: readonly string[], name: string): string => {
    const at = header.indexOf(name);
    if (at === -1) throw new Error(`There is no column ${name}.`);
    return withoutMarks(record[at] ?? '');
  };
  return records.flatMap((record) => {
    const name = column(record, 'Name').replaceAll('"', '').replace(/\s+/g, ' ');
    const source = sourceOf(column(record, 'RFC'));
    const reachable = reachableOf(column(record, 'Globally Reachable'), column(record, 'Termination Date'));
    return blocksOf(column(record, 'Address Block')).map((block) => ({ block, name, source, reachable }));
  });
}

/** Footnotes stand in any column: `192.0.0.0/24 [2]`, `False [1]`. */
function withoutMarks(cell: string): string {
  return cell.replace(/\s*\[\d+\]/g, '').trim();
}

/** Two blocks may share a cell, with a comma or a line end between them. */
function blocksOf(cell: string): string[] {
  const blocks = cell.split(/[\s,]+/).filter((block) => block !== '');
  const bad = blocks.find((block) => parseNetwork(block) === undefined);
  if (blocks.length === 0 || bad !== undefined) throw new Error(`Not an address block: ${cell}`);
  return blocks;
}

function sourceOf(cell: string): string {
  const number = /\[RFC(\d+)\]/.exec(cell)?.[1];
  if (number === undefined) throw new Error(`No RFC: ${cell}`);
  return `RFC ${number}`;
}

function reachableOf(cell: string, terminated: string): RangeRow['reachable'] {
  if (cell === 'True' || cell === 'False') return cell === 'True' ? 'true' : 'false';
  if (cell === 'N/A' || (cell === '' && terminated !== 'N/A' && terminated !== '')) return 'n/a';
  throw new Error(`Neither True, False nor N/A: ${JSON.stringify(cell)}`);
}
