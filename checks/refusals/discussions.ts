import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryFiles, root } from '../repository.ts';

/** The comment above each code in lib/refusal/codes/, without its stars: the discussion, in Markdown. */
export function readDiscussions(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of repositoryFiles('lib/refusal/codes/*.ts')) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [code, discussion] of discussionsIn(file, text)) {
      if (found.has(code))
        throw new Error(`${code} stands twice in the catalogue, the second time in ${file}.`);
      found.set(code, discussion);
    }
  }
  return found;
}

export function discussionsIn(file: string, text: string): Map<string, string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    // A code is the only property with a slash in its name whose value is a record.
    if (
      ts.isPropertyAssignment(node) &&
      ts.isStringLiteral(node.name) &&
      node.name.text.includes('/') &&
      ts.isObjectLiteralExpression(node.initializer)
    ) {
      found.set(node.name.text, discussionOf(node, text));
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function discussionOf(node: ts.Node, text: string): string {
  const comment = (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
    .map(({ pos, end }) => text.slice(pos, end))
    .findLast((candidate) => candidate.startsWith('/**'));
  if (comment === undefined) return '';
  return comment
    .slice('/**'.length, -'*/'.length)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}
