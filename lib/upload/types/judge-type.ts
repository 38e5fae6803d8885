import { type Denied, deny } from '../../refusal/decision.ts';
import type { FileType } from './file-types.ts';
import { looksActive } from './looks-active.ts';
import type { TextFacts } from './text-check.ts';

/** What is known about a file. */
export interface FileFacts {
  readonly field: string;
  readonly name: string;
  /** In lower case, without a dot; empty if the name has none. */
  readonly extension: string;
  /** file-type's name for the content, if it knows it. */
  readonly signature: string | undefined;
  /** Undefined if the content is not text, or no text is accepted. */
  readonly text: TextFacts | undefined;
}

type Denial = Denied<'upload/type-not-allowed' | 'upload/extension-mismatch'>;

/**
 * The type of a file, among those that its field accepts: both the content and the extension must match it. Among types that are re-encoded, the
 * extension may be that of another one, because the stored file has the type of the content, and nothing else of the original.
 */
export function judgeType(
  facts: FileFacts,
  accepted: readonly FileType[],
  reencoded: readonly string[] = [],
): FileType | Denial {
  const { field, name, extension, text } = facts;
  const fitting = accepted.filter((type) => fits(type, facts));
  const chosen = fitting.find(({ extensions }) => extension === '' || extensions.includes(extension));
  if (chosen !== undefined) return chosen;
  const image = fitting.find(({ type }) => reencoded.includes(type));
  const isOther = ({ type, extensions }: FileType): boolean =>
    reencoded.includes(type) && extensions.includes(extension);
  if (image !== undefined && accepted.some(isOther)) return image;
  const other = fitting.find((type) => type.text === undefined);
  if (other !== undefined)
    return deny('upload/extension-mismatch', { field, name, extension, found: other.type });
  const reason =
    text === undefined ? 'the content is of another type' : 'the text or its extension is of another type';
  return deny('upload/type-not-allowed', { field, name, found: facts.signature ?? null, reason });
}

function fits({ signatures, text: rules }: FileType, { signature, text }: FileFacts): boolean {
  if (rules === undefined) return signature !== undefined && signatures.has(signature);
  if (text === undefined) return false;
  const { beginning } = text;
  return (
    (rules.markup || !looksActive(beginning)) && (rules.begins === undefined || rules.begins.test(beginning))
  );
}
