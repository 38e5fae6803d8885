import { applyEdits, doOverlap } from '../scan/fix/edits.ts';
import { type JavascriptFile, openJavascript } from '../scan/fix/javascript/javascript-file.ts';
import type { Codemod, Remark } from './codemod.ts';
import { importEdits } from './imports.ts';
import { isShadowed } from './is-shadowed.ts';
import { keepComments } from './keep-comments.ts';
import { libraryUse, variableUses } from './library-use.ts';

export interface RewrittenFile {
  readonly file: JavascriptFile;
  /** The new text, if it differs. */
  readonly changed: string | undefined;
  readonly left: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Whether the file still uses the library. */
  readonly uses: boolean;
}

/** Nobody writes more. Some of the work grows with the square of the uses. */
const mostUses = 300;

/** Rewrites one file, or leaves it with a reason. The result is parsed again: what doesn't parse is not written. */
export function rewriteFile(file: JavascriptFile, codemod: Codemod): RewrittenFile {
  const use = libraryUse(file, codemod.library);
  const isMentioned = new RegExp(`['"]${codemod.library}(?:/[^'"]*)?['"]`).test(file.text);
  const unchanged = { file, changed: undefined, notes: [], uses: isMentioned };
  if (!use && isMentioned) {
    const text = `${codemod.library} is not imported by one statement at the top of the file.`;
    return { ...unchanged, left: [{ node: file.program, text }] };
  }
  if (use && isShadowed(file, use)) {
    const text = `The name of ${codemod.library} also stands for something else here, so the file was left as it is.`;
    return { ...unchanged, left: [{ node: use.statement, text }] };
  }
  const tooMany = {
    ...unchanged,
    left: [{ node: file.program, text: `${codemod.library} is used more than ${mostUses} times here.` }],
  };
  if (use && variableUses(file, use.locals).length > mostUses) return tooMany;
  const { edits, imports, left, notes } = codemod.rewrite(file, use);
  if (edits.length + left.length > mostUses) return tooMany;
  if (edits.length === 0) return { ...unchanged, left };
  const remaining = use
    ? variableUses(file, use.locals).filter(
        ({ start, end }) =>
          !(start >= use.statement.start && end <= use.statement.end) &&
          !edits.some((edit) => start >= edit.at && end <= edit.end),
      )
    : [];
  const removes = use?.isAlone === true && remaining.length === 0;
  const added = importEdits(file, use, removes, imports);
  const failed = (text: string): RewrittenFile => ({
    ...unchanged,
    left: [{ node: file.program, text }, ...left],
  });
  if (typeof added === 'string') return failed(`The name ${added} is taken, so the file was left as it is.`);
  const all = keepComments(file, [...added, ...edits]);
  if (all.some((one, i) => all.slice(0, i).some((other) => doOverlap(one, other))))
    return failed('The changes overlap, so the file was left as it is.');
  const changed = applyEdits(file.text, all);
  if (!openJavascript(file.path, changed))
    return failed('The result would not parse, so the file was left as it is.');
  const unused =
    use && !removes && remaining.length === 0
      ? [
          {
            node: use.statement,
            text: `Nothing else uses ${codemod.library}. Remove it from this statement.`,
          },
        ]
      : [];
  return { file, changed, left: [...left, ...unused], notes, uses: isMentioned && !removes };
}
