// Runs before the first paint so that a chosen theme never flashes the other one; a file, because the page's policy forbids inline script.
{
  const theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
}
