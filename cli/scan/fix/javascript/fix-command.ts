import type { Node } from 'oxc-parser';
import { mayBeSeveralWords, type ShellWord, shellWords } from '../command/shell-words.ts';
import { type Edit, type Fixer, left, type Proposal } from '../fix.ts';
import { builtText } from './built-text.ts';
import { evidentType, expressionAt, isPrepared, templateOf } from './expression.ts';
import { importBeside, isModuleObject, namedImports } from './imports.ts';
import { hasPlainArguments, type JavascriptFile, nodeAt } from './javascript-file.ts';
import { stringCode, styleOf, wholeLines } from './style.ts';

type Call = Extract<Node, { type: 'CallExpression' }>;

const unknownOptions = 'This program may still read a value that starts with a dash as an option.';

const modules = ['child_process', 'node:child_process'];
const withoutShell: ReadonlyMap<string, string> = new Map([
  ['exec', 'execFile'],
  ['execSync', 'execFileSync'],
]);

/** Runs a command directly if it needs no shell: `exec` with a text becomes `execFile` with a list. */
export const fixCommand: Fixer<JavascriptFile> = {
  rules: ['command/injection'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'CallExpression', found.at, found.end);
    if (!call || !/^child_process\.exec(?:Sync)?$/.test(found.sink))
      return left('Only exec and execSync have an automatic fix.');
    const [text, second] = call.arguments;
    if (!text || !hasPlainArguments(file, call))
      return left('The command needs a shell, or is built elsewhere.');
    if (second && !isWithoutShell(second)) return left('Its options may set a shell.');
    const callee = calleeEdits(file, call);
    if (!callee) return left('The called function is not imported from child_process by name.');
    const built = builtText(file, text);
    const command = built && shellWords(built.parts);
    if (!command || (text.type === 'Identifier' && !built.statement))
      return left('The command needs a shell, or is built elsewhere.');
    const codes = command.words.map((word) => codeOf(file, word));
    if (codes.includes(undefined)) return left('A value is already quoted for the shell.');
    const holes = command.words.flat().filter((piece) => typeof piece !== 'string');
    if (holes.some(({ at, end }) => mayBeSeveralWords(file.text.slice(at, end))))
      return left('A value may hold several words, which only a shell splits.');
    const [program, ...rest] = codes;
    const edits: Edit[] = [
      ...callee,
      { at: text.start, end: text.end, text: `${program}, [${rest.join(', ')}]` },
    ];
    if (built.statement)
      edits.push({ ...wholeLines(file.text, built.statement.start, built.statement.end), text: '' });
    const title = 'Run the program without a shell';
    return command.isCertain ? { title, edits } : { title, edits, unsure: unknownOptions };
  },
};

/** A callback, or literal options without a shell. */
function isWithoutShell(node: Node): boolean {
  if (/Function/.test(node.type)) return true;
  return (
    node.type === 'ObjectExpression' &&
    node.properties.every(
      (property) =>
        property.type === 'Property' && property.key.type === 'Identifier' && property.key.name !== 'shell',
    )
  );
}

/** The edits that call another function of the module. */
function calleeEdits(file: JavascriptFile, { callee }: Call): Edit[] | undefined {
  if (callee.type === 'MemberExpression') {
    const { object, property } = callee;
    const name =
      property.type === 'Identifier' && !callee.computed ? withoutShell.get(property.name) : undefined;
    if (!name || !isModuleObject(file, object, modules)) return undefined;
    return [{ at: property.start, end: property.end, text: name }];
  }
  if (callee.type !== 'Identifier') return undefined;
  const known = namedImports(file).find(
    ({ module, local }) => modules.includes(module) && local === callee.name,
  );
  const name = known?.local === known?.imported ? withoutShell.get(callee.name) : undefined;
  const imported = known && name && importBeside(file, known, name);
  return imported && name ? [...imported, { at: callee.start, end: callee.end, text: name }] : undefined;
}

function codeOf(file: JavascriptFile, word: ShellWord): string | undefined {
  const [only] = word;
  if (word.length === 1 && typeof only === 'string') return stringCode(only, styleOf(file));
  const nodes = word.map((piece) => (typeof piece === 'string' ? undefined : expressionAt(file, piece)));
  if (nodes.some((node, i) => (typeof word[i] === 'string' ? false : !node || isPrepared(file, node))))
    return undefined;
  const codes = word.map((piece) =>
    typeof piece === 'string' ? piece : { code: file.text.slice(piece.at, piece.end) },
  );
  const [code] = codes;
  if (word.length > 1 || typeof code !== 'object') return templateOf(codes);
  return nodes[0] && evidentType(file, nodes[0]) === 'text' ? code.code : `String(${code.code})`;
}
