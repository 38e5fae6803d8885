/** The families of SQL whose texts are read. `mysql` is MariaDB as well. */
export type DialectName = 'postgres' | 'mysql' | 'sqlite';

export const dialectNames: readonly DialectName[] = Object.freeze(['postgres', 'mysql', 'sqlite'] as const);
