import { describe, expect, it } from 'vitest';
import {
  emptyReport,
  hostileReport,
  sampleReport,
  sqlFinding,
  twoWaysFinding,
} from './testing/sample-report.ts';
import { writeText } from './text.ts';

describe('writeText', () => {
  const text = writeText(sampleReport, { color: false });

  it('shows the way of the data, its code, and what to do', () => {
    expect(text).toContain(`  critical sql/injection at 2:10, high confidence
  The query string reaches the text of an SQL statement.
    src/routes.ts:4:12  comes from the query string
      4 |   const q = req.query.q;
        |             ^^^^^^^^^^^
    src/routes.ts:5:12  is passed to search()
      5 |   res.json(search(q));
        |            ^^^^^^^^^
    src/search.ts:2:10  becomes the text of a statement
`);
    expect(text).toContain('  do: Hand the value over as a bound parameter.\n');
  });

  it('names the sources of other ways', () => {
    const report = { ...sampleReport, findings: [twoWaysFinding] };
    expect(writeText(report, { color: false })).toContain('    also from src/routes.ts:3:16\n');
    expect(text).not.toContain('also from');
  });

  it('shows the lines around a place without a way', () => {
    expect(text).toContain(`      1 | import yaml
      2 | yaml.load(text)
        | ^^^^^^^^^^^^^^^
      3 | yaml.load(text)
`);
  });

  it('ends with notices and a summary', () => {
    expect(text).toMatch(/^warning scan\/unparsable: app\.py:3:1: Not parsed/m);
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      '2 findings (1 critical, 1 medium) in 2 files; 3 files, 13 lines scanned; 1 suppressed',
    );
    expect(writeText(emptyReport, { color: false })).toBe('No findings; 3 files, 13 lines scanned\n');
  });

  it('has colours only where they are wanted', () => {
    expect(text).not.toContain('\u001b');
    expect(writeText(sampleReport, { color: true })).toContain('\u001b[31m');
  });

  it('leaves out the middle of a long way', () => {
    const steps = Array.from({ length: 500 }, () => sqlFinding.steps[0] ?? never());
    const long = writeText({ ...sampleReport, findings: [{ ...sqlFinding, steps }] }, { color: false });
    expect(long).toContain('    ... 476 more steps\n');
    expect(long.split('\n').length).toBeLessThan(100);
  });

  it('gives a terminal and a runner of GitHub nothing to act on', () => {
    const hostile = writeText(hostileReport, { color: false });
    expect(hostile.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(hostile).not.toMatch(/^::/m);
  });
});

function never(): never {
  throw new Error('The sample has steps.');
}
