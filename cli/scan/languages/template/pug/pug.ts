import { CodeWriter } from '../code-writer.ts';
import type { TemplateCode } from '../template-code.ts';
import { pugLine } from './pug-line.ts';
import { PugLines } from './pug-lines.ts';

/** A block that is open: lines that are indented deeper are in it. */
export interface PugBlock {
  readonly indent: number;
  readonly close: string;
  /** What an `else` at the same indentation goes on. */
  readonly kind: 'if' | 'case' | 'other';
  /** What is in it is text, of a script or of the page; or is nothing at all. */
  readonly text?: 'script' | 'page' | 'none';
  /** What is in it is code. */
  readonly isCode?: true;
}

export interface PugReading {
  readonly text: string;
  readonly code: CodeWriter;
  readonly blocks: PugBlock[];
  readonly bases: string[];
}

/** Lines that are indented deeper than so many others are read as if they were not. */
const maxBlocks = 100;

/** The code of a template of Pug. Its expressions are JavaScript, and are copied where they are. */
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
