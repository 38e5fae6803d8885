import { describe, expect, it } from 'vitest';
import { writeJunit } from './junit.ts';
import { emptyReport, hostileReport, sampleReport } from './testing/sample-report.ts';

describe('writeJunit', () => {
  it('has a suite for each file and a failure for each finding', () => {
    const xml = writeJunit(sampleReport);
    expect(xml).toContain('<testsuites name="bulwark scan" tests="2" failures="2" errors="0">');
    expect(xml).toContain(
      '<testcase name="sql/injection at 2:10" classname="src/search.ts" file="src/search.ts" line="2">',
    );
    expect(xml).toContain('message="The query string reaches the text of an SQL statement."');
    expect(xml).toContain('    const q = req.query.q;\n              ^^^^^^^^^^^\n');
  });

  it('has one case that passed where nothing was found', () => {
    expect(writeJunit(emptyReport)).toContain('tests="1" failures="0"');
  });

  it.each([
    ['a report', sampleReport],
    ['nothing', emptyReport],
    ['hostile names and texts', hostileReport],
  ])('is well-formed for %s', (_, report) => {
    const xml = writeJunit(report);
    expect(xml).not.toMatch(/[^\t\n\x20-\ud7ff\ue000-\ufffd]/);
    const open: string[] = [];
    const rest = xml
      .replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '')
      .replace(/<(\/?)([\w-]+)((?: \w+="[^"<]*")*)(\/?)>/g, (_, closing, name, __, empty) => {
        if (closing === '/') expect(open.pop()).toBe(name);
        else if (empty === '') open.push(name);
        return '';
      });
    expect(open).toEqual([]);
    expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/);
  });
});
