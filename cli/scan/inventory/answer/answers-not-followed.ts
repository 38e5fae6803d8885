/** Start of the sentence which says that some error responses were not analysed. Listed places are unaffected. */
export const answersNotFollowed = 'Not all answers were followed, as a bound was reached in';
