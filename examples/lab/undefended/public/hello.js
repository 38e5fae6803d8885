const params = new URLSearchParams(window.location.search);
document.getElementById('output').innerHTML = params.get('data') ?? 'Hello.';
