import { type Finding, waysOf } from '../../finding/finding.ts';
import type { LanguageId } from '../languages/language-id.ts';
import { languageIdOf } from '../project/path-kind.ts';
import { rangeOf, type TextPlaces, textPlaces } from '../report/mask/text-places.ts';
import { applyEdits, doOverlap } from './edits.ts';
import { type Fix, type Found, isFix } from './fix.ts';
import type { OpenFile, SourceLanguage } from './source-language.ts';

/** A fix of a file, and the findings that it fixes. */
export interface FileFix extends Fix {
  readonly path: string;
  readonly findings: readonly Finding[];
}

export interface LeftFinding {
  readonly finding: Finding;
  readonly reason: string;
}

export interface Proposals {
  readonly fixes: readonly FileFix[];
  readonly left: readonly LeftFinding[];
}

type Languages = Readonly<Partial<Record<LanguageId, SourceLanguage>>>;

interface Opened {
  readonly text: string;
  readonly places: TextPlaces;
  readonly file: OpenFile | undefined;
  readonly language: SourceLanguage;
}

export interface ProposeOptions {
  /** Whether to accept suggested fixes too. A person then reviews each of them. */
  readonly takesUnsure?: boolean;
  readonly isCookieRead?: (name: string) => boolean;
}

/**
 * Lets the fixers propose fixes. A fix is kept if the file still parses after it, and if it overlaps no earlier fix of
 * the file. The other findings are returned in `left`, each with a reason.
 */
export function proposeFixes(
  findings: readonly Finding[],
  sources: (path: string) => string | undefined,
  languages: Languages,
  { takesUnsure = false, isCookieRead = () => true }: ProposeOptions = {},
): Proposals {
  const fixes: FileFix[] = [];
  const left: LeftFinding[] = [];
  const opened = new Map<string, Opened | undefined>();
  for (const group of groups(findings)) {
    const [finding] = group as [Finding];
    const { path } = finding.place;
    if (!opened.has(path)) opened.set(path, openFile(path, sources(path), languages));
    const leave = (reason: string): void => {
      left.push(...group.map((one) => ({ finding: one, reason })));
    };
    const file = opened.get(path);
    if (!file?.file) {
      leave(file ? 'The file cannot be parsed.' : 'This kind of file has no automatic fixes.');
      continue;
    }
    const proposal = file.file.propose(foundOf(group, file.places, { sources, isCookieRead }));
    if (!proposal) leave('This rule has no automatic fix.');
    else if (!isFix(proposal)) leave(proposal.reason);
    else if (proposal.unsure !== undefined && !takesUnsure) {
      leave(`Suggested, not applied: ${proposal.title}. ${proposal.unsure}`);
    } else if (!file.language.open(path, applyEdits(file.text, proposal.edits))) {
      leave('The fixed file would not parse.');
    } else if (fixes.some((fix) => fix.path === path && isInTheWay(fix, proposal))) {
      leave('Another fix changes the same place. Run --fix again.');
    } else fixes.push({ ...proposal, path, findings: group });
  }
  return { fixes, left };
}

/** Findings of one rule at one place share a fix. */
function groups(findings: readonly Finding[]): Finding[][] {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path, line, column, endLine, endColumn } = finding.place;
    const key = JSON.stringify([finding.rule, path, line, column, endLine, endColumn]);
    byPlace.set(key, [...(byPlace.get(key) ?? []), finding]);
  }
  return [...byPlace.values()];
}

function openFile(path: string, text: string | undefined, languages: Languages): Opened | undefined {
  const kind = languageIdOf(path);
  const language = kind && languages[kind];
  if (!language || text === undefined) return undefined;
  return { text, places: textPlaces(text), file: language.open(path, text), language };
}

function foundOf(
  group: readonly Finding[],
  places: TextPlaces,
  project: Pick<Found, 'sources' | 'isCookieRead'>,
): Found {
  const [finding] = group as [Finding];
  const { path } = finding.place;
  // The last step is the sink itself.
  const ways = group.flatMap(waysOf).flatMap((way) => way.slice(0, -1));
  const steps = ways.filter(({ place }) => place.path === path);
  const { sink = '' } = finding;
  return {
    finding,
    ...rangeOf(places, finding.place),
    sink,
    steps: steps.map(({ place }) => rangeOf(places, place)),
    ...project,
  };
}

function isInTheWay(fix: Fix, other: Fix): boolean {
  return fix.edits.some((one) => other.edits.some((edit) => doOverlap(one, edit)));
}
