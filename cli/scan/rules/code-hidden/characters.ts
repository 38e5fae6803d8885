/** Matches characters that change the direction of the text after them: embeddings, overrides, isolates. */
export const directions: RegExp = /[\u202a-\u202e\u2066-\u2069]/;

/** Invisible characters that do not change the direction. */
const unseen =
  '\\u200b-\\u200f\\u2060-\\u2064\\ufeff\\u115f\\u1160\\u3164\\uffa0\\u180b-\\u180e\\ufe00-\\ufe0f\\u{e0000}-\\u{e007f}\\u{e0100}-\\u{e01ef}';

/** Matches runs of at least ten invisible characters, which can hide a payload. Emoji have shorter runs: a flag has 7. */
export const unseenRun: RegExp = new RegExp(`[${unseen}]{10,}`, 'gu');

/**
 * A fast filter for the rule `code/hidden`: matches every text with characters that the rule may report. Few texts match.
 */
export const special: RegExp = new RegExp(
  `${directions.source}|[\\u115f\\u1160\\u3164\\uffa0\\u200c\\u200d]|[${unseen}]{10}`,
  'u',
);

/** Matches Hangul filler characters: letters without a glyph, which can form an invisible variable name. */
export const fillers: RegExp = /[\u115f\u1160\u3164\uffa0]+/g;

/** Matches a zero-width joiner or non-joiner inside a Latin identifier, which makes two different names look the same. */
export const joinedName: RegExp = /[A-Za-z0-9_$][\u200c\u200d]+[A-Za-z0-9_$]/g;
