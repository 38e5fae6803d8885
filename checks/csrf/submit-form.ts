import type { CsrfWorld } from './csrf-world.ts';

export interface Form {
  readonly url: string;
  readonly enctype?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** Runs in a page: what an attacker's page does without being asked. */
export function submit({ url, enctype, fields = {} }: Form): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  if (enctype) form.enctype = enctype;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  // Not at once: what the test awaits would be lost with the page.
  setTimeout(() => form.submit());
}

let count = 0;

/** A path that no other test uses. */
export const freshPath = (): string => `/transfer/${++count}`;

/** What the application decided on a form that a page submits to it. */
export async function submitted(
  world: CsrfWorld,
  from: string,
  to: string,
  form: Omit<Form, 'url'> = {},
): Promise<string> {
  const path = freshPath();
  const tab = await world.open(from);
  await tab.evaluate(submit, { url: to + path, ...form });
  const { code } = await world.outcome(path);
  await tab.waitForURL(to + path);
  await tab.close();
  return code;
}
