/**
 * Whether the path of a file says that its code is for tests, examples or documentation: `tests/test_login.py`,
 * `app.spec.ts`.
 */
export function isTestPath(path: string): boolean {
  return (
    /(^|\/)(tests?|_tests|\w+[-_]tests|testsuites?|testapps?|__tests__|testing|specs?|e2e|fixtures?|__fixtures__|__mocks__|mocks?|test[-_]\w+|bench(?:mark)?s?|examples?|samples?|demos?|docs?)\//i.test(
      path,
    ) ||
    /(^|\/)(test_[^/]*|[^/]*_tests?|conftest|testing|testutils?|[^/]*[._-](test|spec|tests|fixture|mock|stories|bench))\.[^/.]+$/i.test(
      path,
    )
  );
}

/**
 * Whether the name of a file or of a class says that it holds settings for development or tests: `settings/dev.py`,
 * `LocalConfig`.
 */
export function isDevelopmentPath(path: string): boolean {
  return /(^|[/._-])(dev|devel|development|local|test|tests|testing|ci|debug|docker)([/._-]|$)|(Dev|Development|Local|Test|Testing|Debug)([A-Z]|\b)/.test(
    path,
  );
}
