import type { Finding } from '../../finding/finding.ts';
import type { LanguageId } from '../languages/language-id.ts';
import { languageIdOf } from '../project/path-kind.ts';
import { fixersOf } from './fixers-of.ts';
import { type LeftFinding, proposeFixes } from './propose-fixes.ts';
import type { SourceLanguage } from './source-language.ts';
import { changedTexts, type Rescan, verifyFixes } from './verify-fixes.ts';

export interface FixOptions {
  readonly findings: readonly Finding[];
  /** The text of a scanned file. Undefined for other files. */
  readonly sources: (path: string) => string | undefined;
  /** The text of a project file that was not scanned, such as `package.json`, which shows the installed packages. */
  readonly read?: (path: string) => string | undefined;
  /** Scans the project again, with some texts replaced, and returns all findings. */
  readonly rescan: Rescan;
  /** Whether to make suggested fixes too. An editor shows each of them for approval. */
  readonly takesUnsure?: boolean;
  /**
   * Whether browser code may use the cookie of this name. If this function is absent, fixes that add `HttpOnly` are
   * only suggested.
   */
  readonly isCookieRead?: (name: string) => boolean;
}

export interface FixedFinding {
  readonly finding: Finding;
  /** What the fix did: `Hand the values over as parameters`. */
  readonly title: string;
}

export interface FixResult {
  /** The new texts of the files that change. */
  readonly changed: ReadonlyMap<string, string>;
  readonly fixed: readonly FixedFinding[];
  /** The findings that remain, each with a sentence that says why. */
  readonly left: readonly LeftFinding[];
}

/**
 * Applies fixes, each completely or not at all. Fixes that are only suggested are left out, unless `takesUnsure` is set. The
 * files still parse afterwards. A new scan confirms that the findings are gone and that there are no new ones. Returns the new
 * texts, and writes no files.
 *
 *     const { changed } = await fixFindings({ findings, sources, rescan });
 *     for (const [path, text] of changed) process.stdout.write(unifiedDiff(path, sources(path) ?? '', text));
 */
export async function fixFindings(options: FixOptions): Promise<FixResult> {
  const { findings, sources, rescan, read } = options;
  const anyFile = (path: string): string | undefined => sources(path) ?? read?.(path);
  const languages: Partial<Record<LanguageId, SourceLanguage>> = {};
  for (const { place } of findings) {
    const language = languageIdOf(place.path);
    const open = language && fixersOf[language];
    if (open) languages[language] ??= await open();
  }
  const proposals = proposeFixes(findings, anyFile, languages, options);
  const kept = await verifyFixes(proposals.fixes, sources, rescan);
  const dropped = proposals.fixes.filter((fix) => !kept.includes(fix));
  return {
    changed: changedTexts(kept, sources),
    fixed: kept.flatMap(({ title, findings: own }) => own.map((finding) => ({ finding, title }))),
    left: [
      ...proposals.left,
      ...dropped.flatMap((fix) => fix.findings.map((finding) => ({ finding, reason: notVerified }))),
    ],
  };
}

const notVerified = 'The fix was tried and undone: the finding remained, or another one appeared.';
