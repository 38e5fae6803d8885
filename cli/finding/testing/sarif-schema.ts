import { readFileSync } from 'node:fs';

/**
 * The schema of SARIF 2.1.0 (rtm.5, which is what the standard has) as @microsoft/jest-sarif 1.0.0-beta.0 ships it.
 * Copyright Microsoft Corporation, MIT license. It is of draft 4, whose `id` later drafts call `$id`; nothing else in it
 * differs for a validator of draft 7.
 */
export function sarifSchema(): object {
  const text = readFileSync(new URL('./sarif-schema.json', import.meta.url), 'utf8');
  const { $schema, id, ...schema } = JSON.parse(text);
  return schema;
}
