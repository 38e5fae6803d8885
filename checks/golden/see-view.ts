import type { Place } from '../../cli/finding/finding.ts';
import { auditView } from '../../cli/scan/audit-view.ts';
import type { CodeView } from '../../cli/scan/code-view.ts';
import type { Project } from '../../cli/scan/project/project.ts';
import { placeText } from './finding-lines.ts';
import { oneLine } from './one-line.ts';
import type { Section } from './snapshot.ts';

/** An answer of the view: what is so, and in which words it is told. */
interface Answer {
  readonly fact: string;
  readonly words?: string;
}

/**
 * What each answer of the view is in the snapshot, so that the compiler asks about a new one. Findings are seen by a scan with a
 * fixed date, those that a comment hides among them.
 */
const answers: {
  readonly [Name in Exclude<keyof CodeView, 'findings' | 'suppressed'>]: (view: CodeView) => Answer[];
} = {
  sites: ({ sites }) =>
    sites.map(({ kind, place, state, call, because }) => ({
      fact: `${placeText(place)} ${kind} ${state}`,
      words: `${start(place)} ${call}: ${because}`,
    })),
  routes: ({ routes }) =>
    routes.map(({ method, pattern, place }) => ({ fact: `${placeText(place)} ${method} ${pattern}` })),
  logIns: ({ logIns }) =>
    logIns.map(({ place, name, limit, log, because }) => ({
      fact: `${placeText(place)} ${name} limit ${limit} log ${log}`,
      words: `${start(place)} ${because}`,
    })),
  errorHandlers: ({ errorHandlers }) =>
    errorHandlers.map(({ place, call, isGuard }) => ({
      fact: `${placeText(place)} ${call}${isGuard ? ' guard' : ''}`,
    })),
  bareApps: ({ bareApps }) =>
    bareApps.map(({ framework, place }) => ({ fact: `${placeText(place)} ${framework}` })),
  imports: ({ imports }) =>
    imports.map(({ path, line, package: name }) => ({ fact: `${path}:${line} ${name}` })),
  gaps: ({ gaps }) => gaps.map((gap) => ({ fact: 'gap', words: gap })),
  files: ({ files }) => [{ fact: String(files) }],
};

/** What the audit is told of a project: a section for each kind of answer. */
export async function seeView(title: string, project: Project): Promise<Section[]> {
  const view = await auditView(project);
  return Object.entries(answers).flatMap(([name, answersOf]): Section[] => {
    const own = answersOf(view);
    if (own.length === 0) return [];
    return [
      {
        title: oneLine(title === '' ? name : `${title}, ${name}`),
        facts: own.map(({ fact }) => oneLine(fact)).sort(),
        words: own.flatMap(({ words }) => (words === undefined ? [] : [oneLine(words)])).sort(),
      },
    ];
  });
}

function start({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`;
}
