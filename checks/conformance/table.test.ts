import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cases } from './cases.ts';
import { differences } from './differences.ts';
import { type Framework, frameworkNames, frameworks } from './frameworks.ts';
import { readTable, withTable } from './table.ts';

describe('the conformance suite', () => {
  it('has at least 150 cases, each with an id of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    for (const { id } of cases) expect(id).toMatch(/^[a-z\d]+\/[a-z\d-]+$/);
  });

  it.each(frameworkNames)('runs on %s', (name) => {
    const files = [`./${name}.test.ts`, `./${name}.slow.test.ts`];
    expect(files.some((file) => existsSync(new URL(file, import.meta.url)))).toBe(true);
  });

  it('lists differences of cases and frameworks that exist', () => {
    const areas = new Set(cases.flatMap(({ id }) => [id, `${id.split('/', 1)[0]}/*`]));
    for (const [id, reasons] of Object.entries(differences)) {
      expect(areas.has(id), id).toBe(true);
      for (const name of Object.keys(reasons)) expect(Object.keys(frameworks)).toContain(name);
    }
  });
});

describe('withTable', () => {
  const page =
    '# Page\n<!-- The table is written by checks/conformance/write-table.ts. -->\n<!-- End of the table. -->\nrest\n';

  it('writes what readTable reads, and leaves the rest of the page alone', () => {
    const passed = new Map(cases.map(({ id }) => [id, id !== 'headers/text']));
    const written = withTable(page, new Map<Framework, Map<string, boolean>>([['node', passed]]));
    expect(written).toMatch(/^# Page\n/);
    expect(written).toMatch(/\nrest\n$/);
    const table = readTable(written);
    expect(table.size).toBe(cases.length);
    expect(table.get('headers/text')?.get('node:http')).toBe('**no**');
    expect(table.get('headers/page')?.get('node:http')).toBe('yes');
    expect(withTable(written, new Map([['node', passed]]))).toBe(written);
  });
});
