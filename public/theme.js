// Applies the kept theme before anything is painted; the page's own script comes too late for that.
try {
  const { theme } = JSON.parse(localStorage.getItem('deephtm.theme')).state;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Nothing kept, or nothing that can be read: the system's theme holds.
}
