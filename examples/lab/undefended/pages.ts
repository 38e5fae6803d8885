import type { Account, Comment, Preview, Product, ReportLine, User } from '../model.ts';
import { pictureOf } from '../picture-of.ts';
import { richText } from './rich-text.ts';

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} - Quayside Supplies</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<header>
<a class="brand" href="."><img src="logo.svg" alt="">Quayside Supplies</a>
<nav><a href="products">Products</a> <a href="people">People</a> <a href="comments">Comments</a> <a href="search">Search</a> <a href="trade">Trade</a></nav>
<span><a href="account">Account</a> <a href="login">Log in</a></span>
</header>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>Quayside Supplies, Pier 4. Open from six in the morning, closed in a storm.</footer>
</body>
</html>`;
}

export function homePage(): string {
  return page(
    'Quayside Supplies',
    `<p class="hero">Everything a small boat needs.</p>
<ul class="shelves">
<li><a href="products?category=anchors"><img src="pictures.svg#anchor" alt="">Anchors</a></li>
<li><a href="products?category=ropes"><img src="pictures.svg#rope" alt="">Ropes</a></li>
<li><a href="products?category=sails"><img src="pictures.svg#sail" alt="">Sails</a></li>
<li><a href="products?category=hardware"><img src="pictures.svg#bolt" alt="">Hardware</a></li>
<li><a href="products?category=clothing"><img src="pictures.svg#boots" alt="">Clothing</a></li>
<li><a href="products?category=paint"><img src="pictures.svg#paint" alt="">Paint</a></li>
</ul>`,
  );
}

export function loginPage(message: string): string {
  return page(
    'Log in',
    `<p id="message">${message}</p>
<form method="post">
<label>E-mail <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label>
<button>Log in</button>
</form>`,
  );
}

export function welcomePage(user: User): string {
  return page('Welcome', `<p>Logged in as <b>${user.name}</b>.</p>`);
}

export function accountPage({ name, email, credit, address }: Account): string {
  return page(
    'Your account',
    `<p><b>${name}</b>, ${email}</p>
<p>Credit: <b id="credit">${credit}</b> euros</p>
<form method="post" action="transfer" id="transfer">
<label>Give to <input name="to" type="email"></label>
<label>Euros <input name="amount" inputmode="decimal"></label>
<button>Give credit</button>
</form>
<form method="post" action="address" id="address">
<label>Deliver to <input name="address" value="${address}"></label>
<button>Save</button>
</form>
<form method="post" action="avatar" id="avatar" enctype="multipart/form-data">
<label>Picture <input name="picture" type="file"></label>
<button>Send</button>
</form>
<form method="post" action="logout" id="logout"><button>Log out</button></form>`,
  );
}

export function problemPage(problem: string): string {
  return page('That did not work', `<p id="problem">${problem}</p>`);
}

export function productsPage(q: string, products: Product[]): string {
  const rows = products
    .map(
      ({ name, category, price }) =>
        `<tr><td><img src="pictures.svg#${pictureOf(category)}" alt="">${name}</td><td>${category}</td><td class="price">${price}</td></tr>`,
    )
    .join('');
  return page(
    'Products',
    `<form><input name="q" value="${q}"><button>Search</button></form>
<table class="products"><tr><th>Name</th><th>Category</th><th>Price</th></tr>${rows}</table>`,
  );
}

export function searchPage(q: string): string {
  return page(
    'Search',
    `<form><input name="q" value="${q}"><button>Search</button></form>
<p>No results for: <q id="echo">${q}</q></p>
<script>
var lastSearch = "${q}";
document.title = lastSearch + ' - Search';
</script>
<script>
var visitTerm = '${q}';
</script>`,
  );
}

export function userPage(user: User, avatar: string): string {
  return page(
    user.name,
    `<p id="bio">${user.bio}</p>
<p><a id="website" href="${user.website}">Website</a> <img alt='${user.name}' src="${avatar}"></p>`,
  );
}

export function commentsPage(comments: Comment[]): string {
  const list = comments
    .map(({ author, content }) => `<article><h2>${author}</h2><div>${richText(content)}</div></article>`)
    .join('');
  return page(
    'Comments',
    `${list}
<form method="post"><input name="author"><textarea name="content"></textarea><button>Send</button></form>`,
  );
}

export function reportPage(month: string, lines: ReportLine[]): string {
  const rows = lines
    .map(({ category, sold, total }) => `<tr><td>${category}</td><td>${sold}</td><td>${total}</td></tr>`)
    .join('');
  return page(
    'Sales report',
    `<p>Month: <b>${month}</b></p><table><tr><th>Category</th><th>Sold</th><th>Total</th></tr>${rows}</table>`,
  );
}

export function previewPage(preview: Preview): string {
  return page(
    'Link preview',
    `<p><a id="link" href="${preview.url}">${preview.title}</a> (${preview.status})</p><blockquote>${preview.excerpt}</blockquote>`,
  );
}

/** A greeting that a script writes, from the address bar. */
export function helloPage(): string {
  return page('Hello', `<p id="output"></p>\n<script src="hello.js"></script>`);
}

/** A list that a script writes, from the JSON API. */
export function peoplePage(): string {
  return page('People', `<ul id="people"></ul>\n<script src="people.js"></script>`);
}

/** What suppliers, the accountant and customers of the trade do with files. */
export function tradePage(): string {
  return page(
    'Trade',
    `<p><a href="download?file=prices.csv">Prices</a> <a href="download?file=terms.txt">Terms</a> <a href="customers.csv">Customers, for the accountant</a></p>
<form method="post" action="pictures" enctype="multipart/form-data">
<label>Pictures of your products, as a zip <input name="archive" type="file"></label>
<button>Send</button>
</form>
<form method="post" action="import">
<label>Name of your list <input name="name" value="products.yaml"></label>
<label>Products <textarea name="text"></textarea></label>
<button>Import</button>
</form>
<form method="post" action="invoice">
<label>Invoice for <input name="customer"></label>
<button>Print</button>
</form>`,
  );
}
