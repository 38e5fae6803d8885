import { describe, expect, it } from 'vitest';
import { writeGitlab } from './gitlab.ts';
import { emptyReport, hostileReport, sampleReport, twoWaysFinding } from './testing/sample-report.ts';

describe('writeGitlab', () => {
  it('has each finding with what GitLab knows it by, and its flow', () => {
    const report = JSON.parse(writeGitlab(sampleReport));
    expect(report.scan).toMatchObject({ type: 'sast', status: 'success', analyzer: { id: 'bulwark' } });
    expect(report.vulnerabilities).toHaveLength(2);
    expect(report.vulnerabilities[1]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      severity: 'Critical',
      location: { file: 'src/search.ts', start_line: 2, end_line: 2 },
      identifiers: [
        { type: 'bulwark_rule', value: 'sql/injection' },
        { type: 'cwe', value: '89' },
        { type: 'owasp', value: 'A05:2025' },
      ],
    });
    const [flow] = report.vulnerabilities[1].details.code_flows.items;
    expect(flow.map((node: { node_type: string }) => node.node_type)).toEqual([
      'source',
      'propagation',
      'sink',
    ]);
  });

  it('has a flow for each way', () => {
    const report = JSON.parse(writeGitlab({ ...sampleReport, findings: [twoWaysFinding] }));
    const { items } = report.vulnerabilities[0].details.code_flows;
    expect(items.map((flow: object[]) => flow.length)).toEqual([3, 2]);
  });

  it('is ASCII, and a report also where nothing was found', () => {
    expect(writeGitlab(hostileReport)).toMatch(/^[\n -~]*$/);
    expect(JSON.parse(writeGitlab(emptyReport)).vulnerabilities).toEqual([]);
  });
});
