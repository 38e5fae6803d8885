import { type Abstract, constText, unknown } from '../dataflow/domain/abstract.ts';
import { type Argument, programName } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Programs that run a text as commands or code, each with the option before that text. With `rest`, all following arguments are
 * one command.
 */
const interpreters: readonly (readonly [program: RegExp, option: RegExp, rest?: 'rest'])[] = [
  [/^(ba|da|z|k|c|tc|fi|a|mk)?sh$/, /^(-[a-z]*c[a-z]*|--command)$/],
  [/^cmd$/, /^\/[ck]$/i, 'rest'],
  [/^(powershell|pwsh)$/, /^[-/](c(ommand)?|e(ncodedcommand)?)$/i, 'rest'],
  [/^(python|pypy)[\d.]*w?$/, /^-[a-zA-Z]*c$/],
  [/^(node|nodejs|bun)$/, /^(-e|-p|-pe|--eval|--print)$/],
  [/^deno$/, /^eval$/],
  [/^(perl|ruby)[\d.]*$/, /^-[a-z]*[eE]$/],
  [/^php[\d.]*$/, /^-r$/],
  [/^su$/, /^(-c|--command)$/],
  [/^eval$/, /^/, 'rest'],
];

/** Programs whose first argument is a script in their own language, which can run commands. */
const scripted = /^([gmn]?awk|g?sed)$/;

/** Programs that run another program, which is named after their own options. */
const wrappers: ReadonlySet<string> = new Set([
  'env',
  'sudo',
  'doas',
  'nice',
  'ionice',
  'nohup',
  'setsid',
  'stdbuf',
  'time',
  'timeout',
  'busybox',
  'chroot',
  'flock',
  'unshare',
  'xargs',
  'watch',
  'script',
  'docker',
  'podman',
  'kubectl',
]);

/** Checks the argument list of a program that is a shell or an interpreter: `['sh', '-c', text]`. */
export function checkShellProgram(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  lists: readonly (readonly Argument[])[],
): void {
  for (const list of lists)
    for (const text of commandTexts(list.map(({ it }) => it)))
      hit(frame, sinkOf(frame, 'command', value, inst, 'a shell command'), text);
}

function commandTexts(list: readonly Abstract[]): readonly Abstract[] {
  for (let i = 0; i < list.length; i++) {
    const program = programName(list[i]);
    if (program === undefined) return [];
    const found = interpreters.find(([name]) => name.test(program));
    if (found) {
      const [, option, rest] = found;
      const at = list.findIndex((item, k) => k > i && option.test(constText(item) ?? '\0'));
      if (at < 0) return [];
      return rest ? list.slice(at + 1) : [list[at + 1] ?? unknown];
    }
    if (scripted.test(program)) return scriptOf(list.slice(i + 1));
    if (program === 'ssh') return list.slice(i + 2);
    if (!wrappers.has(program)) return [];
    i = lastOption(list, i);
  }
  return [];
}

/** The script: the value of an option such as `-e`, or else the first argument that is no option. Empty if it is in a file. */
function scriptOf(args: readonly Abstract[]): readonly Abstract[] {
  for (let i = 0; i < args.length; i++) {
    const text = constText(args[i]);
    if (text === undefined || !text.startsWith('-')) return [args[i] ?? unknown];
    if (/^(-[nirEzs]*e|--expression)$/.test(text)) return [args[i + 1] ?? unknown];
    if (/^(-[nirEzs]*f|--file(=.*)?)$/.test(text)) return [];
    // The next argument is the option's value.
    if (/^-[Fvl]$/.test(text)) i++;
  }
  return [];
}

/**
 * The index of the last argument that belongs to the wrapper. After it comes the name of a known program. The list's length if
 * there is none.
 */
function lastOption(list: readonly Abstract[], wrapper: number): number {
  for (let i = wrapper + 1; i < list.length; i++) {
    const name = programName(list[i]);
    if (name === undefined) continue;
    if (wrappers.has(name) || name === 'ssh' || interpreters.some(([program]) => program.test(name)))
      return i - 1;
  }
  return list.length;
}
