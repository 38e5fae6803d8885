import type { Module } from '../../ir/ir.ts';
import type { Use } from './use.ts';

/** Whether the code of a file is for tests, examples or documentation: `tests/test_login.py`, `app.spec.ts`. */
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

export function pathOf({ frame }: Use): string {
  return frame.linked.program.modules[frame.info.module]?.path ?? '';
}

const known = new WeakMap<Module, boolean>();

export function inTests({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  let answer = module && known.get(module);
  if (module && answer === undefined) {
    answer = isTestPath(module.path);
    known.set(module, answer);
  }
  return answer === true;
}

/** Whether a file, or a class, holds settings for development or tests: `settings/dev.py`, `LocalConfig`. */
export function isDevelopmentPath(path: string): boolean {
  return /(^|[/._-])(dev|devel|development|local|test|tests|testing|ci|debug|docker)([/._-]|$)|(Dev|Development|Local|Test|Testing|Debug)([A-Z]|\b)/.test(
    path,
  );
}
