/**
 * Thrown in this folder for an expression that is invalid, not supported or too large. Nothing is reported about such an
 * expression.
 */
export class RegexNotRead extends Error {}
