import { constant } from '../dataflow/domain/abstract.ts';
import { type Argument, itemsOf } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { textOf } from '../semantics/text/text.ts';

/** Templates are parsed up to this length, in characters. */
const maxLength = 4_000;
const maxCommands = 20;

/**
 * Finds the commands of a tagged template: `git log ${branch} | head`. Each value is one argument, because the library passes it
 * unchanged or quotes it. A list is one argument for each item.
 */
export function templateCommands(
  frame: FunctionView,
  inst: Inst & Call,
  quasis: readonly string[],
): readonly (readonly Argument[])[] {
  const splitter = new Splitter(frame, inst);
  let left = maxLength;
  for (const [i, quasi] of quasis.entries()) {
    splitter.text(quasi.slice(0, left));
    left -= quasi.length;
    if (left <= 0) break;
    const value = inst.args[i];
    if (value !== undefined) splitter.value(value);
  }
  return splitter.commands();
}

class Splitter {
  readonly #frame: FunctionView;
  readonly #inst: Inst & Call;
  readonly #commands: Argument[][] = [];
  #command: Argument[] = [];
  #word: (string | ValueId)[] = [];
  #quote = '';
  /** The next word is the file of a redirection, not an argument. */
  #isFile = false;

  constructor(frame: FunctionView, inst: Inst & Call) {
    this.#frame = frame;
    this.#inst = inst;
  }

  text(text: string): void {
    let part = '';
    for (const sign of text) {
      if (this.#quote !== '') {
        if (sign === this.#quote) this.#quote = '';
        else part += sign;
      } else if (sign === '"' || sign === "'") this.#quote = sign;
      else if (/[\s|&;()<>]/.test(sign)) {
        this.#put(part);
        part = '';
        this.#endWord();
        if (sign === '<' || sign === '>') this.#isFile = true;
        else if (/[\n|&;()]/.test(sign)) this.#endCommand();
      } else part += sign;
    }
    this.#put(part);
  }

  value(value: ValueId): void {
    this.#word.push(value);
  }

  commands(): readonly (readonly Argument[])[] {
    this.#endWord();
    this.#endCommand();
    return this.#commands;
  }

  #put(text: string): void {
    if (text !== '') this.#word.push(text);
  }

  #endWord(): void {
    const [first, more] = this.#word;
    if (first === undefined) return;
    if (this.#isFile) this.#isFile = false;
    else if (more === undefined && typeof first === 'number') this.#command.push(...this.#argument(first));
    else {
      const parts = this.#word.map((part) =>
        typeof part === 'number' ? this.#frame.use(part) : constant(part),
      );
      this.#command.push({ it: textOf(this.#frame, this.#inst, parts) });
    }
    this.#word = [];
  }

  #argument(value: ValueId): readonly Argument[] {
    const it = this.#frame.use(value);
    return it.shape === 'list' ? itemsOf(it) : [{ it, value }];
  }

  #endCommand(): void {
    this.#isFile = false;
    if (this.#command.length > 0 && this.#commands.length < maxCommands) this.#commands.push(this.#command);
    this.#command = [];
  }
}
