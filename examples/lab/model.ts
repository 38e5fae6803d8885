export interface User {
  id: number;
  email: string;
  name: string;
  bio: string;
  website: string;
}

/** What a customer sees of their own account, and nobody else does. */
export interface Account {
  id: number;
  email: string;
  name: string;
  /** In euros, as text. */
  credit: string;
  address: string;
}

export interface Product {
  id: number;
  name: string;
  category: string;
  /** In euros; the database gives decimals as text. */
  price: string;
}

export interface Comment {
  id: number;
  author: string;
  /** Markup, as the author wrote it. */
  content: string;
}

export interface ReportLine {
  category: string;
  sold: number;
  total: string;
}

export interface Preview {
  url: string;
  status: number;
  title: string;
  excerpt: string;
}

/** A product's attributes. The supplier chooses their names. */
export type Fields = { [name: string]: unknown };

export interface Rate {
  /** For a parcel. */
  euros: number;
  free?: boolean;
}
