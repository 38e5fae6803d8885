/**
 * Looks for tests that send malicious input or assert a refusal, and for a job of CI that runs the tests.
 *
 * ## Why
 * A defence that no test attacks is lost in some refactoring, and nobody sees it.
 *
 * ## Passes
 * CI runs the tests on pushes or pull requests, and some of them send markup, SQL, paths or addresses as an attacker would, expect 401 or
 * 403, or use `bulwark/testing`. Not every defence needs to have one: this line asks whether there are any.
 *
 * ## Fails
 * CI runs the tests, and none of them does; or the project has no tests.
 *
 * ## Unknown
 * There are tests, and it isn't known whether CI runs them.
 *
 * ## How to fix
 * ```ts
 * import { expectInert, xssPayloads } from 'bulwark/testing';
 * ```
 * Send each payload to a route, and assert that the answer doesn't run it: `bulwark/testing` has the payloads and the assertions.
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import type { Ran } from '../../../files/ci/ran.ts';
import { readCi } from '../../../files/ci/read-ci.ts';
import { testRuns } from '../../../files/ci/test-runs.ts';
import { unreadEvidence } from '../../../files/ci/unread-evidence.ts';
import { securityTests } from '../../../files/security-tests.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Write tests that send malicious input (`bulwark/testing` has it), and run the tests in a job of CI on pushes and pull requests.';

export const check: Check = {
  id: 'process/security-tests',
  aspect: 'security-tests/suite',
  title: 'Tests that CI runs send malicious input or assert a refusal.',
  why: 'A defence without a test is lost in a refactoring, and nobody sees it.',
  severity: 'medium',
  cwe: [],
  asvs: [],
  run: (subject) => [look(subject)],
};

function look(subject: Subject): Outcome {
  const { files, found, unread } = securityTests(subject);
  const ci = readCi(subject);
  const runs = testRuns(ci);
  const good = runs.filter(({ trigger, ignored }) => trigger.change === 'yes' && ignored === 'no');
  const attacks = good.filter(({ program }) => program.name === 'bulwark');
  if (attacks.length > 0) return pass('CI attacks the application with `bulwark attack`.', trailOf(attacks));
  if (files.length === 0) {
    if (subject.gaps.length > 0)
      return unknown('No tests were found, and a part of the project could not be read.', fix);
    return fail(
      'The project has no tests.',
      [{ text: `${subject.paths.length} files, none of which is a test` }],
      fix,
    );
  }
  if (good.length === 0) {
    const summary =
      runs.length > 0
        ? 'CI runs the tests only at times, or ignores their result.'
        : 'The project has tests, and no job of CI was seen to run them.';
    return unknown(summary, 'Run the tests in a job of CI on pushes and pull requests.', [
      ...trailOf(runs),
      ...found,
      ...unreadEvidence(ci.unread),
    ]);
  }
  if (found.length > 0)
    return pass('Tests that CI runs send malicious input or assert a refusal.', [...trailOf(good), ...found]);
  if (unread.length > 0)
    return unknown(
      'No test of an attack was found, and some tests could not be read.',
      fix,
      unread.slice(0, 8).map((path) => ({ text: path, path })),
    );
  return fail(
    `CI runs the tests, and none of the ${files.length} files with tests sends malicious input or asserts a refusal.`,
    [...trailOf(good), ...files.slice(0, 5).map((path) => ({ text: path, path, line: 1 }))],
    fix,
  );
}

function trailOf(runs: readonly Ran[]): readonly Evidence[] {
  return runs.slice(0, 3).flatMap(({ trail }) => trail);
}
