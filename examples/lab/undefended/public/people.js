fetch('api/users')
  .then((response) => response.json())
  .then((users) => {
    document.getElementById('people').innerHTML = users
      .map((user) => `<li><a href="${user.website}">${user.name}</a>: ${user.bio}</li>`)
      .join('');
  });
