import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { cleanFileName } from './clean-file-name.ts';
import type { FieldPolicy } from './file-field.ts';
import { type FileInput, fileInput } from './file-input.ts';
import { judgePart } from './multipart/judge-part.ts';
import type { PartHead } from './multipart/part-head.ts';
import type { PartEvent } from './multipart/split-parts.ts';
import type { PartInput } from './part-input.ts';
import { textInput } from './text-input.ts';
import { maxHeaderBytes, maxHeaders, type UploadPolicy } from './uploads-options.ts';

export interface FormReader {
  readonly fields: URLSearchParams;
  add(event: PartEvent): Promise<void> | void;
  /** All files of the form, checked. */
  end(): readonly FileInput[];
  /** The published files by field. */
  result(): Readonly<Record<string, unknown>>;
  discard(): Promise<void>;
}

/** Reads the parts of one form into text fields and files. */
export function formReader(policy: UploadPolicy): FormReader {
  const { limits } = policy;
  const fields = new URLSearchParams();
  const files: FileInput[] = [];
  /** File parts by field, including those where nothing was chosen. */
  const counts = new Map<string, number>();
  const texts = textInput(limits, (name, value) => fields.append(name, value));
  let input: PartInput | undefined;

  function begin(headers: Readonly<Record<string, readonly string[]>>): void {
    const head = judgePart(headers, { maxHeaderBytes, maxHeaders });
    if ('bad' in head) refuse(deny('upload/malformed', { reason: head.bad }));
    requireShortNames(head);
    const { field, fileName, isAscii = false } = head;
    const rules = policy.files.get(field);
    if (fileName === undefined) {
      if (rules !== undefined)
        refuse(deny('upload/unexpected-field', { field, reason: 'It accepts files, but got text.' }));
      input = texts.begin(field, isAscii);
      return;
    }
    if (rules === undefined)
      refuse(deny('upload/unexpected-field', { field, reason: 'It accepts no files.' }));
    input = beginFile(field, fileName, rules);
  }

  function beginFile(field: string, fileName: string, rules: FieldPolicy): PartInput {
    const count = (counts.get(field) ?? 0) + 1;
    counts.set(field, count);
    if (count > rules.maxFiles)
      refuse(deny('upload/too-many', { what: 'files', field, most: rules.maxFiles }));
    const file = fileInput(policy, field, cleanFileName(fileName), rules);
    files.push(file);
    return file;
  }

  function requireShortNames({ field, fileName = '' }: PartHead): void {
    const { maxFieldNameBytes, maxFileNameBytes } = limits;
    if (Buffer.byteLength(field) > maxFieldNameBytes || Buffer.byteLength(fileName) > maxFileNameBytes) {
      refuse(deny('upload/malformed', { reason: 'The name of a field or a file is too long.' }));
    }
  }

  return {
    fields,
    add(event) {
      if (event.kind === 'head') return begin(event.headers);
      return event.kind === 'data' ? input?.write(event.data) : input?.end();
    },
    end() {
      for (const [field, { required }] of policy.files) {
        if (required && !files.some((file) => file.field === field && file.hasFile())) {
          refuse(deny('upload/missing-file', { field }));
        }
      }
      return files.filter((file) => file.hasFile());
    },
    result() {
      const result: Record<string, unknown> = Object.create(null);
      for (const [field, { isList }] of policy.files) {
        const records = files
          .filter((file) => file.field === field && file.hasFile())
          .map((file) => file.record());
        result[field] = isList ? records : records[0];
      }
      return result;
    },
    async discard() {
      await Promise.all(files.map((file) => file.discard()));
    },
  };
}
