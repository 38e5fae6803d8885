import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type FileType, type FileTypeName, fileTypes } from './types/file-types.ts';
import { wholeNumber } from './whole-number.ts';

/** The options of a form field that accepts files. */
export interface FileField {
  /** The media types that are accepted, by content and extension. */
  readonly types?: readonly FileTypeName[];
  /** Accepts files of every type, even programs and pages. They are stored, and served only as downloads. */
  readonly allowAnyType?: boolean;
  /** The most bytes of each file. Default: `maxFileBytes`. */
  readonly maxBytes?: number;
  /** The most files. Default: 1. If it is set, the result is a list. */
  readonly maxFiles?: number;
  /** Whether at least one file is required. Default: false. */
  readonly required?: boolean;
}

/** A field with its defaults. */
export interface FieldPolicy {
  readonly types: readonly FileType[];
  readonly allowAnyType: boolean;
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly isList: boolean;
  readonly required: boolean;
}

const names = ['types', 'allowAnyType', 'maxBytes', 'maxFiles', 'required'] as const;

/** @throws Misuse `bulwark/invalid-option` */
export function readFileField(field: string, given: FileField, maxFileBytes: number): FieldPolicy {
  const own = knownOptions(given, names);
  const allowAnyType = own.allowAnyType ?? false;
  const required = own.required ?? false;
  if (typeof allowAnyType !== 'boolean' || typeof required !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', `allowAnyType and required of ${field} take true or false.`);
  }
  if (allowAnyType === (own.types !== undefined)) {
    throw new Misuse('bulwark/invalid-option', `The field ${field} needs types, or allowAnyType: true.`);
  }
  return Object.freeze({
    types: readTypes(field, own.types ?? []),
    allowAnyType,
    required,
    maxBytes: own.maxBytes === undefined ? maxFileBytes : wholeNumber('maxBytes', own.maxBytes, 1, 1e12),
    maxFiles: own.maxFiles === undefined ? 1 : wholeNumber('maxFiles', own.maxFiles, 1, 1_000),
    isList: own.maxFiles !== undefined,
  });
}

function readTypes(field: string, types: readonly string[]): readonly FileType[] {
  if (!Array.isArray(types)) throw new Misuse('bulwark/invalid-option', `types of ${field} takes a list.`);
  return Object.freeze(
    types.map((type) => {
      const known = typeof type === 'string' ? fileTypes.get(type) : undefined;
      if (known !== undefined) return known;
      const offered = [...fileTypes.values()].find(({ extensions }) => extensions.includes(String(type)));
      const hint =
        offered === undefined ? 'docs/guards/upload.md lists the types.' : `Did you mean '${offered.type}'?`;
      throw new Misuse(
        'bulwark/invalid-option',
        `${field} names the unknown type ${JSON.stringify(type)}. ${hint}`,
      );
    }),
  );
}
