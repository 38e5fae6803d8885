/**
 * The start of a notice which says that some error responses were not analysed. The notice does not concern the listed
 * places.
 */
export const answersNotFollowed = 'Not all answers were followed, as a bound was reached in';
