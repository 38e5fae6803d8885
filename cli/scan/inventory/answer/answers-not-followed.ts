/**
 * The start of a notice that some functions which send responses were not analysed completely. The notice concerns the
 * audit's check of error handlers, and not the other places that the audit lists.
 */
export const answersNotFollowed = 'Not all answers were followed, as a bound was reached in';
