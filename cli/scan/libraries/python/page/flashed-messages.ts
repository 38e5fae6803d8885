// Flask 3.1's `flash`, Quart 0.20's, `django.contrib.messages` of Django 5.
import type { Models } from '../../../models/model.ts';

/** What shows a message in the next page, whichever that is. */
export const flashedMessages: Models = {
  language: 'python',
  types: [
    ['flashed.first', 'flask', 'Member[flash]'],
    ['flashed.first', 'quart', 'Member[flash]'],
    ['flashed.second', 'django.contrib.messages', 'Member[debug,info,success,warning,error]'],
    ['flashed.third', 'django.contrib.messages', 'Member[add_message]'],
  ],
};

/** Where the message is among the arguments of those functions. */
export const flashedAt: ReadonlyMap<string, number> = new Map([
  ['flashed.first', 0],
  ['flashed.second', 1],
  ['flashed.third', 2],
]);

/** The names of the templates' variable that is the list of messages, and of their function that gives it. */
export const flashedNames = { list: 'messages', reader: 'get_flashed_messages' } as const;
