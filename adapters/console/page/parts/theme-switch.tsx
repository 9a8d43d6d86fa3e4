/** Dark, light, or as the system has it: for as long as the page is open. */
import { useState } from 'preact/hooks';

const THEMES = ['auto', 'light', 'dark'] as const;

const SIGNS = { auto: '◐', light: '○', dark: '●' };

/** A button that goes through the themes. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<(typeof THEMES)[number]>('auto');
  const next = (): void => {
    const chosen = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
    document.documentElement.dataset['theme'] = chosen;
    setTheme(chosen);
  };
  return (
    <button
      type="button"
      class="quiet theme"
      onClick={next}
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span> {theme}
    </button>
  );
}
