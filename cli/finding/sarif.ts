import { project } from '../project.ts';
import { type Finding, type Place, type RuleInfo, type Step, waysOf } from './finding.ts';
import { compareText, inOrder } from './finding-order.ts';
import { fingerprints } from './fingerprint.ts';
import { asciiJson } from './json.ts';
import type { Notice, Report, Suppressed } from './report.ts';
import { type Locations, rootId, sarifLocations } from './sarif-location.ts';
import { levels, ranks, sarifRule, securitySeverities } from './sarif-rule.ts';

/**
 * SARIF 2.1.0, for code scanning: the way of the data as a code flow, fingerprints that stay when lines move, what is
 * suppressed and why, and what a run has to say of itself.
 */
export function writeSarif(report: Report): string {
  const suppressed = new Map(report.suppressed.map((one) => [one.finding, one]));
  const findings = inOrder([...report.findings, ...suppressed.keys()]);
  const rules = [...report.rules].sort((a, b) => compareText(a.id, b.id));
  const locations = sarifLocations(placesOf(findings, report.notices), report.sources);
  const prints = fingerprints(findings, report.sources);
  const codes = [...new Set(report.notices.map(({ code }) => code))].sort(compareText);
  return asciiJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'bulwark',
            version: report.version,
            semanticVersion: report.version,
            ...informationUri(),
            rules: rules.map(sarifRule),
            notifications: codes.map((id) => ({ id })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [rootId]: { description: { text: 'The root of the scan.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.notices.map((notice) =>
              notification(notice, codes, locations),
            ),
          },
        ],
        artifacts: locations.artifacts,
        results: findings.map((finding) =>
          result(finding, {
            rules,
            locations,
            print: prints.get(finding),
            suppressed: suppressed.get(finding),
          }),
        ),
        properties: { scannedFiles: report.scanned.files, scannedLines: report.scanned.lines },
      },
    ],
  });
}

/** Where a reader of the report learns about the tool, once there is such a place. */
function informationUri(): { informationUri?: string } {
  const uri = project.homepage ?? project.repository;
  return uri === undefined ? {} : { informationUri: uri };
}

interface Around {
  readonly rules: readonly RuleInfo[];
  readonly locations: Locations;
  readonly print: string | undefined;
  readonly suppressed: Suppressed | undefined;
}

function result(finding: Finding, { rules, locations, print, suppressed }: Around): object {
  const { rule, severity, confidence, message, advice, place } = finding;
  const ways = waysOf(finding);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    rank: ranks[confidence],
    message: { text: plain(`${message} ${advice}`) },
    locations: [locations.location(place)],
    partialFingerprints: { 'bulwark/v1': print },
    ...(ways.length === 0 ? {} : { codeFlows: ways.map((steps) => codeFlow(steps, locations)) }),
    suppressions: suppressed
      ? [{ kind: suppressed.by === 'comment' ? 'inSource' : 'external', justification: suppressed.reason }]
      : [],
    properties: { severity, confidence, 'security-severity': securitySeverities[severity], advice },
  };
}

function codeFlow(steps: readonly Step[], locations: Locations): object {
  const last = steps.length - 1;
  return {
    threadFlows: [
      {
        locations: steps.map(({ place, message }, index) => ({
          location: locations.location(place, plain(message)),
          executionOrder: index + 1,
          importance: index === 0 || index === last ? 'essential' : 'important',
        })),
      },
    ],
  };
}

function notification(
  { code, level, message, place }: Notice,
  codes: readonly string[],
  locations: Locations,
): object {
  return {
    descriptor: { id: code, index: codes.indexOf(code) },
    level,
    message: { text: plain(message) },
    ...(place ? { locations: [locations.location(place)] } : {}),
  };
}

/** `[text](target)` would be a link, also in a message that is no Markdown (SARIF 3.11.6), and names are others'. */
function plain(text: string): string {
  return text.replaceAll('](', '] (');
}

function placesOf(findings: readonly Finding[], notices: readonly Notice[]): Place[] {
  return [
    ...findings.flatMap((finding) => [
      finding.place,
      ...waysOf(finding)
        .flat()
        .map((step) => step.place),
    ]),
    ...notices.flatMap(({ place }) => (place ? [place] : [])),
  ];
}
