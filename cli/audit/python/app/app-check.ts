import type { Check } from '../../check/check.ts';
import { type Evidence, type Outcome, unknown } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { isType, type Possible, type PyObject, type Value } from '../value.ts';
import { type AppFramework, type PythonApp, type PythonApps, pythonApps } from './find-apps.ts';

const titles: Readonly<Record<AppFramework, string>> = {
  flask: 'Flask',
  fastapi: 'FastAPI or Starlette',
  tornado: 'Tornado',
};

interface AppCheck extends Omit<Check, 'run'> {
  readonly framework: AppFramework;
  judge(app: PythonApp, subject: Subject, apps: PythonApps): readonly Outcome[];
}

/** A check of the applications of a framework. One that was not understood is unknown. */
export function appCheck({ framework, judge, ...check }: AppCheck): Check {
  return {
    ...check,
    async run(subject) {
      const all = await pythonApps(subject);
      const judged = grouped(all.apps.filter((app) => app.framework === framework)).flatMap((group) =>
        settled(group.map((app) => judge(app, subject, all))),
      );
      const unseen = all.unseen.filter((spot) => spot.framework === framework);
      if (unseen.length === 0) return distinct(judged);
      return [
        ...distinct(judged),
        unknown(
          `An application of ${titles[framework]} is made in a way that was not understood.`,
          'Make the application at the top of a module, or in a function that takes no arguments.',
          unseen.slice(0, 5).map(({ path, line, text }) => ({ path, line, text })),
        ),
      ];
    },
  };
}

/** Those that one place makes, and an open condition tells apart. */
function grouped(apps: readonly PythonApp[]): readonly (readonly PythonApp[])[] {
  const groups = new Map<string, PythonApp[]>();
  for (const app of apps) {
    const key = `${app.object.spot.path}:${app.object.spot.line}`;
    groups.set(key, [...(groups.get(key) ?? []), app]);
  }
  return [...groups.values()];
}

/** What they say alike; what they disagree in is unknown. */
function settled(all: readonly (readonly Outcome[])[]): readonly Outcome[] {
  const [first = []] = all;
  if (all.every((one) => one.length === first.length)) {
    return first.map((outcome, index) => {
      const same = all.flatMap((one) => one[index] ?? []);
      return same.every(({ verdict }) => verdict === outcome.verdict) ? outcome : disagreed(same);
    });
  }
  return [disagreed(all.flat())];
}

function disagreed(outcomes: readonly Outcome[]): Outcome {
  const evidence = outcomes.flatMap((one) => one.evidence).slice(0, 8);
  const worse = outcomes.find(({ verdict }) => verdict !== 'pass') ?? outcomes[0];
  const summary = worse?.summary.replace(/\.$/, ', or a condition that files do not decide changes it.');
  const fix = worse && worse.fix.length > 0 ? worse.fix : 'Set it without a condition.';
  return unknown(summary ?? 'A condition decides it.', fix, evidence);
}

/** The same of several applications is said once. */
function distinct(outcomes: readonly Outcome[]): readonly Outcome[] {
  const key = ({ verdict, summary, evidence }: Outcome): string =>
    JSON.stringify([verdict, summary, evidence[0]?.path, evidence[0]?.line]);
  return outcomes.filter((one, index) => outcomes.findIndex((other) => key(other) === key(one)) === index);
}

/** What is known of a setting or an argument. */
export interface Read {
  /** Undefined if it is not known. */
  readonly plain: Possible['plain'];
  readonly reason: string;
  readonly isSet: boolean;
  readonly evidence: readonly Evidence[];
  readonly variables: readonly string[];
}

/** One value: where there are several, it is not known. */
export function readValue(value: Value | undefined, initial: Possible['plain'], place: PyObject): Read {
  const evidence: Evidence[] = [{ ...place.spot }];
  if (!value) return { plain: initial, reason: '', isSet: false, evidence, variables: [] };
  const [first, ...others] = value;
  const spots = value.flatMap((one) => one.spots).slice(0, 8);
  const isOne = others.every((one) => one.plain === first.plain) && !isType(first.plain, 'absent');
  return {
    plain: isOne && !isType(first.plain, 'reference') ? first.plain : undefined,
    reason: first.reason ?? 'a condition decides it',
    isSet: true,
    evidence: [
      ...spots.map(({ path, line, text }) => ({ path, line, text })),
      ...(spots.length === 0 ? evidence : []),
    ],
    variables: first.variables,
  };
}

/** A setting of Flask. */
export function flaskSetting({ object }: PythonApp, name: string, initial: Possible['plain']): Read {
  const config = object.fields.get('config')?.[0].plain;
  if (!isType(config, 'dict'))
    return { ...readValue(undefined, undefined, object), reason: 'the configuration is computed' };
  const value = config.entries.get(name);
  if (!value && config.more !== undefined) {
    const evidence = config.spots.map(({ path, line, text }) => ({ path, line, text }));
    return { plain: undefined, reason: config.more, isSet: false, evidence, variables: [] };
  }
  return readValue(value, initial, object);
}

/** `, unless the environment sets DEBUG`, if it rests on that. */
export function unless({ variables }: Read): string {
  const names = variables.filter((name) => /^\w+$/.test(name));
  return names.length === 0 ? '' : `, unless the environment sets ${names.slice(0, 3).join(' or ')}`;
}

/** Files that name a setting and were not read: they may set it too. */
export function otherNamers(
  subject: Subject,
  { read }: PythonApps,
  name: string,
  isOf: (path: string) => boolean,
): string[] {
  return subject.paths
    .filter((path) => path.endsWith('.py') && !read.has(path) && isOf(path))
    .filter((path) => (subject.read(path) ?? '').includes(name))
    .slice(0, 3);
}
