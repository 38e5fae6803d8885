create table users (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  password_hash text not null,
  shown_name text not null,
  about text not null default ''
);
