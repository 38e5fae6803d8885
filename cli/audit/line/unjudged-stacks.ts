import type { Check } from '../check/check.ts';
import { unknown } from '../check/outcome.ts';
import type { Framework, Stack } from '../subject/stacks.ts';
import { type CheckResult, isOfServer, judgeLines, passes, showsWhole } from './judge-lines.ts';
import type { AspectId } from './lines.ts';

const python: ReadonlySet<Framework> = new Set<Framework>([
  'flask',
  'fastapi',
  'starlette',
  'tornado',
  'aiohttp',
]);

/** What each framework has settings of its own for. */
const ofSettings: ReadonlySet<AspectId> = new Set<AspectId>([
  'errors/debug',
  'cookies/session',
  'https/redirect',
  'https/hsts',
  'csp/policy',
  'cors/origins',
]);

/**
 * What is unknown because a project has two kinds of applications, and only the settings of one were judged: the other may lack what the
 * first has. A server in front serves both, and what the running site was seen to do is done.
 */
export function unjudgedStacks(
  results: readonly CheckResult[],
  stacks: readonly Stack[],
): readonly CheckResult[] {
  const passed = judgeLines(results, []).flatMap(({ aspects }) =>
    aspects.filter(({ verdict }) => verdict === 'pass'),
  );
  return passed.flatMap(({ id, results: of }) => {
    const groups = new Set(
      of.filter(({ check }) => check.weight !== 'note').map(({ check }) => groupOf(check.id)),
    );
    const isInFront = of.some(
      (one) => (isOfServer(one) || showsWhole(one)) && one.check.weight === undefined && passes(one),
    );
    if (!ofSettings.has(id) || isInFront) return [];
    const missing = stacks.filter(({ framework }) => !groups.has(groupOfFramework(framework)));
    return missing.length === 0 ? [] : [{ check: stackCheck(id), outcomes: [outcomeOf(missing)] }];
  });
}

function groupOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

export function groupOfFramework(framework: Framework): string {
  if (framework === 'django') return framework;
  return python.has(framework) ? 'python' : 'node';
}

function outcomeOf(missing: readonly Stack[]): ReturnType<typeof unknown> {
  const names = [...new Set(missing.map(({ framework }) => framework))].join(', ');
  const outcome = unknown(
    `The project also has an application with ${names}, which was not judged.`,
    'Audit the folder of each application by itself.',
    missing.map(({ framework, path }) => ({ text: framework, path })),
  );
  return { ...outcome, isFinal: true };
}

/** Stands for what no check of the list says. */
export function stackCheck(aspect: AspectId): Check {
  return {
    id: 'audit/stack',
    aspect,
    title: 'Every application of the project is judged.',
    why: 'What one application sets, another may lack.',
    severity: 'low',
    cwe: [],
    asvs: [],
    run: () => [],
  };
}
