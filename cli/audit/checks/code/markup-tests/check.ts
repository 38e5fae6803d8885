/**
 * Looks for a test that sends markup to the application and looks at how it comes back, and for a job of CI that runs the tests.
 *
 * ## Why
 * Escaping that no test asks for is switched off in some refactoring, and nobody sees it.
 *
 * ## Passes
 * CI runs the tests on pushes or pull requests, and one of them sends `<script`, `onerror=` or payloads of bulwark/testing, and asserts
 * on the answer.
 *
 * ## Fails
 * The project has templates or makes HTML, it has tests, and none of them sends markup.
 *
 * ## Unknown
 * The project has no tests that can be read, or it isn't known whether CI runs them.
 *
 * ## How to fix
 * ```js
 * const answer = await request(app).get('/search?q=%3Cscript%3Ealert(1)%3C/script%3E');
 * expect(answer.text).not.toContain('<script>alert(1)');
 * ```
 * ```python
 * answer = client.get("/search", query_string={"q": "<script>alert(1)</script>"})
 * assert b"<script>alert(1)" not in answer.data
 * ```
 */

import type { CodeView } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { readCi } from '../../../files/ci/read-ci.ts';
import { testRuns } from '../../../files/ci/test-runs.ts';
import { securityTests } from '../../../files/security-tests.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Write a test that sends `<script>alert(1)</script>` to a page, and asserts that it does not come back as markup. `bulwark/testing` has payloads.';

export const check: Check = {
  id: 'code/markup-tests',
  aspect: 'escaping/tested',
  title: 'A test that CI runs sends markup and looks at how it comes back.',
  why: 'Escaping that no test asks for is switched off in a refactoring, and nobody sees it.',
  severity: 'low',
  cwe: [79],
  asvs: [],
  async run(subject) {
    const view = await subject.code();
    return view.files === 0 ? [] : [look(subject, view)];
  },
};

const markup =
  /<script\b|&lt;script|%3Cscript|\bon(error|load|click|mouseover|focus|toggle)\s*=\s*["'\\]{0,2}\w|<img\s+src\s*=?\s*["']?x\b|javascript:\s*\w+|<svg\b[^>]{0,40}\bonload/i;
const library = /\b(from|require|import)\b.{0,60}['"]bulwark\/testing['"]/;
/** Of an answer, in the same test: what a page holds, or does not. */
const asserts =
  /\b(assert\w*|expect|should|t\.(is|not|true|false|equal|match|notMatch|doesNotMatch)|(not)?(strictE|e)qual|doesNotMatch|ok)\b/;
const answers =
  /\b(text|body|data|content|html|innerHTML|textContent|assertContains|assertNotContains|render\w*|res|resp|response|answer|page|screen|container|payload)\b/;

function look(subject: Subject, view: CodeView): Outcome {
  const { files, unread } = securityTests(subject);
  if (files.length === 0) return unknown('The project has no tests that can be read.', fix);
  const found = files.flatMap((path) => inTest(path, subject.read(path) ?? '')).slice(0, 10);
  if (found.length === 0) {
    if (unread.length > 0)
      return unknown(
        'No test sends markup, and some tests could not be read.',
        fix,
        unread.slice(0, 5).map((path) => ({ text: path, path })),
      );
    if (!view.sites.some(({ kind }) => kind === 'template'))
      return unknown('No test sends markup, and no place that makes HTML was found.', fix);
    return fail(
      `None of the ${files.length} files with tests sends markup.`,
      files.slice(0, 5).map((path) => ({ text: path, path, line: 1 })),
      fix,
    );
  }
  const runs = testRuns(readCi(subject));
  const good = runs.filter(({ trigger, ignored }) => trigger.change === 'yes' && ignored === 'no');
  if (good.length === 0)
    return unknown(
      'A test sends markup, and no job of CI was seen to run it on every change.',
      'Run the tests in a job of CI on pushes and pull requests.',
      found,
    );
  return pass('A test that CI runs sends markup and looks at the answer.', [
    ...found,
    ...good.slice(0, 2).flatMap(({ trail }) => trail),
  ]);
}

/** How far behind the markup the answer is looked at, in lines. */
const reach = 15;

function inTest(path: string, text: string): readonly Evidence[] {
  const lines = text.split('\n', 20_000);
  const uses = library.test(text);
  const at = lines.findIndex((line, i) => {
    const bare = line.trim();
    if (bare.length > 2000 || /^(#|\/\/|\*)/.test(bare)) return false;
    const sends =
      markup.test(bare) || (uses && /\b(corpus|payloads?|xss)\w*\b/i.test(bare) && !library.test(bare));
    return sends && lines.slice(i, i + reach).some((one) => asserts.test(one) && answers.test(one));
  });
  return at < 0 ? [] : [{ text: (lines[at] ?? '').trim().slice(0, 200), path, line: at + 1 }];
}
