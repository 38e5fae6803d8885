import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { checkFile } from './check-file.ts';
import type { FieldPolicy } from './file-field.ts';
import type { PartInput } from './part-input.ts';
import { inStorage, storageError } from './storage-error.ts';
import { earlyLook } from './types/early-look.ts';
import { textCheck } from './types/text-check.ts';
import type { FileRecord, IncomingFile } from './upload-store.ts';
import type { UploadPolicy } from './uploads-options.ts';

/** One file of the form, from its first byte until it is published or discarded. */
export interface FileInput extends PartInput {
  readonly field: string;
  /** False for a file input where nothing was chosen: no name and no bytes. */
  hasFile(): boolean;
  /** The record that the store keeps, once the file was checked. */
  record(): FileRecord;
  publish(): Promise<void>;
  /** Removes it, even after it was published. Never rejects. */
  discard(): Promise<void>;
}

export function fileInput(policy: UploadPolicy, field: string, name: string, rules: FieldPolicy): FileInput {
  const { store } = policy;
  const takesText = rules.types.some(({ text }) => text !== undefined);
  const text = takesText ? textCheck() : undefined;
  // A text may also start with two bytes such as "MZ", so possible text is read to its end.
  const early = takesText || rules.allowAnyType ? undefined : earlyLook(rules.types);
  let incoming: IncomingFile | undefined;
  let checked: FileRecord | undefined;
  let isPublished = false;
  let bytes = 0;

  const failed = (error: unknown): never => {
    throw storageError('upload', 'write', error);
  };

  async function begin(): Promise<IncomingFile> {
    incoming ??= await inStorage('upload', 'begin', () => store.begin());
    return incoming;
  }

  function put(file: IncomingFile, data: Uint8Array): Promise<void> | void {
    try {
      return file.write(data)?.catch(failed);
    } catch (error) {
      return failed(error);
    }
  }

  async function putFirst(data: Uint8Array, look: Promise<string | undefined> | undefined): Promise<void> {
    const found = await look;
    if (found !== undefined) {
      refuse(
        deny('upload/type-not-allowed', { field, name, found, reason: 'the content is of another type' }),
      );
    }
    await put(incoming ?? (await begin()), data);
  }

  return {
    field,
    hasFile: () => name !== '' || bytes > 0,
    write(data) {
      bytes += data.byteLength;
      if (bytes > rules.maxBytes)
        refuse(deny('upload/too-large', { what: 'file', field, maxBytes: rules.maxBytes }));
      text?.write(data);
      const look = early?.write(data);
      return incoming === undefined || look !== undefined ? putFirst(data, look) : put(incoming, data);
    },
    async end() {
      if (name === '' && bytes === 0) return;
      const file = await begin();
      await inStorage('upload', 'flush', () => file.flush());
      checked = await checkFile(policy, rules, file, { field, name, bytes, text: text?.end() });
    },
    record() {
      if (checked === undefined) throw new Error('The file was not read to its end.');
      return checked;
    },
    async publish() {
      const record = this.record();
      await inStorage('upload', 'publish', async () => incoming?.publish(record));
      isPublished = true;
    },
    async discard() {
      if (incoming === undefined) return;
      if (isPublished) await store.remove(incoming.id).catch(() => undefined);
      else await incoming.discard();
    },
  };
}
