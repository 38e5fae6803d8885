import type { Ran } from './ran.ts';
import type { CiView } from './read-ci.ts';

const runners =
  /^(pytest|py\.test|unittest|nosetests|nose2|green|stestr|trial|behave|robot|jest|vitest|mocha|ava|tap|tape|jasmine|karma|uvu|ospec|qunit|cypress|wtr|web-test-runner|testcafe|newman|c8|ctest)$/;

/** The runs of a test suite. */
export function testRuns(ci: CiView): readonly Ran[] {
  return ci.ran.filter(({ program: { name, args }, text }) => {
    if (/(^| )(--help|--version|--collect-only|install|--listTests)( |$)/.test(text)) return false;
    const [first = '', second = ''] = args;
    if (runners.test(name)) return name !== 'cypress' || first === 'run';
    if (/^python[\d.]*$|^[\w-]*manage(\.py)?$|^django-admin$/.test(name)) {
      return (
        /(^|\/| )(manage\.py test|runtests\.py|run_tests\.py|test\.py|tests?\/\S+\.py|test_\w+\.py)/.test(
          text,
        ) ||
        (name !== 'python' && first === 'test') ||
        (first === 'setup.py' && second === 'test')
      );
    }
    if (name === 'node' || name === 'tsx')
      return args.includes('--test') || /(^| )\S*tests?\/\S+\.[cm]?[jt]s/.test(text);
    if (
      name === 'bun' ||
      name === 'deno' ||
      name === 'ng' ||
      name === 'hatch' ||
      name === 'react-scripts' ||
      name === 'aegir'
    )
      return first === 'test';
    if (name === 'playwright') return first === 'test';
    if (name === 'bulwark') return first === 'attack';
    return false;
  });
}
