// Before the first paint, and no module: the page's policy allows no script inside the document.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('pipeline.theme');
  } catch {
    // A device that keeps nothing follows the system.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
