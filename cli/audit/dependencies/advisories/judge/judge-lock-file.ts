import type { Evidence, Fix } from '../../../check/outcome.ts';
import type { Subject } from '../../../subject/subject.ts';
import type { LockedPackage, LockFile } from '../../package-graph.ts';
import { decisionOn } from '../decision/accepted.ts';
import { fixedVersions } from '../osv/fixed-versions.ts';
import { isAffected } from '../osv/is-affected.ts';
import type { OsvRecord } from '../osv/osv-record.ts';
import { reachOf } from '../reach/reach-of.ts';
import { type Found, isForeign } from './look-up.ts';
import { sameVulnerability } from './same-vulnerability.ts';
import { described, placeOf, titleOf } from './shown-package.ts';

export interface Judged {
  readonly fails: readonly Said[];
  /** What is unknown. */
  readonly opens: readonly Said[];
  /** What was accepted, as evidence of a pass. */
  readonly accepted: readonly Evidence[];
}

export interface Said {
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly fix: string | readonly Fix[];
}

/** What is known of the packages of a lock file. A verdict of one that was not looked up as a whole is never a pass. */
export async function judgeLockFile(file: LockFile, found: Found, subject: Subject): Promise<Judged> {
  const fails: Said[] = [];
  const opens: Said[] = [...gaps(file, found)];
  const accepted: Evidence[] = [];
  for (const of of file.packages.filter(isForeign)) {
    const reason = found.notAsked(of);
    if (reason !== undefined) opens.push(notLookedUp(of, reason));
    const records = found.recordsOf(of);
    const met = sameVulnerability(records.filter((record) => isAffected(record, of) === 'affected'));
    const known = new Set(met.flat().flatMap(({ id, aliases }) => [id, ...aliases]));
    const open = records.filter((record) => isAffected(record, of) === 'undecided' && !known.has(record.id));
    for (const group of [...met, ...sameVulnerability(open)]) {
      const isMet = met.includes(group);
      const decision = decisionOn(group, of, file.path, subject.decisions ?? []);
      if (decision !== undefined && decision.until >= subject.today) {
        const text = `${titleOf(group)} in ${described(of)} was accepted until ${decision.until}: ${decision.reason}`;
        accepted.push({ text, ...placeOf(of) });
      } else if (isMet) {
        const note = decision === undefined ? [] : [{ text: `It was accepted until ${decision.until}.` }];
        fails.push(await failure(of, group, note, subject));
      } else opens.push(undecided(of, group));
    }
    if (of.source.kind !== 'registry' && met.length === 0 && reason === undefined)
      opens.push(notLookedUp(of, 'is not from a registry, and advisories speak only of what is'));
  }
  return { fails, opens, accepted };
}

function gaps(file: LockFile, found: Found): readonly Said[] {
  const { path, ecosystem, problems, packages } = file;
  const evidence = [{ text: path, path }];
  const ofData = found.problemsOf(ecosystem).map((text) => ({
    summary: `The ${packages.length} packages of ${path} were not looked up as a whole in ${found.name}.`,
    evidence: [...evidence, { text }],
    fix: 'Download the data again, or name another source with `--advisories`.',
  }));
  return [
    ...ofData,
    ...missingNeeds(file),
    ...problems.map(({ text, path: at, line }) => ({
      summary: `The lock file ${path} was not read as a whole.`,
      evidence: [{ text, path: at, ...(line === undefined ? {} : { line }) }],
      fix: 'Let the package manager write the lock file again.',
    })),
  ];
}

/** pip refuses hashes unless every package has one, so that a file with hashes lists all of them; any other may list only the direct ones. */
function missingNeeds({ kind, path, packages }: LockFile): readonly Said[] {
  const open = packages.find((of) => isForeign(of) && of.integrity.length === 0);
  if (kind !== 'requirements' || open === undefined) return [];
  return [
    {
      summary: `${path} has packages without hashes, and may leave out what they need in turn.`,
      evidence: [{ text: described(open), ...placeOf(open) }],
      fix: 'Write it with `pip-compile --generate-hashes`, or commit `uv.lock` or `poetry.lock`.',
    },
  ];
}

function notLookedUp(of: LockedPackage, reason: string): Said {
  return {
    summary: `${described(of)} ${reason}.`,
    evidence: [{ text: described(of), ...placeOf(of) }],
    fix: 'Look for vulnerabilities where it comes from, or replace it by a release of the registry.',
  };
}

function undecided(of: LockedPackage, group: readonly OsvRecord[]): Said {
  return {
    summary: `Whether ${titleOf(group)} affects ${described(of)} can't be told by its version.`,
    evidence: [{ text: described(of), ...placeOf(of) }],
    fix: 'Read the advisory, and fix an exact version that it names; or accept it in bulwark.decisions.toml.',
  };
}

async function failure(
  of: LockedPackage,
  group: readonly OsvRecord[],
  note: readonly Evidence[],
  subject: Subject,
): Promise<Said> {
  const way = of.via.length > 1 ? ` (by ${of.via.slice(0, 6).join(' > ')})` : '';
  const dev = of.isDev ? ', for development only' : '';
  const functions = [...new Set(group.flatMap(({ affected }) => affected.flatMap((one) => one.functions)))];
  return {
    summary: `${described(of)} has the known vulnerability ${titleOf(group)}.`,
    evidence: [
      { text: `${described(of)}${way}${dev}`, ...placeOf(of) },
      ...note,
      ...reachOf(of, functions, await subject.code(), (path) => subject.read(path)).evidence,
    ],
    fix: fixOf(of, group),
  };
}

function fixOf(of: LockedPackage, group: readonly OsvRecord[]): readonly Fix[] {
  const [fixed] = group.flatMap((record) => fixedVersions(record, of).slice(0, 1));
  if (fixed === undefined) {
    const text = `No release of ${of.name} fixes it. Replace it, or accept the vulnerability in bulwark.decisions.toml.`;
    return [{ kind: 'text', text }];
  }
  const other = of.via.length > 1 ? ` If ${of.via[0]} does not allow that, update ${of.via[0]} too.` : '';
  return [{ kind: 'text', text: `Update ${of.name} to ${fixed} or later.${other}` }];
}
