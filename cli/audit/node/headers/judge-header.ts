import { absent, type Evidence, type Fix, fail, type Outcome, pass, unknown } from '../../check/outcome.ts';
import { evidenceAt, evidenceOfReading } from '../app/evidence.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { packageUses } from '../app/package-uses.ts';
import { literal, type Value } from '../read/value.ts';
import { guardSettings } from './guard-settings.ts';
import { headerWrites, stateOf } from './header-writes.ts';
import type { JudgedPolicy } from './judge-policy.ts';
import type { HeaderName, Setting } from './setting.ts';
import type { Site } from './sites.ts';

export interface HeaderRule {
  readonly header: HeaderName;
  /** How it is called in a sentence: `The policy`. */
  readonly name: string;
  readonly passes: string;
  readonly fix: string | readonly Fix[];
  judge(text: string): JudgedPolicy;
}

/** What is known of a header of a site; undefined if nothing sets it. */
export function judgeHeader(site: Site, rule: HeaderRule): Outcome | undefined {
  const settings = site.settings(rule.header);
  const places = new Set(settings.flatMap(({ evidence }) => evidence.map(placeOf)));
  const loose = [...looseSettings(site, rule), ...partSettings(site, rule.header)].filter(
    ({ evidence }) => !evidence.some((one) => places.has(placeOf(one))),
  );
  if (settings.length === 0) return loose.length === 0 ? undefined : onlySome(loose, rule);
  const judged = settings.map((setting) => ({ setting, ...judgeSetting(setting, rule) }));
  const of = (verdict: string): typeof judged => judged.filter((one) => one.verdict === verdict);
  const evidence = (all: typeof judged): readonly Evidence[] =>
    all.flatMap(({ setting }) => setting.evidence).slice(0, 10);
  const [good, bad, open, off] = [of('pass'), of('fail'), of('unknown'), of('off')];
  if (bad.length > 0 && good.length === 0) {
    return fail(`${rule.name} ${bad[0]?.why}.`, evidence(bad), rule.fix);
  }
  const removed = off.find(
    ({ setting }) => setting.state.kind === 'off' && setting.state.how === 'is removed',
  );
  const twice = good.length > 0 && (bad.length > 0 || removed !== undefined);
  if (twice)
    return unknown(
      `${rule.name} is set in several places, and they do not agree.`,
      rule.fix,
      evidence(judged),
    );
  if (open.length > 0) return unknown(`${rule.name} ${open[0]?.why}.`, rule.fix, evidence(open));
  if (good.length > 0) {
    const weaker = loose
      .map((setting) => ({ setting, ...judgeSetting(setting, rule) }))
      .filter(({ verdict }) => verdict !== 'pass');
    if (weaker.length > 0)
      return unknown(
        `${rule.name} is replaced in other places of the code.`,
        rule.fix,
        [...evidence(weaker), ...evidence(good)].slice(0, 10),
      );
    return pass(rule.passes, [...evidence(good), evidenceOfReading(site.application)]);
  }
  if (loose.length > 0) return onlySome(loose, rule);
  return absent(`${rule.name} ${off[0]?.why}.`, evidence(off), rule.fix);
}

function onlySome(loose: readonly Setting[], rule: HeaderRule): Outcome {
  const evidence = loose.flatMap((one) => one.evidence).slice(0, 10);
  return unknown(
    `${rule.name} is set in the code, but not known to be sent with every response.`,
    rule.fix,
    evidence,
  );
}

function judgeSetting(
  { state, covers }: Setting,
  rule: HeaderRule,
): { readonly verdict: string; readonly why?: string } {
  if (state.kind === 'unknown') return { verdict: 'unknown', why: `is not known, because ${state.why}` };
  if (state.kind === 'off') {
    return covers === 'all'
      ? { verdict: 'off', why: state.how }
      : { verdict: 'unknown', why: `${state.how} in a part: ${covers.why}` };
  }
  const judged = rule.judge(state.text);
  if (judged.verdict !== 'pass') return { verdict: judged.verdict, why: judged.why };
  return covers === 'all'
    ? { verdict: 'pass' }
    : { verdict: 'unknown', why: `is not known to be sent with every response: ${covers.why}` };
}

const known = new WeakMap<NodeApplication, Map<HeaderName, readonly Setting[]>>();

/** Places that set the header, wherever they run. */
function looseSettings({ application }: Site, { header }: HeaderRule): readonly Setting[] {
  const all = known.get(application) ?? new Map<HeaderName, readonly Setting[]>();
  known.set(application, all);
  const found = all.get(header) ?? readLoose(application, header);
  all.set(header, found);
  return found;
}

function readLoose({ modules, evaluator }: NodeApplication, header: HeaderName): readonly Setting[] {
  return modules.flatMap((file) =>
    headerWrites(file, file.program, header, evaluator).map(
      (one): Setting => ({
        state: stateOf(one.value),
        covers: { why: 'it is set in a part of the code' },
        evidence: [evidenceAt(one.file, one.node)],
      }),
    ),
  );
}

/** Middleware that is used, and not on the whole application: on a router, or by a function that is not followed. */
export function partSettings({ application, guards }: Site, header: HeaderName): readonly Setting[] {
  const nodes = new Set(guards.map(({ node }) => node));
  return packageUses(application)
    .filter(({ node }) => !nodes.has(node))
    .flatMap(({ package: name, path, args: [options = literal(undefined)], file, node }) => {
      const covers = { why: 'it is not used on the whole application' };
      const value: Value = { kind: 'package', name, path };
      return guardSettings({ file, node, value, package: name, path, options, covers }, header, application);
    });
}

function placeOf({ path, line }: Evidence): string {
  return `${path}:${line}`;
}
