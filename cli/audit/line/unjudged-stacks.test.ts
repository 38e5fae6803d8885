import { describe, expect, it } from 'vitest';
import type { Check } from '../check/check.ts';
import { fail, pass } from '../check/outcome.ts';
import type { Framework, Stack } from '../subject/stacks.ts';
import { redirectCheck } from '../testing/sample-audit.ts';
import type { CheckResult } from './judge-lines.ts';
import type { AspectId } from './lines.ts';
import { unjudgedStacks } from './unjudged-stacks.ts';

const passed = pass('It is so.', [{ text: 'seen' }]);
const failed = fail('It is not so.', [{ text: 'seen' }], 'Mend it.');

function stack(framework: Framework): Stack {
  return { framework, folder: '', path: `${framework}.txt` };
}

function result(id: string, aspect: AspectId, outcome = passed, weight?: Check['weight']): CheckResult {
  return { check: { ...redirectCheck, id, aspect, ...(weight && { weight }) }, outcomes: [outcome] };
}

function missing(results: readonly CheckResult[], ...frameworks: Framework[]): string[] {
  const added = unjudgedStacks(results, frameworks.map(stack));
  return added.flatMap(({ check, outcomes }) =>
    outcomes.map(({ evidence }) => `${check.aspect}: ${evidence.map(({ path }) => path).join(', ')}`),
  );
}

describe('unjudgedStacks', () => {
  it('names the applications that no check judged', () => {
    const results = [result('django/hsts', 'https/hsts')];
    expect(missing(results, 'django', 'koa', 'flask')).toEqual(['https/hsts: koa.txt, flask.txt']);
    expect(missing([...results, result('node/hsts', 'https/hsts')], 'django', 'koa')).toEqual([]);
    expect(missing(results, 'django')).toEqual([]);
  });

  it('counts no advice', () => {
    const results = [result('django/hsts', 'https/hsts'), result('node/x', 'https/hsts', failed, 'note')];
    expect(missing(results, 'django', 'koa')).toEqual(['https/hsts: koa.txt']);
  });

  it('has nothing to say where a server in front provides it, where it fails, or where no settings decide', () => {
    expect(
      missing([result('django/hsts', 'https/hsts'), result('server/hsts', 'https/hsts')], 'django', 'koa'),
    ).toEqual([]);
    expect(missing([result('django/hsts', 'https/hsts', failed)], 'django', 'koa')).toEqual([]);
    expect(missing([result('code/queries', 'queries/sites')], 'django', 'koa')).toEqual([]);
  });
});
