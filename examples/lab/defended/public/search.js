const lastSearch = JSON.parse(document.getElementById('last-search').textContent);
document.title = `${lastSearch} - Search`;
