import { expect, test } from './playground.ts';

test('obeys Space, S and R, but not while a person types', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await page.keyboard.press('Space');
  await expect(playground.playButton).toBeEnabled();
  const step = await playground.step();
  await page.keyboard.press('s');
  await expect.poll(() => playground.step()).toBe(step + 1);
  await page.keyboard.press('r');
  await expect.poll(() => playground.step()).toBe(0);
  await page.getByLabel('Learning rate', { exact: true }).focus();
  await page.keyboard.type('s');
  await page.keyboard.press('Escape');
  expect(await playground.step()).toBe(0);
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Space');
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
});

test('applies a live setting at once, by slider and by text, without a restart', async ({
  playground,
  page,
}) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  const step = await playground.step();
  const field = page.getByLabel('Learning rate', { exact: true });
  await field.fill('0.005');
  await field.press('Enter');
  const slider = page.locator('[data-path="signal.amplitude"]').getByRole('slider');
  await slider.focus();
  await slider.press('ArrowLeft');
  await expect(page.getByLabel('Amplitude', { exact: true })).toHaveValue('0.99');
  expect(await playground.step()).toBe(step);
  const { bytes } = await playground.downloadWeights();
  const header = bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString();
  const { __metadata__: metadata } = JSON.parse(header);
  expect(JSON.parse(metadata.config).learningRate).toBe(0.005);
  expect(JSON.parse(metadata.signal).amplitude).toBe(0.99);
});

test('holds back what needs a restart until it is applied or discarded', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  const step = await playground.step();
  await page.getByLabel('Seed', { exact: true }).fill('7');
  await page.keyboard.press('Enter');
  const pending = page.locator('.pending');
  await expect(pending).toContainText('1 change waits for a restart: Seed');
  await playground.button('Discard').click();
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('1');
  expect(await playground.step()).toBe(step);
  await page.getByLabel('Seed', { exact: true }).fill('8');
  await page.keyboard.press('Enter');
  await playground.button('Apply and restart').click();
  await expect.poll(() => playground.step()).toBe(0);
  await expect(pending).not.toContainText('waits');
});

test('refuses bad values beside the field and leaves the run alone', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  const step = await playground.step();
  const field = page.getByLabel('Learning rate', { exact: true });
  const initial = await field.inputValue();
  for (const text of ['fast', '-1', '1e9']) {
    await field.fill(text);
    await field.press('Enter');
    await expect(page.locator('[data-path="learningRate"]').getByRole('alert')).not.toBeEmpty();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await field.press('Escape');
  await expect(field).toHaveValue(initial);
  expect(await playground.step()).toBe(step);
});

test('starts a preset from the list and from the address', async ({ playground, page }) => {
  await playground.open('?engine=cpu&preset=two-sines');
  await expect(page.getByLabel('Preset', { exact: true })).toHaveValue('two-sines');
  await playground.pause();
  await page.getByLabel('Preset', { exact: true }).selectOption('sine');
  await expect.poll(() => playground.step()).toBe(0);
  await expect(page.getByLabel('Period', { exact: true })).toHaveValue('50');
});

test('freezes and dreams', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  await playground.button('Freeze').click();
  await expect(playground.button('Freeze')).toHaveAttribute('aria-pressed', 'true');
  const before = await playground.step();
  await playground.runTo(before + 50);
  await playground.button('Freeze').click();
  await playground.button('Dream').click();
  await playground.runTo(before + 100);
  await expect(page.getByText(/own predictions/).first()).toBeVisible();
});

test('says so when the step to run to is already done', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  const field = page.getByLabel('Run to step');
  const message = () => field.evaluate((input: HTMLInputElement) => input.validationMessage);
  const step = await playground.step();
  await field.fill('1');
  await playground.button('Run').click();
  expect(await message()).toContain('is done already');
  expect(await playground.step()).toBe(step);
  await playground.runTo(step + 20);
  expect(await message()).toBe('');
});

test('names divergence, and goes back with half the learning rate', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  await playground.button('Reset').click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.runTo(2000);
  const set = async (label: string, value: string) => {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press('Enter');
  };
  await set('Error clip', '0');
  await set('Learning rate', '10');
  await playground.playButton.click();
  const notice = playground.notice(/^Diverged at step/);
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: /halve the learning rate/i }).click();
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('5');
});
