import { signatureTypes } from './signature-types.ts';
import { textTypes } from './text-types.ts';

/** A media type that bulwark recognises. */
export type FileTypeName = (typeof signatureTypes)[number]['type'] | (typeof textTypes)[number]['type'];

/** How a type is recognised. */
export interface FileType {
  readonly type: string;
  /** The usual one first. */
  readonly extensions: readonly string[];
  /** file-type's name for the content. Empty for text. */
  readonly signatures: ReadonlySet<string>;
  /** Set for text. Every object has it as an own property, so that a polluted prototype adds none. */
  readonly text: TextRules | undefined;
}

export interface TextRules {
  /** How such text starts, after white space. */
  readonly begins: RegExp | undefined;
  /** Whether it may look like a page. */
  readonly markup: boolean;
}

interface Row {
  readonly type: string;
  readonly extensions: string;
  readonly signature?: string;
}

interface TextRow extends Row {
  readonly begins?: string;
  readonly markup?: boolean;
}

const signed = signatureTypes.map(({ type, extensions, signature = type }: Row) => ({
  type,
  extensions: extensions.split(' '),
  signatures: new Set(signature.split(' ')),
  text: undefined,
}));

const written = textTypes.map(({ type, extensions, begins, markup = false }: TextRow) => ({
  type,
  extensions: extensions.split(' '),
  signatures: new Set<string>(),
  text: { begins: begins === undefined ? undefined : new RegExp(begins, 'i'), markup },
}));

export const fileTypes: ReadonlyMap<string, FileType> = new Map(
  [...signed, ...written].map((entry): [string, FileType] => [entry.type, entry]),
);
