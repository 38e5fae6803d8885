import type { Dialect } from './dialect.ts';
import { escapePattern } from './escape-pattern.ts';

export const postgres: Dialect = Object.freeze({
  name: 'postgres',
  placeholder: (number: number) => `$${number}`,
  // Nothing else is special in a quoted name (PostgreSQL, 4.1.1).
  quoteName: (name: string) => `"${name.replaceAll('"', '""')}"`,
  // Backslash is the escape character where none is named (PostgreSQL, 9.7.1).
  writePattern: escapePattern('\\'),
  takesLists: true,
  // The protocol's Bind message counts them in 16 bits; drivers write the rest of the number away, and what follows is
  // read as another message (as in CVE-2024-27304).
  maxValues: 65_535,
} as const);
