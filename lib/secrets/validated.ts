import type { StandardSchema } from '../internal/standard-schema.ts';

/**
 * The text that the schema makes of a secret, or what is wrong with it, as the end of a sentence that begins with its name.
 * Some schemas quote the value in their message, so a message that has a part of it is left out.
 */
export async function validated(
  schema: StandardSchema<string>,
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
