import type { Finding, Place, RuleInfo } from '../finding.ts';
import type { Report } from '../report.ts';

const sampleSources: Readonly<Record<string, string>> = {
  'src/routes.ts':
    "import { search } from './search.ts';\n\napp.get('/s', (req, res) => {\n\tconst q = req.query.q;\n  res.json(search(q));\n});\n",
  'src/search.ts':
    "export function search(q) {\n  return db.query(`select * from t where n = '" + '$' + "{q}'`);\n}\n",
  'app.py': 'import yaml\nyaml.load(text)\nyaml.load(text)\n',
};

/** A place that is one line's part. */
export function place(path: string, line: number, column: number, endColumn: number): Place {
  return { path, line, column, endLine: line, endColumn };
}

export const sqlFinding: Finding = {
  rule: 'sql/injection',
  severity: 'critical',
  confidence: 'high',
  message: 'The query string reaches the text of an SQL statement.',
  advice: 'Hand the value over as a bound parameter.',
  place: place('src/search.ts', 2, 10, 55),
  steps: [
    { place: place('src/routes.ts', 4, 12, 23), message: 'comes from the query string' },
    { place: place('src/routes.ts', 5, 12, 21), message: 'is passed to search()' },
    { place: place('src/search.ts', 2, 10, 55), message: 'becomes the text of a statement' },
  ],
};

/** The same with a second source. */
export const twoWaysFinding: Finding = {
  ...sqlFinding,
  otherWays: [
    [
      { place: place('src/routes.ts', 3, 16, 19), message: 'comes from a header' },
      { place: place('src/search.ts', 2, 10, 55), message: 'becomes the text of a statement' },
    ],
  ],
};

export const yamlFinding: Finding = {
  rule: 'deserialize/untrusted',
  severity: 'medium',
  confidence: 'medium',
  message: 'yaml.load() makes any object that the text names.',
  advice: 'Call yaml.safe_load().',
  place: place('app.py', 2, 1, 16),
  steps: [],
};

export const sampleRules: readonly RuleInfo[] = [
  {
    id: 'sql/injection',
    title: 'SQL injection',
    severity: 'critical',
    cwe: [89],
    owasp: 'A05:2025 Injection',
    page: '# sql/injection\n\nBind it.\n',
  },
  {
    id: 'deserialize/untrusted',
    title: 'Unsafe deserialisation',
    severity: 'high',
    cwe: [502],
    owasp: 'A08:2025 Software or Data Integrity Failures',
    page: '',
  },
];

export const sampleReport: Report = {
  version: '0.1.0',
  findings: [sqlFinding, yamlFinding],
  rules: sampleRules,
  notices: [
    {
      code: 'scan/unparsable',
      level: 'warning',
      message: 'Not parsed: a bracket is missing.',
      place: place('app.py', 3, 1, 2),
    },
    { code: 'scan/skipped', level: 'note', message: '12 files of node_modules were skipped.' },
  ],
  suppressed: [
    { finding: { ...yamlFinding, place: place('app.py', 3, 1, 16) }, by: 'comment', reason: 'our own file' },
  ],
  sources: (path) => sampleSources[path],
  scanned: { files: 3, lines: 13 },
};

export const emptyReport: Report = { ...sampleReport, findings: [], notices: [], suppressed: [] };

/** Names, texts and sources as an attacker would choose them. */
export const hostileText = `"'</script>]]>--><img src=x onerror=alert(1)>\n::error::x\r\u001b[2J\u0000\u202e\ud800\ufffe%0A&amp;{{7*7}}`;

export const hostileReport: Report = {
  ...sampleReport,
  findings: [
    {
      ...sqlFinding,
      message: hostileText,
      advice: hostileText,
      place: place(`::${hostileText}`, 1, 3, 9),
      steps: [{ place: place(`::${hostileText}`, 1, 1, 400), message: hostileText }],
      otherWays: [[{ place: place(`::${hostileText}`, 2, 1, 400), message: hostileText }]],
    },
  ],
  notices: [
    { code: 'scan/unparsable', level: 'error', message: hostileText, place: place(hostileText, 0, 0, 0) },
  ],
  suppressed: [{ finding: { ...yamlFinding, message: hostileText }, by: 'baseline', reason: hostileText }],
  sources: () => hostileText,
};
