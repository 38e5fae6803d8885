import { printable } from '../db/printable.ts';
import { constantNames } from './constant-names.ts';
import type { FoundColumn, FoundTable } from './found-table.ts';
import { isTakenName } from './taken-name.ts';

/** Begins the first line, and marks a file that may be overwritten. */
export const mark = '// Written by `bulwark sql types` from a database';

/**
 * A TypeScript file with a `sql.table` for each table. The same tables always give the same file, whatever their order. In a
 * comment, a name is printable ASCII and cannot end the line.
 */
export function typesFile(tables: readonly FoundTable[]): string {
  const parts: string[] = [];
  const used = constantNames();
  for (const table of tables) {
    const path = table.schema === undefined ? [table.name] : [table.schema, table.name];
    const columns = table.columns.filter(({ name }) => isTakenName(name));
    if (!path.every(isTakenName) || columns.length === 0) {
      const why = columns.length === 0 ? 'it has no columns' : 'sql.table does not accept its name';
      parts.push(`// Left out: the table ${printable(path.join('.'))}, because ${why}.\n`);
      continue;
    }
    const { table: constant, columns: record } = used(path.join('_'));
    parts.push(
      [
        `const ${record} = {`,
        ...table.columns.map(columnLine),
        '} as const;',
        `export const ${constant}: Table<typeof ${record}> = sql.table(${quoted(path.join('.'))}, ${record});`,
        '',
      ].join('\n'),
    );
  }
  const imports = parts.some((part) => !part.startsWith('//'))
    ? "import { sql, type Table } from 'bulwark/sql';\n"
    : 'export {};\n';
  return [`${mark}. Changes are overwritten.\n${imports}`, ...parts].join('\n');
}

function columnLine(column: FoundColumn): string {
  const { name, type, nullable, default: given } = column;
  if (!isTakenName(name)) {
    return `  // Left out: the column ${printable(name)}, because sql.table does not accept its name.`;
  }
  return `  ${keyOf(name)}: '${type}${nullable ? ' | null' : ''}${given ? ' | default' : ''}',`;
}

function keyOf(name: string): string {
  // As a plain key it would be the record's prototype.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A literal in ASCII: whatever the name holds, it stays inside the quotes. */
function quoted(text: string): string {
  const escaped = text.replace(/['\\]|[^\x20-\x7e]/g, (unit) => {
    const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return unit === "'" || unit === '\\' ? `\\${unit}` : `\\u${code}`;
  });
  return `'${escaped}'`;
}
