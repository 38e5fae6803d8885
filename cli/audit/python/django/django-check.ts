import type { Check } from '../../check/check.ts';
import { absent, type Evidence, fail, type Outcome, pass, unknown } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { worst } from '../../verdict.ts';
import { isType, type Plain, type Possible } from '../value.ts';
import { type DjangoProject, djangoProjects, isSet, settingOf, versionsOf } from './projects.ts';

/** What a check says of one set of values of the settings that it reads. */
export interface Judgement {
  /** `none`: it does not apply, such as the settings of a middleware that is not there. */
  readonly verdict: 'pass' | 'fail' | 'none' | 'unknown';
  readonly summary: string;
  /** Django's id of a failure: `security.W008`. */
  readonly id?: string;
  /** The line that mends it: `SECURE_SSL_REDIRECT = True`. */
  readonly fix?: string;
  /** Of a failure: nothing sets it, and a server in front of Django can provide it. */
  readonly isAbsent?: boolean;
}

/** Reads a setting. It throws for one that is not known: such a judgement ends as `unknown`. */
export interface Settings {
  plain(name: string): Plain | undefined;
  /** Whether the project sets it itself, perhaps under a condition. */
  isSet(name: string): boolean;
  readonly subject: Subject;
}

interface DjangoCheck extends Omit<Check, 'run'> {
  /** All settings that it reads, that which it is about first. */
  readonly settings: readonly string[];
  judge(settings: Settings): Judgement;
  /** What passes it where the first setting is read from the environment without a default. */
  readonly outside?: string;
}

/** A check of the settings that production uses: it judges each set of values that they may have, and is unknown if these disagree. */
export function djangoCheck({ settings, judge, outside, ...check }: DjangoCheck): Check {
  const names = settings;
  return {
    ...check,
    async run(subject) {
      const projects = await djangoProjects(subject);
      if (projects.length === 0) return withoutSettings(subject);
      return projects.flatMap((project) => {
        const outcomes = versionsOf(project).flatMap((version) => {
          const judged = worldsOf(project, names, version).map((world) =>
            judgeIn(project, world, judge, subject, isOutside(world, names) ? outside : undefined),
          );
          return outcomeOf(project, judged, names);
        });
        // Of versions that may be meant, the strictest counts.
        const verdict = worst(outcomes.map((one) => one.verdict));
        return outcomes.filter((one) => one.verdict === verdict).slice(0, 1);
      });
    },
  };
}

function withoutSettings({ stacks }: Subject): Outcome[] {
  const stack = stacks.find(({ framework }) => framework === 'django');
  if (!stack) return [];
  return [
    unknown(
      'The settings that Django uses in production were not found.',
      'Name the settings module in `wsgi.py`, or set DJANGO_SETTINGS_MODULE in the files of the deployment.',
      [{ path: stack.path, text: 'Django is used' }],
    ),
  ];
}

/** One value for each setting. */
type World = ReadonlyMap<string, Possible | undefined>;

const mostWorlds = 64;

function worldsOf(project: DjangoProject, names: readonly string[], version: number): World[] {
  let worlds: Map<string, Possible | undefined>[] = [new Map()];
  for (const name of names) {
    const values: readonly (Possible | undefined)[] = settingOf(project, name, version) ?? [undefined];
    worlds = worlds.flatMap((world) => values.map((value) => new Map(world).set(name, value)));
    if (worlds.length > mostWorlds) {
      const reason = 'it depends on too many conditions';
      return [new Map(names.map((one) => [one, { plain: undefined, reason, spots: [], variables: [] }]))];
    }
  }
  return worlds;
}

interface Judged extends Judgement {
  readonly world: World;
  readonly used: readonly string[];
}

class NotKnown extends Error {}

function isOutside(world: World, [name = '']: readonly string[]): boolean {
  const one = world.get(name);
  return (
    one !== undefined &&
    one.plain === undefined &&
    /^it is read from the environment variable \w+, which /.test(one.reason ?? '')
  );
}

function judgeIn(
  project: DjangoProject,
  world: World,
  judge: DjangoCheck['judge'],
  subject: Subject,
  outside: string | undefined,
): Judged {
  const used: string[] = [];
  const plain = (name: string): Plain | undefined => {
    used.push(name);
    const one = world.get(name);
    if (one && one.plain === undefined)
      throw new NotKnown(`${name} is not known: ${one.reason ?? 'it is computed'}`);
    if (one && (isType(one.plain, 'reference') || isType(one.plain, 'absent')))
      throw new NotKnown(`${name} is not known: it is computed`);
    return one?.plain;
  };
  try {
    return { ...judge({ plain, subject, isSet: (name) => isSet(project, name) }), world, used };
  } catch (error) {
    if (!(error instanceof NotKnown)) throw error;
    if (outside !== undefined) return { verdict: 'pass', summary: outside, world, used };
    return { verdict: 'unknown', summary: `${error.message}.`, world, used };
  }
}

function outcomeOf(project: DjangoProject, judged: readonly Judged[], names: readonly string[]): Outcome[] {
  const [first] = judged;
  if (!first || judged.every(({ verdict }) => verdict === 'none')) return [];
  const evidence = evidenceOf(project, judged, names);
  const lines = [...new Set(judged.flatMap(({ fix }) => fix ?? []))];
  const mend = lines.length > 0 ? lines.join('\n') : `${names[0] ?? ''} = ...`;
  const failed = judged.filter(({ verdict }) => verdict === 'fail');
  if (judged.every(({ verdict }) => verdict === 'pass')) return [pass(withVariables(first), evidence)];
  if (failed.length === judged.length && failed[0]) {
    const one = failed[0];
    const summary = withVariables({ ...one, summary: withId(one) });
    return [
      (failed.every(({ isAbsent }) => isAbsent === true) ? absent : fail)(
        summary,
        evidence,
        `In ${project.path}:\n${mend}`,
      ),
    ];
  }
  const open = judged.find(({ verdict }) => verdict === 'unknown');
  const summary = open?.summary ?? `${names[0] ?? ''} is not known: a condition decides it.`;
  const advice = `Set it in ${project.path} without a condition, or with a safe default:\n${mend}`;
  return [unknown(summary, advice, evidence)];
}

function withId({ summary, id }: Judgement): string {
  return id === undefined ? summary : summary.replace(/\.$/, ` (${id}).`);
}

/** Says which variables of the environment can change it. */
function withVariables({ summary, world, used }: Judged): string {
  const variables = new Set(used.flatMap((name) => world.get(name)?.variables ?? []));
  if (variables.size === 0) return summary;
  const names = [...variables].slice(0, 3).join(' or ');
  return summary.replace(/\.$/, `, unless the environment sets ${names}.`);
}

const mostEvidence = 12;

function evidenceOf(project: DjangoProject, judged: readonly Judged[], names: readonly string[]): Evidence[] {
  const found: Evidence[] = [];
  const add = (one: Evidence): void => {
    if (found.length >= mostEvidence) return;
    if (!found.some(({ path, line, text }) => path === one.path && line === one.line && text === one.text))
      found.push(one);
  };
  for (const { world, used } of judged) {
    for (const name of names.filter((one) => used.includes(one))) {
      const one = world.get(name);
      const spots = [...(one?.spots ?? []), ...(isType(one?.plain, 'list') ? one.plain.spots : [])];
      for (const spot of spots) add({ path: spot.path, line: spot.line, text: spot.text });
      if (spots.length === 0)
        add({ path: project.path, text: `${name} is not set: Django's default counts` });
    }
  }
  add(project.evidence);
  return found;
}
