fetch('api/users')
  .then((response) => response.json())
  .then((users) => {
    document.getElementById('people').replaceChildren(...users.map(item));
  });

function item(user) {
  const link = document.createElement('a');
  // A URL is only as safe as its scheme.
  if (/^https?:\/\//i.test(user.website)) link.href = user.website;
  link.textContent = user.name;
  const li = document.createElement('li');
  li.append(link, `: ${user.bio}`);
  return li;
}
