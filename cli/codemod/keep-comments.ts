import type { Node } from 'oxc-parser';
import type { Edit } from '../scan/fix/fix.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../scan/fix/javascript/style.ts';

/** The edits, with the comments in what they replace above the statement. */
export function keepComments(file: JavascriptFile, edits: readonly Edit[]): Edit[] {
  return edits.flatMap((edit) => {
    const lost = commentsIn(file, edit).filter((comment) => !edit.text.includes(comment));
    const statement = lost.length > 0 ? statementAt(file, edit) : undefined;
    if (!statement) return [edit];
    const { text } = file;
    const { newline } = styleOf(file);
    const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', statement.start - 1) + 1))?.[0] ?? '';
    const above = lost.map((comment) => `${comment}${newline}${indent}`).join('');
    const at = statement.start;
    if (at < edit.at) return [edit, { at, end: at, text: above }];
    if (at === edit.at) return [{ ...edit, text: above + edit.text }];
    // The statement is removed with its line.
    return [{ ...edit, text: lost.map((comment) => indent + comment + newline).join('') + edit.text }];
  });
}

function commentsIn({ text, nodes }: JavascriptFile, { at, end }: Edit): string[] {
  let code = text.slice(at, end);
  for (const { type, start, end: last } of nodes) {
    if (start < at || last > end || !/^(?:Literal|TemplateElement|JSXText)$/.test(type)) continue;
    code = code.slice(0, start - at) + ' '.repeat(last - start) + code.slice(last - at);
  }
  return [...code.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g)].map(({ index, 0: found }) =>
    text.slice(at + index, at + index + found.length),
  );
}

/** The innermost statement around an edit, or the one that it removes. */
function statementAt({ nodes, parents }: JavascriptFile, { at, end, text }: Edit): Node | undefined {
  const statements = nodes.filter((node) =>
    /^(?:Program|BlockStatement|StaticBlock)$/.test(parents.get(node)?.type ?? ''),
  );
  const removed = text === '' && statements.find((node) => node.start >= at && node.end <= end);
  return removed || statements.findLast((node) => node.start <= at && node.end >= end);
}
