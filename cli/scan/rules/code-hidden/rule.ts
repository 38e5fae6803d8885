/**
 * Finds code that does not run as reviewers read it: invisible characters that reorder a line (Trojan Source,
 * CVE-2021-42574), long runs of invisible characters, invisible or lookalike names, and obfuscated strings (base64,
 * hexadecimal, character codes, compressed data) that are decoded and run as code or as a command, or that name the
 * module to load.
 *
 * ## Why
 * What a reviewer sees is not what runs. Malicious packages and pull requests are written like this; there is hardly
 * any other reason to do so.
 *
 * ## Bad
 * ```python
 * import base64
 *
 * exec(base64.b64decode("aW1wb3J0IG9zOyBvcy5zeXN0ZW0oJ2lkJyk="))
 * ```
 * ```typescript
 * eval(Buffer.from('636f6e736f6c652e6c6f672831293b', 'hex').toString());
 * ```
 *
 * ## Good
 * ```python
 * import base64
 *
 * logo = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB")
 * direction = "\u202e"
 * ```
 * ```typescript
 * const logo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB', 'base64');
 * const isolate = '\u2068';
 * ```
 *
 * ## When not to use it
 * In translation files, pages and tests such characters have low confidence, as Arabic and Hebrew text may need them.
 * Emoji, joiners in other scripts and a byte order mark are not reported.
 */

import { languageOf } from '../../languages/registry.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import type { SourceFile } from '../../project/project.ts';
import type { TextReport, TextRule } from '../kit/rule.ts';
import { special } from './characters.ts';
import { readDirections } from './directions.ts';
import { head } from './head.ts';
import { readNames, readRuns } from './unseen.ts';

/** The maximum number of reports for one file. */
const maxReports = 50;

/** Paths of translations. Some languages need such characters. */
const translations =
  /(^|\/)(i18n|l10n|locales?|langs?|languages?|translations?|messages|nls|cldr)\/|(^|[/._-])(i18n|locale|messages|translations?|lang)[/._-]|(^|[/._-])(ar|he|iw|fa|ur|yi|ckb|dv|ps|sd|ug)(?:[-_][A-Za-z]+)?\.\w+$/i;

/** Reports invisible characters, and characters that change the order in which code is displayed. */
export const rule: TextRule = Object.freeze({ ...head, read } satisfies TextRule);

function read(file: SourceFile): readonly TextReport[] {
  const { path, text } = file;
  if (!special.test(text)) return [];
  const { isTemplate } = languageOf(file);
  const isQuiet = isTestPath(path) || translations.test(path);
  const reports = readRuns(text, isQuiet, maxReports);
  let at = 0;
  for (const line of text.split('\n')) {
    if (reports.length >= maxReports) break;
    // A template contains prose, and some languages need such characters.
    const found =
      readDirections(line, at, isQuiet || isTemplate) ??
      (isTemplate ? undefined : readNames(line, at, isQuiet));
    if (found) reports.push(found);
    at += line.length + 1;
  }
  return reports;
}
