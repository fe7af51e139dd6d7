// Applies the kept theme before anything is painted; the page's own script comes too late for that.
{
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('deephtm.theme')).state.theme;
  } catch {
    // Nothing kept, or nothing that can be read: the system's theme holds.
  }
  const { dataset } = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  if (theme === 'contrast' || matchMedia('(prefers-contrast: more)').matches) dataset.contrast = 'more';
}
