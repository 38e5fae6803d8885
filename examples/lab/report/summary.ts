import type { Attack, Outcome } from '../attack/attack.ts';
import { reasonFor } from '../attack/reason.ts';
import type { Comparison } from '../legitimate/compare.ts';
import type { AblationResult } from '../run/ablate.ts';
import type { Shot } from '../run/fire-all.ts';

/** What a run gave, as it was. */
export interface Results {
  readonly theirs: readonly Shot[];
  readonly ours: readonly Shot[];
  readonly comparisons: readonly Comparison[];
  readonly ablated: readonly AblationResult[];
  readonly chromium: boolean;
  /** The database is a server's, and not the embedded one. */
  readonly server: boolean;
}

/** What a run comes down to: the terminal, the web page and the two kinds of files say this and no more. */
export interface Summary {
  /** 0 all as it should be, 1 not so, 3 no Chromium, so that attacks on a browser were not confirmed. */
  readonly exitCode: 0 | 1 | 3;
  /** What is not as it should be, a sentence each. */
  readonly problems: readonly string[];
  readonly chromium: boolean;
  readonly total: Sum;
  readonly groups: readonly (Sum & { readonly group: Attack['group']; readonly endpoint: string })[];
  readonly attacks: readonly AttackLine[];
  readonly legitimate: {
    readonly alike: number;
    readonly of: number;
    /** What only the defended application answers. */
    readonly better: readonly { readonly name: string; readonly undefendedFails: string }[];
  };
  readonly ablations: readonly AblationLine[];
}

export interface Sum {
  readonly fired: number;
  readonly undefendedLost: number;
  readonly defendedLost: number;
  readonly events: number;
}

/** One payload at one endpoint. */
export interface AttackLine
  extends Pick<Attack, 'group' | 'endpoint' | 'name' | 'kind' | 'payload' | 'guide'> {
  /** When the undefended application had answered, in ms since the first attack. */
  readonly at: number;
  readonly confirmed: boolean;
  readonly undefended: {
    readonly answer: string;
    readonly lost?: string;
    /** Why it took nothing, where that is known. */
    readonly reason?: string;
  };
  readonly defended: { readonly answer: string; readonly lost?: string };
  /** The codes of the events that the defended application wrote. */
  readonly events: readonly string[];
}

export interface AblationLine {
  /** What was taken out. */
  readonly without: string;
  readonly attacks: number;
  readonly back: number;
  /** `markup`: back in the page, where the Content-Security-Policy stops its scripts. */
  readonly how: 'loss' | 'markup';
}

/** Judges a run. */
export function summarize(results: Results): Summary {
  const { theirs, ours, comparisons, chromium } = results;
  const attacks = theirs.flatMap((shot, i) => {
    const mine = ours[i];
    return mine ? [lineOf(shot, mine, results.server)] : [];
  });
  const problems = [
    ...attacks.flatMap(problemOf),
    ...(chromium ? attacks.filter(({ confirmed }) => !confirmed).map(unconfirmedProblem) : []),
    ...(attacks.some(({ undefended }) => undefended.lost !== undefined)
      ? []
      : ['No attack landed on the undefended application.']),
    ...comparisons
      .filter(({ alike }) => !alike)
      .map(
        ({ request, why }) =>
          `The legitimate request "${request.name}" was not answered as it should be: ${why}.`,
      ),
    ...results.ablated.filter((result) => tooFew(result, chromium)).map(ablationProblem),
  ];
  const better = comparisons.flatMap(({ request: { name, undefendedFails } }) =>
    undefendedFails === undefined ? [] : [{ name, undefendedFails }],
  );
  return {
    exitCode: problems.length > 0 ? 1 : chromium ? 0 : 3,
    problems,
    chromium,
    total: sumOf(attacks),
    groups: groupsOf(attacks),
    attacks,
    legitimate: {
      alike: comparisons.filter((c) => c.request.undefendedFails === undefined && c.alike).length,
      of: comparisons.length - better.length,
      better,
    },
    ablations: results.ablated.map(({ ablation, attacks, back }) => ({
      ...{ without: ablation.without, attacks, back, how: ablation.expects },
    })),
  };
}

function lineOf({ attack, outcome, at }: Shot, mine: Shot, server: boolean): AttackLine {
  const { group, endpoint, name, kind, payload, guide } = attack;
  const confirmed = outcome.unconfirmed !== true && mine.outcome.unconfirmed !== true;
  const reason = outcome.lost === undefined && confirmed ? reasonOf(attack, outcome, server) : undefined;
  const loss = lossOf(mine.outcome);
  return {
    ...{ group, endpoint, name, kind, payload, guide, at: Math.round(at), confirmed },
    undefended: {
      answer: outcome.answer,
      ...(outcome.lost !== undefined && { lost: outcome.lost }),
      ...(reason !== undefined && { reason }),
    },
    defended: { answer: mine.outcome.answer, ...(loss !== undefined && { lost: loss }) },
    events: mine.events.map(({ code }) => code),
  };
}

/** What came of it short of a loss explains a payload that is no guide's; a guide's needs a reason that is known. */
function reasonOf(attack: Attack, outcome: Outcome, server: boolean): string | undefined {
  return reasonFor(attack, server) ?? (attack.guide ? undefined : (outcome.reached ?? outcome.markup));
}

function problemOf({ name, endpoint, guide, confirmed, undefended, defended }: AttackLine): string[] {
  const where = `"${name}" at ${endpoint}`;
  return [
    ...(guide && confirmed && undefended.lost === undefined && undefended.reason === undefined
      ? [`The guide's ${where} took nothing from the undefended application, and no reason is known.`]
      : []),
    ...(defended.lost === undefined ? [] : [`The defended application lost to ${where}: ${defended.lost}.`]),
  ];
}

function unconfirmedProblem({ name, endpoint, undefended, defended }: AttackLine): string {
  return `"${name}" at ${endpoint} was not confirmed: ${undefended.answer}; ${defended.answer}.`;
}

/** What the defended application may not let happen: a loss, an attacker's markup, a connection. */
export const lossOf = ({ lost, markup, reached }: Outcome): string | undefined => lost ?? markup ?? reached;

function sumOf(attacks: readonly AttackLine[]): Sum {
  return {
    fired: attacks.length,
    undefendedLost: attacks.filter(({ undefended }) => undefended.lost !== undefined).length,
    defendedLost: attacks.filter(({ defended }) => defended.lost !== undefined).length,
    events: attacks.reduce((sum, { events }) => sum + events.length, 0),
  };
}

function groupsOf(attacks: readonly AttackLine[]): Summary['groups'] {
  const byPlace = new Map<string, AttackLine[]>();
  for (const attack of attacks) {
    const key = `${attack.group}\0${attack.endpoint}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), attack]);
  }
  return [...byPlace.values()].flatMap((lines) => {
    const [first] = lines;
    return first ? [{ group: first.group, endpoint: first.endpoint, ...sumOf(lines) }] : [];
  });
}

/** A few stay away, as another line stops them: what only an error page had told, for one. */
const mostOf = 0.8;

/** The parts whose attacks are confirmed without a browser. */
const withoutBrowser: ReadonlySet<string> = new Set([
  ...['store', 'preview', 'errors', 'rate-limit', 'password', 'path', 'upload', 'command', 'parse'],
]);

function tooFew({ ablation, attacks, back }: AblationResult, chromium: boolean): boolean {
  return (back === 0 || back < attacks * mostOf) && (chromium || withoutBrowser.has(ablation.part));
}

function ablationProblem({ ablation, attacks, back }: AblationResult): string {
  return `Taking out ${ablation.without} brought only ${back} of ${attacks} exploits back.`;
}
