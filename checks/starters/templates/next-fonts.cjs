const css = (family) =>
  `@font-face { font-family: '${family}'; font-style: normal; font-weight: 100 900; font-display: swap; src: local('sans-serif'); unicode-range: U+0000-00FF; }`;
module.exports = {
  'https://fonts.googleapis.com/css2?family=Geist:wght@100..900&display=swap': css('Geist'),
  'https://fonts.googleapis.com/css2?family=Geist+Mono:wght@100..900&display=swap': css('Geist Mono'),
};
