/** The start of the sentence about error responses that were not analysed. It does not concern the listed places. */
export const answersNotFollowed = 'Not all answers were followed, as a bound was reached in';
