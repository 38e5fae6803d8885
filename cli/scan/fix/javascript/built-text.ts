import type { Node } from 'oxc-parser';
import { unwrap } from '../../languages/javascript/parse/syntax.ts';
import type { TextPart } from '../text-part.ts';
import { declarationOf } from './declaration.ts';
import { functionAround, identifiersIn, type JavascriptFile } from './javascript-file.ts';
import { textParts } from './text-parts.ts';

export interface BuiltText {
  readonly parts: readonly TextPart[];
  /**
   * The statement that declares the constant. Undefined if there is no constant, or if the statement declares others
   * too.
   */
  readonly statement: Node | undefined;
}

/**
 * The parts that an argument's string is built from. The string must be built in the argument itself, or in a constant of
 * the same function that is used only here. Undefined for other arguments, and if a variable in the string may change
 * between the constant and its use.
 */
export function builtText(file: JavascriptFile, argument: Node): BuiltText | undefined {
  const node = unwrap(argument);
  if (node.type !== 'Identifier') {
    const parts = textParts(file, node);
    return parts && { parts, statement: undefined };
  }
  const declared = declarationOf(file, node, node.name);
  if (declared?.kind !== 'const' || !declared.init || declared.type) return undefined;
  const around = functionAround(file, node);
  if (around === file.program || functionAround(file, declared.node) !== around) return undefined;
  if (identifiersIn(file, around, node.name).length !== 2) return undefined;
  const init = declared.init;
  const parts = textParts(file, init);
  if (!parts) return undefined;
  const names = new Set(identifiersOf(file, init.start, init.end));
  if (writesBetween(file, init.end, node.start, names)) return undefined;
  const statement = file.parents.get(declared.node);
  const isAlone = statement?.type === 'VariableDeclaration' && statement.declarations.length === 1;
  return { parts, statement: isAlone ? statement : undefined };
}

function identifiersOf(file: JavascriptFile, start: number, end: number): string[] {
  return file.nodes.flatMap((node) =>
    node.type === 'Identifier' && node.start >= start && node.end <= end ? [node.name] : [],
  );
}

function writesBetween(file: JavascriptFile, from: number, to: number, names: ReadonlySet<string>): boolean {
  return file.nodes.some((node) => {
    if (node.start < from || node.end > to) return false;
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    return (
      target !== undefined && identifiersOf(file, target.start, target.end).some((name) => names.has(name))
    );
  });
}
