// Flask 3.1's `flash`, Quart 0.20's, `django.contrib.messages` of Django 5.
import type { Models } from '../../../models/model.ts';

/** Functions that store a message for the page that is rendered next, whichever page that is: `flash("Saved")`. */
export const flashedMessages: Models = {
  language: 'python',
  types: [
    ['flashed.first', 'flask', 'Member[flash]'],
    ['flashed.first', 'quart', 'Member[flash]'],
    ['flashed.second', 'django.contrib.messages', 'Member[debug,info,success,warning,error]'],
    ['flashed.third', 'django.contrib.messages', 'Member[add_message]'],
  ],
};

/**
 * The types of functions that store a message for the next page, such as Flask's `flash`, each with the position of the
 * message among the arguments.
 */
export const flashedAt: ReadonlyMap<string, number> = new Map([
  ['flashed.first', 0],
  ['flashed.second', 1],
  ['flashed.third', 2],
]);

/**
 * The names by which templates read the messages that were stored for them. `list` is the name of a variable in Django,
 * and `reader` the name of a function in Flask and Quart.
 */
export const flashedNames = { list: 'messages', reader: 'get_flashed_messages' } as const;
