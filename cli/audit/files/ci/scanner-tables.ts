import type { Program } from './program.ts';

/** How a tool is called in CI, and when its failure does not count. */
export interface ToolKind {
  readonly name: string;
  /** The name of the program. */
  readonly program?: RegExp;
  /** Its arguments, joined: all of them if missing. */
  readonly args?: RegExp;
  /** Arguments with which it never fails. */
  readonly lenient?: RegExp;
  /** An argument without which it never fails. */
  readonly strict?: RegExp;
  /** The action, the image (`docker://...`) or the template of GitLab. */
  readonly uses?: RegExp;
  /** Inputs of the action with which it never fails: `fail-build: false`. */
  readonly lenientInput?: RegExp;
  /** An input without which it never fails. */
  readonly strictInput?: RegExp;
  /** The id of a hook of pre-commit. */
  readonly hook?: RegExp;
  /** It shows what it finds as alerts of the repository, which a ruleset can make block. */
  readonly alerts?: true;
}

const shown = /(^| )(--help|-h|--version|-V)( |$)/;

/** Whether a command is a call of the tool, and whether it can fail. */
export function calls(kind: ToolKind, { name, args }: Program): { readonly canFail: boolean } | undefined {
  const text = args.join(' ');
  if (kind.hook !== undefined && name.startsWith('hook:')) {
    return kind.hook.test(name.slice(5)) ? { canFail: !kind.lenient?.test(text) } : undefined;
  }
  if (kind.program === undefined || !kind.program.test(name) || shown.test(text)) return undefined;
  if (kind.args !== undefined && !kind.args.test(text)) return undefined;
  return { canFail: !kind.lenient?.test(text) && (kind.strict === undefined || kind.strict.test(text)) };
}

/** Whether an action is the tool, and whether it can fail. */
export function isUsed(
  kind: ToolKind,
  uses: string,
  inputs: Readonly<Record<string, string>>,
): { readonly canFail: boolean } | undefined {
  if (kind.uses === undefined || !kind.uses.test(uses)) return undefined;
  const given = Object.entries(inputs)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
  const isLenient = kind.lenientInput?.test(given) === true;
  return { canFail: !isLenient && (kind.strictInput === undefined || kind.strictInput.test(given)) };
}

/** Static analysis for security of an application's code. Linters without rules of security are none. */
export const staticTools: readonly ToolKind[] = [
  {
    name: 'bulwark scan',
    program: /^(bulwark|bulwark-cli)$/,
    args: /^scan\b/,
    lenient: /--fail-on[= ]never/,
    hook: /^bulwark(-scan)?$/,
  },
  { name: 'CodeQL', uses: /^github\/codeql-action\/analyze@/i, alerts: true },
  { name: 'CodeQL', program: /^codeql$/, args: /database analyze/, alerts: true },
  {
    name: 'Semgrep',
    program: /^(semgrep|opengrep)$/,
    args: /^ci\b/,
    lenient: /--dry-run/,
    hook: /^semgrep(-ci)?$/,
  },
  {
    name: 'Semgrep',
    program: /^(semgrep|opengrep)$/,
    args: /^(?!ci\b)(.*(--config|-c|-f|--error|scan)\b|\.|\w)/,
    strict: /--error\b/,
  },
  { name: 'Semgrep', uses: /^(returntocorp|semgrep)\/semgrep-action@/ },
  { name: 'Bandit', program: /^bandit$/, args: /./, lenient: /--exit-zero/, hook: /^bandit$/ },
  {
    name: 'Bandit',
    uses: /^(PyCQA\/bandit-action|mdegis\/bandit-action|tj-actions\/bandit|jpetrucciani\/bandit-check)@/i,
  },
  { name: 'njsscan', program: /^njsscan$/, hook: /^njsscan$/ },
  { name: 'njsscan', uses: /^ajinabraham\/njsscan-action@/ },
  { name: 'Snyk Code', program: /^snyk$/, args: /^code test/ },
  {
    name: 'SonarQube',
    uses: /^SonarSource\/(sonarcloud-github-action|sonarqube-scan-action|sonarqube-quality-gate-action)@/i,
  },
  { name: 'SonarQube', program: /^(sonar-scanner|sonarqube-scanner|pysonar|pysonar-scanner)$/ },
  { name: 'Bearer', program: /^bearer$/, args: /^scan/, lenient: /--exit-code[= ]0/ },
  { name: 'Bearer', uses: /^bearer\/bearer-action@/ },
  { name: 'Horusec', program: /^horusec$/, args: /^start/, strict: /-e[= ]"?true|--return-error/ },
  { name: 'Pysa', program: /^pyre$/, args: /analyze/ },
  { name: 'gosec', program: /^gosec$/, lenient: /-no-fail/ },
  { name: 'gosec', uses: /^securego\/gosec@/ },
  { name: 'Brakeman', program: /^brakeman$/, lenient: /--no-exit-on-warn/ },
  { name: 'DevSkim', uses: /^microsoft\/DevSkim-Action@/i, alerts: true },
  { name: 'Checkmarx', uses: /^checkmarx\/(ast-github-action|kics-sast)@/i },
  { name: 'Veracode', uses: /^veracode\/veracode-pipeline-scan-action@/i },
  {
    name: 'Contrast Scan',
    uses: /^Contrast-Security-OSS\/(contrastscan-action|contrast-sast-scan-action)@/i,
  },
];

/** Look for known vulnerabilities in packages. */
export const dependencyTools: readonly ToolKind[] = [
  {
    name: 'npm audit',
    program: /^npm$/,
    args: /^audit(?! (fix|signatures))/,
    lenient: /--audit-level[= ]none/,
  },
  { name: 'pnpm audit', program: /^pnpm$/, args: /^audit(?!.*--fix)/ },
  { name: 'yarn audit', program: /^yarn$/, args: /^(npm )?audit/ },
  { name: 'bun audit', program: /^bun$/, args: /^audit/ },
  { name: 'audit-ci', program: /^audit-ci$/ },
  {
    name: 'better-npm-audit',
    program: /^(better-npm-audit|npm-audit-resolver|resolve-audit|check-audit|audit-app)$/,
  },
  { name: 'auditjs', program: /^auditjs$/ },
  { name: 'retire.js', program: /^retire$/, lenient: /--exitwith[= ]0/ },
  { name: 'pip-audit', program: /^pip-audit$/, hook: /^pip-audit$/ },
  { name: 'pip-audit', uses: /^pypa\/gh-action-pip-audit@/ },
  { name: 'uv audit', program: /^uv$/, args: /^audit/ },
  {
    name: 'Safety',
    program: /^safety$/,
    args: /^(check|scan)|--stdin/,
    lenient: /--continue-on-error/,
    hook: /^python-safety-dependencies-check$/,
  },
  { name: 'Safety', uses: /^pyupio\/safety(-action)?@/ },
  { name: 'pipenv check', program: /^pipenv$/, args: /^(check|audit)|^scan/ },
  { name: 'OSV-Scanner', program: /^osv-scanner$/, hook: /^osv-scanner$/ },
  { name: 'OSV-Scanner', uses: /^google\/osv-scanner-action\//, lenientInput: /fail-on-vuln: false/ },
  {
    name: 'Trivy',
    program: /^trivy$/,
    args: /\b(fs|filesystem|repo|repository|rootfs|image|sbom)\b/,
    strict: /--exit-code[= ][1-9]/,
  },
  { name: 'Trivy', uses: /^aquasecurity\/trivy-action@/i, strictInput: /exit-code: '?[1-9]|format: .?sarif/ },
  { name: 'Grype', program: /^grype$/, strict: /--fail-on|-f / },
  { name: 'Grype', uses: /^anchore\/scan-action@/, lenientInput: /fail-build: false/ },
  { name: 'Snyk', program: /^snyk$/, args: /^(test|monitor)/ },
  { name: 'Snyk', uses: /^snyk\/actions\/(node|python[\w.-]*|docker|setup-and-test)@/ },
  {
    name: 'dependency-review-action',
    uses: /^actions\/dependency-review-action@/,
    lenientInput: /warn-only: true/,
  },
  { name: 'OWASP Dependency-Check', program: /^dependency-check(\.sh)?$/, strict: /--failOnCVSS/ },
  {
    name: 'OWASP Dependency-Check',
    uses: /^dependency-check\/Dependency-Check_Action@/i,
    strictInput: /failOnCVSS/,
  },
  { name: 'Socket', program: /^(socket|@socketsecurity\/cli)$/, args: /^(ci|scan)/ },
  { name: 'Docker Scout', program: /^docker$/, args: /^scout cves/, strict: /--exit-code|-e\b/ },
  {
    name: "GitLab's dependency scanning",
    uses: /^template:(Jobs|Security)\/Dependency-Scanning(\.latest|\.v2)?\.gitlab-ci\.yml$/,
    alerts: true,
  },
];
