import { HTML, page, router, run, SECURITY_TXT, TEXT } from './lib.mjs';

const dump =
  "-- MySQL dump 10.13\nCREATE TABLE `users` (`id` int, `name` varchar(80));\nINSERT INTO `users` VALUES (1,'ann');\n";
export const start = () =>
  run(
    router({
      '/': [200, HTML, page('Museum')],
      '/backup.sql': [200, { 'Content-Type': 'application/sql' }, dump],
      '/dump.sql': [200, { 'Content-Type': 'application/sql' }, dump],
      '/index.php.bak': [200, TEXT, "<?php $db = new PDO('mysql:host=localhost', 'museum', 'x'); ?>\n"],
      '/.well-known/security.txt': SECURITY_TXT,
    }),
  );
