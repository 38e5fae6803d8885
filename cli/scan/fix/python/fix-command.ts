import { mayBeSeveralWords, type ShellWord, shellWords } from '../command/shell-words.ts';
import { type Edit, type Fixer, left, type Proposal } from '../fix.ts';
import { wholeLines, withoutArgument } from './edit-arguments.ts';
import { builtText, expressionAt, isPrepared, isText } from './expression.ts';
import { importModule } from './imports.ts';
import {
  argumentsOf,
  calledPath,
  childOf,
  nodeAt,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';

/** Replaces a shell command with a list of arguments. Only for commands that use no feature of the shell. */
export const fixCommand: Fixer<PythonFile> = {
  rules: ['command/injection'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'call', found.at, found.end);
    const given = call && argumentsOf(file, call);
    const [text, second] = given?.positional ?? [];
    if (!call || !given || !text || second)
      return left('The command is not the only argument in front of the options.');
    const built = builtText(file, text);
    const command = built && shellWords(built.parts);
    if (!command) return left('The command needs a shell, or is built elsewhere.');
    const codes = command.words.map((word) => codeOf(file, word));
    if (codes.includes(undefined)) return left('A value is already quoted for the shell.');
    const holes = command.words.flat().filter((piece) => typeof piece !== 'string');
    if (holes.some(({ at, end }) => mayBeSeveralWords(file.text.slice(at, end))))
      return left('A value may hold several words, which only a shell splits.');
    const list = `[${codes.join(', ')}]`;
    const edits = editsOf(file, call, text, list, found.sink);
    if (!edits) return left('What is made of its result does not fit a run without a shell.');
    if (built.statement) edits.push({ ...wholeLines(file, built.statement), text: '' });
    const title = 'Run the program without a shell';
    const unsure = 'This program may still read a value that starts with a dash as an option.';
    return command.isCertain ? { title, edits } : { title, edits, unsure };
  },
};

function editsOf(
  file: PythonFile,
  call: PythonNode,
  text: PythonNode,
  list: string,
  sink: string,
): Edit[] | undefined {
  const path = calledPath(file, call);
  const keywords = argumentsOf(file, call)?.keywords ?? new Map<string, PythonNode>();
  if (/^subprocess\.(?:run|call|check_call|check_output|Popen)$/.test(sink)) {
    const shell = keywords.get('shell');
    const value = childOf(shell, 'value');
    if (!shell || value?.kind !== 'true' || keywords.has('executable')) return undefined;
    return [{ at: text.at, end: text.end, text: list }, withoutArgument(file, shell)];
  }
  if (keywords.size > 0) return undefined;
  const imported = importModule(file, 'subprocess');
  if (!imported) return undefined;
  // The result of `subprocess.run` is not an exit code, so the call's result must be unused.
  if (sink === 'os.system' && path === 'os.system' && call.parent?.kind === 'expression_statement') {
    return [...imported, { at: call.at, end: call.end, text: `subprocess.run(${list})` }];
  }
  const read = sink === 'os.popen' && path === 'os.popen' ? readOf(file, call) : undefined;
  if (!read) return undefined;
  const code = `subprocess.run(${list}, stdout=subprocess.PIPE, text=True).stdout`;
  return [...imported, { at: read.at, end: read.end, text: code }];
}

/** `os.popen(...).read()` */
function readOf(file: PythonFile, call: PythonNode): PythonNode | undefined {
  const around = call.parent?.kind === 'attribute' ? call.parent.parent : undefined;
  if (around?.kind !== 'call' || childOf(around, 'function') !== call.parent) return undefined;
  return /^\s*\.\s*read\s*\(\s*\)$/.test(source(file, around).slice(call.end - around.at))
    ? around
    : undefined;
}

function codeOf(file: PythonFile, word: ShellWord): string | undefined {
  const nodes = word.map((piece) => (typeof piece === 'string' ? undefined : expressionAt(file, piece)));
  if (nodes.some((node, i) => typeof word[i] !== 'string' && (!node || isPrepared(file, node))))
    return undefined;
  const codes = word.map((piece) =>
    typeof piece === 'string' ? piece : file.text.slice(piece.at, piece.end),
  );
  const [code = ''] = codes;
  const [node] = nodes;
  if (word.length === 1 && node) return isText(file, node) ? code : `str(${code})`;
  if (codes.some((one) => /[\\\n]/.test(one))) return undefined;
  const quote = quoteFor(file, codes);
  if (!quote) return undefined;
  if (word.length === 1) return quote + code + quote;
  if (word.some((piece) => typeof piece === 'string' && /[{}]/.test(piece))) return undefined;
  return `f${quote}${word.map((piece, i) => (typeof piece === 'string' ? piece : `{${codes[i]}}`)).join('')}${quote}`;
}

/** The quote that is more frequent in the file, if no code contains it. */
function quoteFor(file: PythonFile, codes: readonly string[]): string | undefined {
  const double = file.text.split('"').length >= file.text.split("'").length;
  return (double ? ['"', "'"] : ["'", '"']).find((quote) => codes.every((code) => !code.includes(quote)));
}
