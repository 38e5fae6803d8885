import { describe, expect, it } from 'vitest';
import { writeJson } from './json.ts';
import { hostileReport, hostileText, sampleReport, twoWaysFinding } from './testing/sample-report.ts';

describe('writeJson', () => {
  it('has the documented shape', () => {
    const report = JSON.parse(writeJson(sampleReport));
    expect(Object.keys(report)).toEqual([
      'version',
      'tool',
      'scanned',
      'findings',
      'suppressed',
      'notices',
      'rules',
    ]);
    expect(report).toMatchObject({
      version: 1,
      tool: { name: 'bulwark', version: '0.1.0' },
      scanned: { files: 3, lines: 13 },
      findings: [
        { rule: 'deserialize/untrusted', cwe: [502], steps: [] },
        {
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
          rule: 'sql/injection',
          owasp: 'A05:2025 Injection',
          place: { path: 'src/search.ts', line: 2, column: 10, endLine: 2, endColumn: 55 },
        },
      ],
      suppressed: [{ by: 'comment', reason: 'our own file', finding: { place: { line: 3 } } }],
    });
  });

  it('has the ways from other sources', () => {
    const report = JSON.parse(writeJson({ ...sampleReport, findings: [twoWaysFinding] }));
    expect(report.findings[0].otherWays).toMatchObject([
      [{ message: 'comes from a header' }, { message: 'becomes the text of a statement' }],
    ]);
  });

  it('is the same whatever the order of the findings', () => {
    const other = { ...sampleReport, findings: [...sampleReport.findings].reverse() };
    expect(writeJson(other)).toBe(writeJson(sampleReport));
  });

  it('is ASCII, and holds any text', () => {
    const text = writeJson(hostileReport);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(JSON.parse(text).findings[0].message).toBe(hostileText);
  });
});
