import { type FileType, fileTypes } from './file-types.ts';

const unknownType: FileType = Object.freeze({
  type: 'application/octet-stream',
  extensions: Object.freeze(['bin']),
  signatures: new Set<string>(),
  text: undefined,
});

/** The type of a file if every type is accepted: detected from the content, else bytes. Text formats count as bytes. */
export function anyType(signature: string | undefined, extension: string): FileType {
  const fitting =
    signature === undefined
      ? []
      : [...fileTypes.values()].filter(({ signatures }) => signatures.has(signature));
  return fitting.find(({ extensions }) => extensions.includes(extension)) ?? fitting[0] ?? unknownType;
}
