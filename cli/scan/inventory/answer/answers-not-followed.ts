/** How the sentence begins that tells of answers that were not followed: it says nothing of the places that are listed. */
export const answersNotFollowed = 'Not all answers were followed, as a bound was reached in';
