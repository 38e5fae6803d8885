import { type Finding, type RuleInfo, type Severity, type Step, waysOf } from './finding.ts';
import { inOrder } from './finding-order.ts';
import { fingerprints } from './fingerprint.ts';
import { asciiJson } from './json.ts';
import type { Report } from './report.ts';
import { visible } from './visible.ts';

/** GitLab's report of static analysis (SAST), version 15, for `artifacts: reports: sast`. */
export function writeGitlab(report: Report): string {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const all = [...report.findings, ...report.suppressed.map(({ finding }) => finding)];
  const prints = fingerprints(all, report.sources);
  const tool = { id: 'bulwark', name: 'bulwark', version: report.version, vendor: { name: 'bulwark' } };
  return asciiJson({
    version: '15.1.4',
    scan: {
      type: 'sast',
      status: 'success',
      // Wanted by the schema. A clock would make every report another one; GitLab has the job's times.
      start_time: '1970-01-01T00:00:00',
      end_time: '1970-01-01T00:00:00',
      analyzer: tool,
      scanner: tool,
      messages: report.notices.map(({ level, code, message, place }) => ({
        level: messageLevels[level],
        value: visible(`${code}: ${place ? `${place.path}:${place.line}: ` : ''}${message}`),
      })),
    },
    vulnerabilities: inOrder(report.findings).map((finding) =>
      vulnerability(finding, rules.get(finding.rule), prints.get(finding) ?? ''),
    ),
  });
}

const messageLevels = { error: 'fatal', warning: 'warn', note: 'info' } as const;
const severityNames: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

function vulnerability(finding: Finding, rule: RuleInfo | undefined, print: string): object {
  const { place } = finding;
  const ways = waysOf(finding);
  return {
    id: uuid(print),
    name: rule?.title ?? finding.rule,
    description: finding.message,
    severity: severityNames[finding.severity],
    solution: finding.advice,
    location: { file: place.path, start_line: place.line, end_line: place.endLine },
    identifiers: [
      { type: 'bulwark_rule', name: `bulwark ${finding.rule}`, value: finding.rule },
      ...(rule?.cwe ?? []).map((number) => ({
        type: 'cwe',
        name: `CWE-${number}`,
        value: String(number),
        url: `https://cwe.mitre.org/data/definitions/${number}.html`,
      })),
      ...(rule?.owasp ? [{ type: 'owasp', name: rule.owasp, value: rule.owasp.split(' ')[0] }] : []),
    ],
    details: {
      // Version 15 has no field for it.
      confidence: { name: 'Confidence', type: 'text', value: finding.confidence },
      ...(ways.length === 0 ? {} : { code_flows: codeFlows(ways) }),
    },
  };
}

function codeFlows(ways: readonly (readonly Step[])[]): object {
  const kind = (index: number, last: number): string =>
    index === 0 ? 'source' : index === last ? 'sink' : 'propagation';
  return {
    name: 'Data flow',
    type: 'code-flows',
    items: ways.map((steps) =>
      steps.map(({ place }, index) => ({
        type: 'code-flow-node',
        node_type: kind(index, steps.length - 1),
        file_location: {
          type: 'file-location',
          file_name: place.path,
          line_start: place.line,
          line_end: place.endLine,
        },
      })),
    ),
  };
}

/** GitLab wants a UUID: of version 8, whose bits are anyone's own (RFC 9562). */
function uuid(print: string): string {
  const [a, b, c, d, e] = [
    print.slice(0, 8),
    print.slice(8, 12),
    print.slice(13, 16),
    print.slice(17, 20),
    print.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}
