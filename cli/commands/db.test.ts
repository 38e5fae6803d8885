import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mariadbChecks } from '../db/mariadb/mariadb-checks.ts';
import { postgresChecks } from '../db/postgres/postgres-checks.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = read('../../docs/commands/db.md');

describe('the page', () => {
  it('lists every code', () => {
    const codes = new Set(read('../db/mistake.ts').match(/(?<=')db\/[a-z-]+(?=')/g));
    expect([...codes].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
    expect(codes.size).toBeGreaterThan(5);
  });

  it('has a row for every weakness, with its severity and CWE', () => {
    for (const { id, severity, cwe, title, ...check } of [...postgresChecks, ...mariadbChecks]) {
      const row = `| \`${id}\`${check.as === 'admin' ? ' (admin)' : ''} | ${severity} | ${cwe} | ${title} |`;
      expect(page).toContain(row);
    }
  });

  it('has no id twice for one server', () => {
    for (const checks of [postgresChecks, mariadbChecks]) {
      expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    }
  });
});
