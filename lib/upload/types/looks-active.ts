/**
 * Starts of text that browsers take for a page, a PDF or PostScript: the tables of the MIME Sniffing standard (section 7.1), without white space.
 * A tag counts only if a space or `>` follows.
 */
const pages =
  /^(?:<!doctype html|<html|<head|<script|<iframe|<h1|<div|<font|<table|<a|<style|<title|<b|<body|<br|<p|<!--)[\s>]/i;
const documents = /^(?:<\?xml|<svg[\s>]|<!doctype|%pdf-|%!ps-adobe-|gif8[79]a)/i;

/** Whether a browser that ignores the declared type would show the text as something other than text. */
export function looksActive(beginning: string): boolean {
  return pages.test(beginning) || documents.test(beginning);
}
