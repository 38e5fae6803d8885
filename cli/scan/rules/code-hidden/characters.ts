/** Signs that change the direction of the text behind them: embeddings, overrides, isolates. */
export const directions: RegExp = /[\u202a-\u202e\u2066-\u2069]/;

/** Signs that a reader does not see, of which none changes the direction. */
const unseen =
  '\\u200b-\\u200f\\u2060-\\u2064\\ufeff\\u115f\\u1160\\u3164\\uffa0\\u180b-\\u180e\\ufe00-\\ufe0f\\u{e0000}-\\u{e007f}\\u{e0100}-\\u{e01ef}';

/** So many of them say something that is not meant for readers: a flag of an emoji has seven. */
export const unseenRun: RegExp = new RegExp(`[${unseen}]{10,}`, 'gu');

/** Whether a text holds anything that this rule looks for: nearly no file does. */
export const special: RegExp = new RegExp(
  `${directions.source}|[\\u115f\\u1160\\u3164\\uffa0\\u200c\\u200d]|[${unseen}]{10}`,
  'u',
);

/** Letters without a shape: the name of a variable that cannot be seen. */
export const fillers: RegExp = /[\u115f\u1160\u3164\uffa0]+/g;

/** A joiner in a name of Latin letters: two names that look the same. */
export const joinedName: RegExp = /[A-Za-z0-9_$][\u200c\u200d]+[A-Za-z0-9_$]/g;
