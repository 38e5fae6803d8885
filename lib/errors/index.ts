/**
 * Answers to errors that show the client nothing.
 *
 * @module
 */
export { answerTo, type ErrorAnswer } from './answer-to.ts';
