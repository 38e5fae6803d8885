import type { Line } from '../../cli/audit/line/lines.ts';
import { groups, groupTitles } from '../../cli/audit/report/groups.ts';

/** The checklist as tables, one for each group: what passes each aspect, what fails it, and what leaves it unknown. */
export function lineTables(lines: Readonly<Record<string, Line>>): string {
  const tables = groups.map((group) => {
    const rows = Object.entries(lines)
      .filter(([, line]) => line.group === group)
      .flatMap(([id, line]) => lineRows(id, line));
    return `### ${groupTitles[group]}\n\n| line | passes | fails | unknown |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return tables.join('\n');
}

function lineRows(id: string, { title, owasp, aspects }: Line): string[] {
  return Object.entries(aspects).map(([name, { passes, fails, unknown, mayBeAttested }], index) => {
    const heading = index === 0 ? `**${title}** (${owasp}) ` : '';
    const attest = mayBeAttested === true ? ' It may be attested.' : '';
    const cells = [`${heading}\`${id}/${name}\``, passes, fails, `${unknown}${attest}`];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
}

const begin = '<!-- The tables below come from cli/audit/line/lines.ts; `npm run fix` writes them. -->';
const end = '<!-- End of the tables. -->';

/**
 * A page with the tables in their place.
 *
 * @throws {Error} if it has no place for them
 */
export function withTables(page: string, tables: string): string {
  const start = page.indexOf(begin);
  const stop = page.indexOf(end);
  if (start < 0 || stop < start)
    throw new Error('docs/commands/audit.md has no place for the tables of lines.');
  return `${page.slice(0, start)}${begin}\n\n${tables}\n${page.slice(stop)}`;
}
