import { cases } from './cases.ts';
import { differenceOf, reasons } from './differences.ts';
import { type Framework, frameworks } from './frameworks.ts';

/** Which cases passed, by framework. A difference passes if it still is one. */
export type Results = ReadonlyMap<Framework, ReadonlyMap<string, boolean>>;

const start = '<!-- The table is written by checks/conformance/write-table.ts. -->\n';
const end = '<!-- End of the table. -->\n';

/** What the page says about a case in a framework. */
export function cellOf(id: string, framework: Framework, hasPassed: boolean): string {
  const reason = differenceOf(id, framework);
  if (!hasPassed) return '**no**';
  return reason === undefined ? 'yes' : `[${reasons.indexOf(reason) + 1}](#differences)`;
}

/** The page with the table of these results. */
export function withTable(page: string, results: Results): string {
  const names = [...results.keys()];
  const header = ['', ...names.map((name) => frameworks[name])];
  const lines = [`| ${header.join(' | ')} |`, `|${'---|'.repeat(header.length)}`];
  for (const { id, sentence } of cases) {
    const cells = names.map((name) => cellOf(id, name, results.get(name)?.get(id) === true));
    lines.push(
      `| \`${id}\` ${sentence.replaceAll('|', '\\|').replaceAll('<', '&lt;')} | ${cells.join(' | ')} |`,
    );
  }
  const notes = reasons.map((reason, index) => `${index + 1}. ${reason}`);
  const table = [...lines, '', '### Differences', '', ...notes, ''].join('\n');
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < before)
    throw new Error('docs/adapters.md has lost the comments around its table.');
  return `${page.slice(0, before)}${start}\n${table}\n${page.slice(after)}`;
}

/** What the page says: the cells of each case, by the names of its columns. */
export function readTable(page: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const rows = page
    .slice(page.indexOf(start))
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\) ?\| ?/).slice(1, -1));
  const [header = [], ...rest] = rows;
  return new Map(
    rest.map(([first = '', ...cells]) => [
      /`([^`]+)`/.exec(first)?.[1] ?? '',
      new Map(cells.map((cell, index) => [header[index + 1] ?? '', cell])),
    ]),
  );
}
