import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { requiredSpecifier } from '../scan/languages/javascript/parse/syntax.ts';

/** The statement that brings a library into a file, and the names it gives to it. */
export interface LibraryUse {
  readonly statement: Node;
  readonly locals: ReadonlySet<string>;
  /** Whether the statement brings in nothing else. */
  readonly isAlone: boolean;
}

/** Undefined where the library isn't brought in at the top of the file, or more than once. */
export function libraryUse(file: JavascriptFile, library: string): LibraryUse | undefined {
  const found = file.program.body.flatMap((statement): LibraryUse[] => {
    if (statement.type === 'ImportDeclaration' && statement.source.value === library) {
      return [
        { statement, locals: new Set(statement.specifiers.map(({ local }) => local.name)), isAlone: true },
      ];
    }
    if (statement.type === 'TSImportEqualsDeclaration') {
      const { moduleReference: from, id } = statement;
      const isIt = from.type === 'TSExternalModuleReference' && from.expression.value === library;
      return isIt ? [{ statement, locals: new Set([id.name]), isAlone: true }] : [];
    }
    if (statement.type !== 'VariableDeclaration') return [];
    const declared = statement.declarations.filter(({ init }) => init && requiredSpecifier(init) === library);
    const [one] = declared;
    if (!one || declared.length > 1) return [];
    const locals = namesOf(one.id);
    return locals ? [{ statement, locals, isAlone: statement.declarations.length === 1 }] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

function namesOf(pattern: Node): ReadonlySet<string> | undefined {
  if (pattern.type === 'Identifier') return new Set([pattern.name]);
  if (pattern.type !== 'ObjectPattern') return undefined;
  const names = pattern.properties.map((property) =>
    property.type === 'Property' && property.value.type === 'Identifier' ? property.value.name : undefined,
  );
  return names.includes(undefined) ? undefined : new Set(names as string[]);
}

/** Uses of a name as a variable: no property names, and no keys of objects. */
export function variableUses(file: JavascriptFile, names: ReadonlySet<string>): Node[] {
  return file.nodes.filter((node) => {
    if (node.type !== 'Identifier' || !names.has(node.name)) return false;
    const around = file.parents.get(node);
    if (around?.type === 'MemberExpression') return around.object === node || around.computed;
    if (around?.type === 'Property') return around.value === node || around.computed || around.shorthand;
    return !/^(?:MethodDefinition|PropertyDefinition|TSPropertySignature|LabeledStatement)$/.test(
      around?.type ?? '',
    );
  });
}

/** Calls of the library itself: `helmet()`, and `helmet.default()` after `require`. */
export function libraryCalls(
  file: JavascriptFile,
  { locals }: LibraryUse,
): Extract<Node, { type: 'CallExpression' }>[] {
  return file.nodes.filter((node): node is Extract<Node, { type: 'CallExpression' }> => {
    return (
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && locals.has(node.callee.name)
    );
  });
}
