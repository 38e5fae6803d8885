/**
 * The start of a notice that some functions which send responses were not analysed completely. The notice concerns only
 * the audit's check of error handlers.
 */
export const answersNotFollowed = 'Not all answers were followed, as a bound was reached in';
