import { createElement, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { announceLiveChange } from '../state/live.ts';
import { useRenewal } from './use-renewal.ts';

test('shows what came before the component listened, and what comes later', async () => {
  let value = 'first';
  function Shown() {
    useRenewal(1);
    // Runs after rendering and before effects, as news may come that nobody hears of.
    useLayoutEffect(() => {
      if (value === 'first') value = 'missed';
    }, []);
    return value;
  }
  const element = document.createElement('div');
  const root = createRoot(element);
  root.render(createElement(Shown));
  await expect.poll(() => element.textContent).toBe('missed');
  value = 'later';
  announceLiveChange();
  await expect.poll(() => element.textContent).toBe('later');
  root.unmount();
});
