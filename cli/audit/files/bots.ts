import type { Evidence } from '../check/outcome.ts';
import type { Subject } from '../subject/subject.ts';
import type { Ecosystem } from './ecosystems.ts';
import { hasPath } from './has-path.ts';
import { at, itemsOf, lineOf, readYaml, textOf } from './yaml-tree.ts';

/** A service that looks after dependencies, as far as its file shows. */
export interface Bot {
  readonly name: string;
  readonly covers: readonly Ecosystem[];
  readonly evidence: readonly Evidence[];
  /** Why it could not be judged. */
  readonly problem?: string;
}

const dependabotEcosystems: Readonly<Record<string, Ecosystem>> = {
  npm: 'npm',
  bun: 'npm',
  pip: 'python',
  uv: 'python',
};
const renovatePaths = /^(\.github\/|\.gitlab\/)?(renovate\.json5?|\.renovaterc(\.json5?)?)$/;

export function botsOf(subject: Subject): readonly Bot[] {
  return [...dependabot(subject), ...renovate(subject), ...snykBadge(subject)];
}

function dependabot(subject: Subject): readonly Bot[] {
  const path = ['.github/dependabot.yml', '.github/dependabot.yaml'].find((one) => hasPath(subject, one));
  if (path === undefined) return [];
  const file = readYaml(subject.read(path) ?? '');
  if (file.problem !== undefined)
    return [{ name: 'Dependabot', covers: [], evidence: [{ text: path, path }], problem: file.problem }];
  const covered = itemsOf(at(file.documents[0], 'updates')).flatMap((update) => {
    const name = textOf(at(update, 'package-ecosystem')) ?? '';
    const ecosystem = Object.hasOwn(dependabotEcosystems, name) ? dependabotEcosystems[name] : undefined;
    return ecosystem === undefined
      ? []
      : {
          ecosystem,
          evidence: { text: `package-ecosystem: ${name}`, path, line: lineOf(update, 'package-ecosystem') },
        };
  });
  return covered.length === 0
    ? []
    : [
        {
          name: 'Dependabot',
          covers: covered.map(({ ecosystem }) => ecosystem),
          evidence: covered.map(({ evidence }) => evidence),
        },
      ];
}

function renovate(subject: Subject): readonly Bot[] {
  const path = subject.paths.find((one) => renovatePaths.test(one));
  if (path === undefined) return [];
  const text = subject.read(path) ?? '';
  const evidence = [{ text: path, path, line: 1 }];
  if (isOff(text)) return [{ name: 'Renovate', covers: [], evidence, problem: 'has `enabled: false`' }];
  const managers = /["']?enabledManagers["']?\s*:\s*\[([^\]]*)\]/.exec(text)?.[1];
  const covers: Ecosystem[] = ['npm', 'python'];
  if (managers === undefined) return [{ name: 'Renovate', covers, evidence }];
  const names = managers.toLowerCase();
  const only = covers.filter((one) => (one === 'npm' ? /npm|bun/ : /pip|poetry|pep621|uv/).test(names));
  return [{ name: 'Renovate', covers: only, evidence }];
}

/** Switched off as a whole. In JSON5, which is not parsed, a part that is switched off leaves it in doubt too. */
function isOff(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return (
      typeof parsed !== 'object' || parsed === null || (parsed as { enabled?: unknown }).enabled === false
    );
  } catch {
    return /["']?enabled["']?\s*:\s*false\b/.test(text);
  }
}

/** `.snyk` is the policy of a service that leaves no other trace. */
function snykBadge(subject: Subject): readonly Bot[] {
  if (!hasPath(subject, '.snyk')) return [];
  return [
    {
      name: 'Snyk',
      covers: [],
      evidence: [{ text: '.snyk', path: '.snyk', line: 1 }],
      problem: 'does not show whether the project is watched',
    },
  ];
}
