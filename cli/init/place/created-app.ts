import type { Expression, Node } from 'oxc-parser';
import { isModuleObject, namedImports } from '../../scan/fix/javascript/imports.ts';
import { functionAround, type JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import { requiredSpecifier } from '../../scan/languages/javascript/parse/syntax.ts';
import type { SourceFiles } from '../read/source-files.ts';

/** A variable that holds an application: `const app = express()`. */
export interface CreatedApp {
  readonly file: JavascriptFile;
  readonly name: string;
  /** The call that creates it. */
  readonly call: Node;
  /** The statement of a block or of the file itself. */
  readonly statement: Node;
  readonly scope: Node;
}

/** How a framework's application is created. */
export interface Creation {
  readonly module: string;
  /** Names that the module exports for it, besides its default. */
  readonly names: readonly string[];
  readonly by: 'CallExpression' | 'NewExpression';
}

/** All variables of the sources that hold an application. */
export function createdApps(sources: SourceFiles, creation: Creation): CreatedApp[] {
  return sources.withText(creation.module).flatMap((file) => {
    const names = namedImports(file)
      .filter(({ module, imported }) => module === creation.module && creation.names.includes(imported))
      .map(({ local }) => local);
    const created = new Map<string, boolean>();
    const isCreated = (callee: Node): boolean => {
      if (callee.type !== 'Identifier') return isCreator(file, callee, creation, names);
      const known = created.get(callee.name) ?? isCreator(file, callee, creation, names);
      created.set(callee.name, known);
      return known;
    };
    return file.nodes.flatMap((node) => {
      if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return [];
      const call = node.init;
      if (call?.type !== creation.by || !isCreated(call.callee)) return [];
      const statement = statementOf(file, node);
      return statement
        ? [{ file, name: node.id.name, call, statement, scope: functionAround(file, node) }]
        : [];
    });
  });
}

function isCreator(
  file: JavascriptFile,
  callee: Node,
  { module }: Creation,
  names: readonly string[],
): boolean {
  if (requiredSpecifier(callee as Expression) === module) return true;
  if (callee.type !== 'Identifier') return false;
  return (
    names.includes(callee.name) ||
    isModuleObject(file, callee, [module]) ||
    isImportedByEquals(file, callee.name, module)
  );
}

/** `import express = require('express')` of TypeScript. */
function isImportedByEquals({ nodes }: JavascriptFile, name: string, module: string): boolean {
  return nodes.some(
    (node) =>
      node.type === 'TSImportEqualsDeclaration' &&
      node.id.name === name &&
      node.moduleReference.type === 'TSExternalModuleReference' &&
      node.moduleReference.expression.value === module,
  );
}

/** The statement around a node that stands in a block, with the `export` before it. */
export function statementOf(file: JavascriptFile, node: Node): Node | undefined {
  let at: Node | undefined = node;
  while (at) {
    const around: Node | undefined = file.parents.get(at);
    if (around?.type === 'Program' || around?.type === 'BlockStatement') return at;
    if (around && /Function/.test(around.type)) return undefined;
    at = around;
  }
  return undefined;
}

/** The one that serves requests; undefined if that isn't certain. */
export function mainApp(apps: readonly CreatedApp[]): CreatedApp | undefined {
  if (apps.length <= 1) return apps[0];
  // Each one searches its file.
  if (apps.length > 100) return undefined;
  const serving = apps.filter(({ file, name }) => isServed(file, name));
  return serving.length === 1 ? serving[0] : undefined;
}

function isServed({ text }: JavascriptFile, name: string): boolean {
  return new RegExp(
    `\\b${escaped(name)}\\.(?:listen|callback|fetch)\\b|\\bcreateServer\\(\\s{0,99}${escaped(name)}\\b`,
  ).test(text);
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}
