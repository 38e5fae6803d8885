import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allChecks } from '../../cli/audit/all-checks.ts';
import { summaryOf } from '../../cli/audit/audit.ts';
import type { JudgedLine } from '../../cli/audit/line/judge-lines.ts';
import { runAudit } from '../../cli/audit/run-audit.ts';
import { openSubject } from '../../cli/audit/subject/open-subject.ts';
import { root } from '../repository.ts';

const frameworks = ['express', 'fastify', 'hono', 'koa', 'nest', 'next', 'node'].map(
  (name) => `frameworks/${name}`,
);
const examples = ['files', 'login', 'lab/undefended', 'lab/defended', ...frameworks];

/** A line, and what its checks say, with the file of the first evidence: lines of code move too often. */
function linesOf({ id, verdict, aspects }: JudgedLine): string[] {
  return [
    `${verdict} ${id}`,
    ...aspects.flatMap(({ id: aspect, verdict: of, results }) => [
      `  ${of} ${aspect}`,
      ...results.flatMap(({ check, outcomes }) =>
        outcomes.map(({ verdict: said, summary, evidence }) => {
          const path = evidence.find((one) => one.path !== undefined)?.path;
          return `    ${said} ${check.id}: ${summary}${path === undefined ? '' : ` (${path})`}`;
        }),
      ),
    ]),
  ];
}

// The line of secrets is left out: it searches the history of this repository too.
describe('the audit of examples', () => {
  it.each(examples)('%s is as it was checked by hand', { timeout: 300_000 }, async (name) => {
    const subject = openSubject(join(root, 'examples', name), { today: '2026-12-01' });
    const run = { version: '0', checks: allChecks, only: [], skip: ['secrets'], attestations: [] };
    const whole = await runAudit(subject, run);
    const audit = { ...whole, lines: whole.lines.filter(({ id }) => id !== 'secrets') };
    const text = [...audit.lines.flatMap(linesOf), summaryOf(audit)].join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`examples/${name.replace('/', '-')}.txt`);
  });
});
