/** Gives each table two names for the file, its own and that of its columns, which no other table has. */
export function constantNames(): (table: string) => { readonly table: string; readonly columns: string } {
  const used = new Set<string>(reserved);
  return (table) => {
    const base = camelCase(table);
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}${number}`;
      const columns = `${name}Columns`;
      if (used.has(name) || used.has(columns)) continue;
      used.add(name).add(columns);
      return { table: name, columns };
    }
  };
}

/** Letters and digits of ASCII; whatever else there is, is where a new word starts. */
function camelCase(name: string): string {
  const joined = name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
  if (joined === '' || /^\d/.test(joined)) return `table${joined}`;
  return reserved.has(joined) ? `${joined}Table` : joined;
}

/** Words that a module cannot declare, and the names that the file imports. */
const reserved: ReadonlySet<string> = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if import in instanceof new null return super switch this throw true try typeof var void while with ' +
    'as async await eval arguments implements interface let package private protected public static undefined yield ' +
    'sql Table'
  ).split(' '),
);
