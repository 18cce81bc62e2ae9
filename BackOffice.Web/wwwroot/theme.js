// Runs before anything is painted: tells the server, by cookie, what the operating system prefers.
(() => {
  const keep = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  };
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const report = () => keep('theme-system', system.matches ? 'dark' : 'light');
  report();
  system.addEventListener('change', report);
  window.backOfficeTheme = {
    choose: mode => {
      keep('theme', mode);
      document.documentElement.dataset.theme = mode;
    },
  };
})();

// "#main" would lead to the start page: links are relative to the application's root, whatever page is shown.
document.addEventListener('click', click => {
  if (click.target.closest?.('.skip-link')) {
    click.preventDefault();
    document.getElementById('main')?.focus();
  }
});
