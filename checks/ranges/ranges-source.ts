import type { RangeRow } from './range-row.ts';

/** Where `classify` reads the IPv4 address inside instead. */
const carriers: ReadonlySet<string> = new Set(['::ffff:0:0/96', '64:ff9b::/96']);

/** The text of lib/fetch/address/ranges.ts, formatted as the linter wants it. */
export function rangesSource(comment: string, rows: readonly RangeRow[]): string {
  const date = /^# As of (\d{4}-\d{2}-\d{2})/m.exec(comment)?.[1];
  if (date === undefined) throw new Error('The comment of the table has no line "# As of 2026-01-31".');
  const left = rows.filter(({ block }) => !carriers.has(block));
  if (left.length !== rows.length - carriers.size) throw new Error('A block that carries IPv4 is missing.');
  return `${head(date)}${left.map(rowSource).join('')}];\n`;
}

function head(date: string): string {
  return `// Generated from checks/ranges/iana-special-purpose.tsv; \`npx tsx checks/ranges/write-ranges.ts\` writes it.

export interface SpecialRange {
  readonly block: string;
  readonly name: string;
  readonly source: string;
  readonly reachable: boolean;
}

/**
 * The IANA IPv4 and IPv6 Special-Purpose Address Registries as of ${date}
 * (https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry). \`reachable\` is their
 * column "Globally Reachable", with N/A as false; a longer prefix overrides.
 *
 * Two rows are left out, because \`classify\` reads the IPv4 address inside instead: \`::ffff:0:0/96\` (IPv4-mapped) and
 * \`64:ff9b::/96\` (NAT64).
 */
export const specialRanges: readonly SpecialRange[] = [
`;
}

function rowSource({ block, name, source, reachable }: RangeRow): string {
  const fields = [
    `block: ${literal(block)}`,
    `name: ${literal(name)}`,
    `source: ${literal(source)}`,
    `reachable: ${reachable === 'true'}`,
  ];
  const line = `  { ${fields.join(', ')} },\n`;
  if (line.length <= 111) return line;
  return `  {\n${fields.map((field) => `    ${field},\n`).join('')}  },\n`;
}

function literal(text: string): string {
  if (!/^[ -~]+$/.test(text) || /['\\]/.test(text))
    throw new Error(`Not plain ASCII: ${JSON.stringify(text)}`);
  return `'${text}'`;
}
