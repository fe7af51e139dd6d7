import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

test('sweeps a setting, ranks the networks, and goes on with the best', async ({ playground, page }) => {
  // Small, so that this is over soon.
  await playground.open('?engine=cpu&columns=64&encoder=32&decoder=32&v=1');
  await page.getByRole('tab', { name: 'Sweep' }).click();
  const start = playground.button('Start sweep');
  await expect(start).toBeEnabled();
  expect(await violations(page)).toEqual([]);

  const form = page.getByRole('group', { name: 'What to sweep' });
  const [from, to] = [form.getByLabel('From'), form.getByLabel('To')];
  await expect(form.getByRole('combobox', { name: 'Setting', exact: true })).toHaveValue('learningRate');
  expect([await from.inputValue(), await to.inputValue()]).toEqual(['0.01', '3']);
  await to.fill('30');
  await expect(form.getByRole('alert')).toHaveText('Must be at most 10.');
  await expect(start).toBeDisabled();
  await to.fill('10');
  await form.getByLabel('Networks').selectOption('4');
  await form.getByLabel('Steps each').fill('300');

  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  await start.click();
  await expect(start).toBeVisible({ timeout: 100_000 });
  await expect(page.getByText('Step 300 of 300')).toBeVisible();
  await expect(playground.notice('The run is paused')).toBeHidden();
  const tiles = page.getByRole('button', { name: /^Learning rate .* rank \d of 4/ });
  await expect(tiles).toHaveCount(4);
  await expect(page.getByRole('row')).toHaveCount(5);

  // By keyboard: what has the focus is shown at a larger scale.
  await tiles.first().focus();
  await expect(page.getByRole('heading', { name: 'Learning rate 0.01' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Learning rate 10' })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const best = await page.getByRole('row').nth(1).getByRole('cell').nth(1).innerText();
  await page
    .getByRole('row')
    .nth(1)
    .getByRole('button', { name: /^Adopt learning rate/ })
    .click();
  await expect(page.getByRole('tab', { name: 'Training' })).toHaveAttribute('aria-selected', 'true');
  await expect(playground.notice('Resumed from the sweep: learning rate')).toContainText('step 300');
  // The run was playing before the sweep, and so is what it has become.
  await expect.poll(() => playground.step()).toBeGreaterThan(300);
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue(best);

  // The other way round: who plays the run pauses the sweep, which is as it was left.
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await form.getByLabel('Steps each').fill('100000');
  await start.click();
  await expect(playground.button('Pause sweep')).toBeEnabled({ timeout: 60_000 });
  await expect(playground.notice('The run is paused')).toBeVisible();
  await playground.playButton.click();
  await expect(playground.button('Resume sweep')).toBeVisible();
  await playground.button('Stop').click();
  await expect(start).toBeVisible();
});
