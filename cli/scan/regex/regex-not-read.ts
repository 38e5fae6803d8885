/** Thrown inside of this folder for an expression that is not read or too large: nothing is said of it. */
export class RegexNotRead extends Error {}
