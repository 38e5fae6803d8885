import { applyEdits, doOverlap } from '../../scan/fix/edits.ts';
import type { Edit } from '../../scan/fix/fix.ts';
import { importNew } from '../../scan/fix/javascript/imports.ts';
import {
  identifiersIn,
  type JavascriptFile,
  openJavascript,
} from '../../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../../scan/fix/javascript/style.ts';
import { type Part, part } from '../plan.ts';
import type { ProjectFolder } from '../read/folder.ts';
import type { Framework } from '../read/framework.ts';
import type { Manifest } from '../read/manifest.ts';
import type { SourceFiles } from '../read/source-files.ts';
import type { CreatedApp } from './created-app.ts';
import { endOfLine, styled } from './insert.ts';

/** What the parts of `init` that write code need. */
export interface Place {
  readonly folder: ProjectFolder;
  readonly manifest: Manifest;
  readonly sources: SourceFiles;
  /** The last day of report mode: `2027-03-01`. */
  readonly until: string;
}

/** Where the start line stands. The test is written from it. */
export interface Start {
  readonly framework: Framework;
  /** The file that has it. */
  readonly path: string;
  readonly app?: CreatedApp;
  /** The class of a Nest module. */
  readonly module?: string;
}

export interface Placed extends Part {
  readonly start: Start | undefined;
}

/** A file with its edits and the names it imports, or undefined if they can't be made or the result doesn't parse. */
export function edited(
  file: JavascriptFile,
  module: string,
  names: readonly string[],
  edits: readonly Edit[],
): string | undefined {
  const imports = importNew(file, module, names) ?? requireNew(file, module, names);
  if (!imports) return undefined;
  const all = [...imports.map((edit) => besideComment(file, edit)), ...edits];
  if (all.some((one, i) => all.slice(0, i).some((other) => doOverlap(one, other)))) return undefined;
  const text = applyEdits(file.text, all);
  return openJavascript(file.path, text) ? text : undefined;
}

/** `const { a } = require('m')` as the first line of a CommonJS module that requires nothing yet. */
function requireNew(file: JavascriptFile, module: string, names: readonly string[]): Edit[] | undefined {
  const { program, text } = file;
  const isCommon =
    /\bmodule\.exports\b/.test(text) && !program.body.some(({ type }) => /^(?:Im|Ex)port/.test(type));
  const isTaken = names.some((name) => identifiersIn(file, program, name).length > 0);
  const first = program.body.find((node) => !('directive' in node && node.directive));
  if (!isCommon || isTaken || !first) return undefined;
  const line = styled(file, `const { ${names.join(', ')} } = require('${module}');`);
  return [{ at: first.start, end: first.start, text: line + styleOf(file).newline }];
}

/**
 * Puts an import above a comment that belongs to the first statement, such as a JSDoc type, and below a comment at the end of a line. Each
 * comment stays with its code.
 */
function besideComment({ text, program }: JavascriptFile, edit: Edit): Edit {
  const [first] = program.body;
  if (edit.at === edit.end && /^\r?\n/.test(edit.text)) {
    const at = endOfLine(text, edit.at);
    return { ...edit, at, end: at };
  }
  if (edit.at !== edit.end || edit.at !== first?.start) return edit;
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?\n$/.exec(text.slice(0, edit.at));
  return comment ? { ...edit, at: comment.index, end: comment.index } : edit;
}

/** The start line is shown, not written. */
export function shown(why: string, code: readonly string[], notes: readonly string[] = []): Placed {
  const snippet = { title: 'Start Bulwark', why, code: code.join('\n') };
  return { ...part({ snippets: [snippet], notes }), start: undefined };
}
