const params = new URLSearchParams(window.location.search);
document.getElementById('output').textContent = params.get('data') ?? 'Hello.';
