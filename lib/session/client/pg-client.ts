import { Misuse } from '../../refusal/misuse.ts';

/** A pool or client of pg. */
export interface PgClient {
  query(
    text: string,
    values: readonly unknown[],
  ): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }>;
}

/** `"public"."session"`, from names that the developer wrote. */
export function quotedTable(table: string, schema?: string): string {
  return [...(schema === undefined ? [] : [schema]), table].map(quoted).join('.');
}

function quoted(name: string): string {
  if (typeof name !== 'string' || !/^[A-Za-z_]\w{0,62}$/.test(name)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'The name of a table or schema has letters, digits and underscores.',
    );
  }
  return `"${name}"`;
}
