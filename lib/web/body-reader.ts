import { type FormOptions, formPolicy } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import { parseForm } from '../parse/form/parse-form.ts';
import { type JsonOptions, jsonPolicy } from '../parse/json/json-options.ts';
import { parseJson } from '../parse/json/parse-json.ts';
import { type BodyType, formBody, jsonBody } from './judge-body-type.ts';

/** What reads one type of body, whatever the server. */
export interface BodyReader<T> {
  readonly type: BodyType;
  readonly maxBytes: number;
  /** True where a request without such a body is refused: its handler relies on the schema. */
  readonly required: boolean;
  parse(bytes: Uint8Array): T;
}

/** As the usual body parsers have it, and enough for nearly every request. */
const usualBytes = 100_000;

/** @throws Misuse `bulwark/invalid-option` */
export function jsonReader<T>(options: JsonOptions<T>): BodyReader<T> {
  const limited = { maxBytes: usualBytes, ...options };
  const { maxBytes, schema } = jsonPolicy(limited);
  return {
    ...{ type: jsonBody, maxBytes, required: schema !== undefined },
    parse: (bytes) => parseJson(bytes, limited),
  };
}

/** @throws Misuse `bulwark/invalid-option` */
export function formReader<T = FormFields>(options: FormOptions<T>): BodyReader<T> {
  const limited = { maxBytes: usualBytes, ...options };
  const { maxBytes, schema } = formPolicy(limited);
  return {
    ...{ type: formBody, maxBytes, required: schema !== undefined },
    parse: (bytes) => parseForm(bytes, limited),
  };
}
