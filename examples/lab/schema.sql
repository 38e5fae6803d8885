create table users (
  id integer generated always as identity primary key,
  email text not null unique,
  name text not null,
  bio text not null default '',
  website text not null default '',
  password text not null,
  credit numeric(10, 2) not null default 100,
  address text not null default ''
);

create table products (
  id integer generated always as identity primary key,
  name text not null,
  category text not null,
  price numeric(10, 2) not null,
  published boolean not null default true
);

create table comments (
  id integer generated always as identity primary key,
  author text not null,
  content text not null
);

create table orders (
  id integer generated always as identity primary key,
  product_id integer not null references products,
  month text not null,
  quantity integer not null
);
