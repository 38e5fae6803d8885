import { CodeWriter } from '../code-writer.ts';
import type { TemplateCode } from '../template-code.ts';
import { pugLine } from './pug-line.ts';
import { PugLines } from './pug-lines.ts';

/** An open block, which contains the lines with a deeper indentation. */
export interface PugBlock {
  readonly indent: number;
  readonly close: string;
  /** The kind of statement that opened the block. It decides what an `else` at the same indentation belongs to. */
  readonly kind: 'if' | 'case' | 'other';
  /** Set if the content of the block is text: of a script, of the page, or ignored (`none`). */
  readonly text?: 'script' | 'page' | 'none';
  /** Set if the content of the block is JavaScript code. */
  readonly isCode?: true;
}

export interface PugReading {
  readonly text: string;
  readonly code: CodeWriter;
  readonly blocks: PugBlock[];
  readonly bases: string[];
}

/** Nesting of blocks. Deeper lines count as if they were at this depth. */
const maxBlocks = 100;

/** Translates a Pug template into JavaScript. The template's expressions are JavaScript already, and are copied. */
export function readPug(text: string): TemplateCode {
  const reading: PugReading = { text, code: new CodeWriter(text), blocks: [], bases: [] };
  const lines = new PugLines(text);
  for (let line = lines.next(); line; line = lines.next()) {
    closeDownTo(reading, line.indent, line.from);
    const inner = reading.blocks.at(-1);
    const block = pugLine(reading, lines, line, inner);
    if (block && reading.blocks.length < maxBlocks) reading.blocks.push(block);
    else if (block) reading.code.add(`${block.close}\n`, line.from, line.to);
  }
  closeDownTo(reading, -1, text.length);
  for (const base of reading.bases) reading.code.add(`${base}\n`, 0, text.length);
  return { body: reading.code, known: new Map([['locals', '$$context']]) };
}

function closeDownTo({ blocks, code }: PugReading, indent: number, at: number): void {
  for (let block = blocks.at(-1); block && block.indent >= indent; block = blocks.at(-1)) {
    blocks.pop();
    if (block.close !== '') code.add(`${block.close}\n`, at, at);
  }
}
