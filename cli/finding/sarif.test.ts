import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Report } from './report.ts';
import { writeSarif } from './sarif.ts';
import { relativeUri } from './sarif-location.ts';
import {
  emptyReport,
  hostileReport,
  place,
  sampleReport,
  twoWaysFinding,
  yamlFinding,
} from './testing/sample-report.ts';
import { sarifSchema } from './testing/sarif-schema.ts';

const isUri = (text: string): boolean => URL.canParse(text);
const isReference = (text: string): boolean => URL.canParse(text, 'file:///') && !/[\s<>"{}|\\^`]/.test(text);
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat('uri', isUri).addFormat('uri-reference', isReference).addFormat('date-time', true);
const isSarif = ajv.compile(sarifSchema());

function problems(report: Report): string[] {
  isSarif(JSON.parse(writeSarif(report)));
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('writeSarif', () => {
  it.each([
    ['a report', sampleReport],
    ['nothing', emptyReport],
    ['hostile names and texts', hostileReport],
    [
      'places that cannot be',
      { ...sampleReport, findings: [{ ...yamlFinding, place: { ...place('a', 0, -1, -5), endLine: -1 } }] },
    ],
  ])('is valid for %s', (_, report) => expect(problems(report)).toEqual([]));

  it('would not be valid with a line 0', () => {
    const broken = JSON.parse(writeSarif(sampleReport));
    broken.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    expect(isSarif(broken)).toBe(false);
  });

  const [run] = JSON.parse(writeSarif(sampleReport)).runs;

  it('says of rules what code scanning sorts by', () => {
    expect(run.tool.driver.rules[1]).toMatchObject({
      id: 'sql/injection',
      help: { markdown: '# sql/injection\n\nBind it.\n' },
      properties: {
        tags: ['security', 'external/cwe/cwe-89', 'external/owasp/owasp-a05-2025'],
        'security-severity': '9.5',
      },
    });
    expect(run.columnKind).toBe('utf16CodeUnits');
  });

  it('has the way of the data as a code flow', () => {
    const flow = run.results[2].codeFlows[0].threadFlows[0].locations;
    expect(flow.map((one: { location: { message: object } }) => one.location.message)).toEqual([
      { text: 'comes from the query string' },
      { text: 'is passed to search()' },
      { text: 'becomes the text of a statement' },
    ]);
    const { artifactLocation, region } = flow[0].location.physicalLocation;
    expect(run.artifacts[artifactLocation.index].location.uri).toBe('src/routes.ts');
    expect(region).toEqual({ startLine: 4, startColumn: 12, endLine: 4, endColumn: 23 });
  });

  it('has each way as a code flow of its own', () => {
    const { runs } = JSON.parse(writeSarif({ ...sampleReport, findings: [twoWaysFinding] }));
    const { codeFlows } = runs[0].results.find(
      ({ ruleId }: { ruleId: string }) => ruleId === 'sql/injection',
    );
    expect(
      codeFlows.map(
        (one: { threadFlows: { locations: object[] }[] }) => one.threadFlows[0]?.locations.length,
      ),
    ).toEqual([3, 2]);
  });

  it('has suppressed findings with their reasons', () => {
    expect(run.results.map((one: { suppressions: object[] }) => one.suppressions)).toEqual([
      [],
      [{ kind: 'inSource', justification: 'our own file' }],
      [],
    ]);
  });

  it('has notices, with their places', () => {
    expect(run.invocations[0].toolExecutionNotifications).toMatchObject([
      { descriptor: { id: 'scan/unparsable' }, level: 'warning', locations: [{}] },
      { descriptor: { id: 'scan/skipped' }, level: 'note' },
    ]);
  });

  it('keeps fingerprints when lines move', () => {
    const moved = { ...yamlFinding, place: place('app.py', 4, 1, 16) };
    const sources = (): string => 'import yaml\n\n\nyaml.load(text)\n';
    const after = JSON.parse(writeSarif({ ...emptyReport, findings: [moved], sources })).runs[0];
    expect(after.results[0].partialFingerprints).toEqual(run.results[0].partialFingerprints);
  });

  it('makes no link of what others wrote', () => {
    const message = 'The name [here](https://evil.example) is used.';
    const text = writeSarif({ ...emptyReport, findings: [{ ...yamlFinding, message }] });
    expect(text).not.toContain('](');
  });
});

describe('relativeUri', () => {
  it.each([
    ['src/a b.ts', 'src/a%20b.ts'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['a#b?c%', 'a%23b%3Fc%25'],
    ['\ud800', '%EF%BF%BD'],
  ])('of %j is %s', (path, uri) => expect(relativeUri(path)).toBe(uri));
});
