import { isRefusal, Misuse } from 'bulwark';
import { assemble, type ReadyPiece } from '../../lib/command/assemble.ts';
import type { ProgramRules } from '../../lib/command/program/program-rules.ts';

export interface Given {
  readonly text: string;
  readonly type?: string | undefined;
}
export const path = (text: string, type?: string): { readonly file: Given } => ({ file: { text, type } });

/** The arguments that the rules give a template. */
export function argumentsOf(rules: ProgramRules) {
  return (
    strings: TemplateStringsArray,
    ...values: readonly (string | { readonly file: Given })[]
  ): readonly string[] => {
    const pieces: ReadyPiece[] = [];
    strings.forEach((part, index) => {
      const words = part.split(/ +/);
      const value = values[index];
      const prefix = value === undefined ? '' : (words.pop() ?? '');
      for (const word of words) if (word !== '') pieces.push({ prefix: word, value: undefined });
      if (value === undefined) return;
      const piece = typeof value === 'string' ? value : { path: value.file.text, type: value.file.type };
      pieces.push({ prefix, value: piece });
    });
    return assemble(rules, pieces).map(({ text }) => text);
  };
}

export function outcomeOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return isRefusal(error) || error instanceof Misuse ? error.code : String(error);
  }
}
