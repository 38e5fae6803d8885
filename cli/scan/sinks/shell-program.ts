import { type Abstract, constText, unknown } from '../dataflow/domain/abstract.ts';
import { type Argument, programName } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Programs that read a text as commands or as code, and the options in front of that text. With a pattern
 * of `rest` all that follows is one command.
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

/** Programs whose first argument is a program in a language of theirs, which can run commands. */
const scripted = /^([gmn]?awk|g?sed)$/;

/** Programs that run the program that is named behind their own options. */
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

/** `['sh', '-c', text]`: the argument list of a program that is a shell itself. */
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

/** The text of an option for it, or else the first argument that is no option. */
function scriptOf(args: readonly Abstract[]): readonly Abstract[] {
  for (let i = 0; i < args.length; i++) {
    const text = constText(args[i]);
    if (text === undefined || !text.startsWith('-')) return [args[i] ?? unknown];
    if (/^(-[nirEzs]*e|--expression)$/.test(text)) return [args[i + 1] ?? unknown];
    if (/^(-[nirEzs]*f|--file(=.*)?)$/.test(text)) return [];
    // A value of an option stands behind it.
    if (/^-[Fvl]$/.test(text)) i++;
  }
  return [];
}

/** The last of a wrapper's own options and their values: the next word names a program that is known, or none is. */
function lastOption(list: readonly Abstract[], wrapper: number): number {
  for (let i = wrapper + 1; i < list.length; i++) {
    const name = programName(list[i]);
    if (name === undefined) continue;
    if (wrappers.has(name) || name === 'ssh' || interpreters.some(([program]) => program.test(name)))
      return i - 1;
  }
  return list.length;
}
