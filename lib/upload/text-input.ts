import { isAscii, isUtf8 } from 'node:buffer';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import type { PartInput } from './part-input.ts';
import type { UploadPolicy } from './uploads-options.ts';

/** The text fields of one form, one after the other. */
export interface TextInput {
  begin(field: string, mustBeAscii: boolean): PartInput;
}

/** @param keep gets each field that is complete */
export function textInput(
  limits: UploadPolicy['limits'],
  keep: (field: string, value: string) => void,
): TextInput {
  const { maxFields, maxFieldBytes, maxFieldsBytes } = limits;
  let count = 0;
  let allBytes = 0;

  return {
    begin(field, mustBeAscii) {
      if (++count > maxFields)
        refuse(deny('upload/too-many', { what: 'fields', field: null, most: maxFields }));
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      return {
        write(data) {
          bytes += data.byteLength;
          allBytes += data.byteLength;
          if (bytes > maxFieldBytes)
            refuse(deny('upload/too-large', { what: 'field', field, maxBytes: maxFieldBytes }));
          if (allBytes > maxFieldsBytes) {
            refuse(deny('upload/too-large', { what: 'fields', field: null, maxBytes: maxFieldsBytes }));
          }
          chunks.push(data);
        },
        end() {
          const value = Buffer.concat(chunks);
          if (!(mustBeAscii ? isAscii(value) : isUtf8(value)))
            refuse(deny('upload/malformed', { reason: 'A text field is not in UTF-8.' }));
          keep(field, value.toString('utf8'));
        },
      };
    },
  };
}
