/** Thrown in this folder for an expression that is not supported or too large. Nothing is reported about it. */
export class RegexNotRead extends Error {}
