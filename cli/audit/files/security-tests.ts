import type { Evidence } from '../check/outcome.ts';
import type { Subject } from '../subject/subject.ts';

const testPath =
  /(^|\/)(tests?|__tests__|specs?|e2e|cypress|playwright)\/.*\.([cm]?[jt]sx?|py)$|(^|\/)(test_[^/]*\.py|[^/]*_test\.py|tests\.py|[^/]*[._-](test|spec|cy)\.[cm]?[jt]sx?)$/i;
const notTests =
  /(^|\/)(node_modules|vendor|fixtures?|__fixtures__|snapshots|__snapshots__|examples?|docs?)\//i;
const maxFiles = 5000;
const maxLength = 50_000_000;
const maxEvidence = 12;

/** What malicious input looks like. Each is what a test of something else would hardly have. */
const payloads: readonly RegExp[] = [
  /<script\b[^>]{0,40}>\s*(alert|evil|xss|prompt|confirm|hack|bad|js\b)|&lt;script|<img src=["'\\]{0,2}x\b/i,
  /\bon(error|load|click|mouseover|focus)\s*=\s*["'\\]{0,2}(alert|javascript|evil|xss|prompt)/i,
  /javascript:(alert|\/\/|evil)/i,
  /['"]\s*(or|and)\s+['"]?1['"]?\s*=\s*['"]?1/i,
  /'\)?\s*union\s+(all\s+)?select|['"]\)?\s*;\s*drop\s+table|\bwaitfor\s+delay\b|\bxp_cmdshell\b/i,
  /(\.\.[/\\]){2,}(etc|windows|passwd|secret)|\.\.%2f|%2e%2e|etc\/(passwd|shadow)/i,
  /169\.254\.169\.254|metadata\.google\.internal/,
  /\{\{\s*7\s*\*\s*'?7|\$\{7\*7\}/,
  /[;|&`]\s*(cat\s+\/etc|whoami\b)/,
  /%0d%0a|\\r\\n(set-cookie|location)/i,
  /["']__proto__["']|constructor\.prototype/,
  /<!ENTITY|file:\/\/\/etc/i,
  /\b(it|test|describe|def test\w*)\b.{0,80}(sql[ _]?injection|\bxss\b|\bssrf\b|\bcsrf\b|_(xss|ssrf|csrf)\b|(path|directory)[ _]traversal|open[ _]redirect|(header|command|html|template)[ _]injection|prototype[ _]pollution|clickjacking|malicious)/i,
];
/** An answer that refuses is expected, not made up: `status_code = 401` of a mock is no test. */
const refusals: readonly RegExp[] = [
  /\b(assert\w*|expect\w*|should|equal\w*|strictEqual|toBe|toEqual)\b.{0,120}\b(401|403)\b/i,
  /\b(assert\w*|expect\w*|should)\b.{0,120}\b(HTTP_)?(401_UNAUTHORIZED|403_FORBIDDEN)\b/,
  /\bassertRedirects?\b.{0,120}log_?in|\bassert(Forbidden|Unauthorized|PermissionDenied)\b/i,
  /\b(raises|assertRaises|toThrow|rejects)\b.{0,80}\b(PermissionDenied|SuspiciousOperation|Forbidden|Unauthorized|DisallowedHost|BadSignature|Refusal)/,
  /\bcsrf_checks\s*=\s*True|enforce_csrf_checks\s*=\s*True/,
];
const libraries =
  /\b(from|require|import)\b.{0,60}['"](bulwark\/testing|bulwark|zaproxy|schemathesis)['"]|\bimport (schemathesis|zapv2)\b/;

export interface SecurityTests {
  /** Files that hold tests. */
  readonly files: readonly string[];
  /** Lines that send malicious input or assert a refusal. */
  readonly found: readonly Evidence[];
  /** Test files that could not be read. */
  readonly unread: readonly string[];
}

/** The tests of the project, and what in them is about attacks. */
export function securityTests(subject: Subject): SecurityTests {
  const files = subject.paths.filter((path) => testPath.test(path) && !notTests.test(path));
  const found: Evidence[] = [];
  const unread: string[] = [];
  let length = 0;
  for (const path of files.slice(0, maxFiles)) {
    const text = length > maxLength ? undefined : subject.read(path);
    length += text?.length ?? 0;
    if (text === undefined) unread.push(path);
    else if (found.length < maxEvidence) found.push(...inTest(path, text));
  }
  return { files, found: found.slice(0, maxEvidence), unread };
}

function inTest(path: string, text: string): readonly Evidence[] {
  // Without an assertion it is a helper, or data.
  if (!/\b(assert\w*|expect|raises|should|t\.(is|equal|throws)|equal|strictEqual|status_code)\b/.test(text))
    return [];
  const lines = text.split('\n', 20_000);
  const at = lines.findIndex((line) => {
    const bare = line.trim();
    if (bare.length > 2000 || /^(#|\/\/|\*)/.test(bare)) return false;
    return [...payloads, ...refusals, libraries].some((pattern) => pattern.test(bare));
  });
  return at < 0 ? [] : [{ text: (lines[at] ?? '').trim().slice(0, 200), path, line: at + 1 }];
}
