/**
 * What a schema of zod, valibot, ArkType and others offers (https://standardschema.dev, version 1). Here it takes the text of a
 * secret, and gives text.
 */
export interface StandardSchema<Output = string> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** ArkType's schemas are functions, so both are looked at. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as Partial<StandardSchema>)['~standard'];
  return typeof standard === 'object' && standard !== null && typeof standard.validate === 'function';
}

/**
 * The text that the schema makes of a secret, or what is wrong with it, as the end of a sentence that begins with its name.
 * Some schemas quote the value in their message, so a message that has a part of it is left out.
 */
export async function validated(
  schema: StandardSchema,
  text: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const result = await schema['~standard'].validate(text);
    if (result.issues !== undefined) return { problem: problemIn(result.issues, text) };
    if (typeof result.value === 'string') return { text: result.value };
    return { problem: 'is no longer a string after its schema: a secret is text' };
  } catch {
    return { problem: 'could not be checked: its schema threw an error' };
  }
}

function problemIn(issues: readonly { readonly message: unknown }[], text: string): string {
  const messages = issues.slice(0, 3).map(({ message }) => (typeof message === 'string' ? message : ''));
  const safe = messages
    .map((message) => message.slice(0, 120))
    .filter((message) => message !== '' && !quotes(message, text));
  return `does not match its schema${safe.length > 0 ? ` (${safe.join('; ')})` : ''}`;
}

const piece = 4;

/** Whether a message has a part of the text, in whatever letter case. */
function quotes(message: string, text: string): boolean {
  const [shown, hidden] = [message.toLowerCase(), text.slice(0, 65_536).toLowerCase()];
  if (hidden.length <= piece) return shown.includes(hidden);
  for (let at = 0; at + piece <= shown.length; at++) {
    if (hidden.includes(shown.slice(at, at + piece))) return true;
  }
  return false;
}
